/** A net split at a step: the snapshot as it is, or with one thing changed in its weights. */
import { cellOf } from '../../../model/cells/index.js';
import type { ModelShape } from '../../../model/shape.js';
import type { Snapshot } from '../../../train/state.js';
import type { Forkable, Settings } from '../settings.js';

/**
 * The snapshot for a net that goes on with `after`. Rate and clip are options and leave every number as it is; the forget
 * bias moves by the difference, W_hh is multiplied by the quotient of the two gains.
 */
export function changed(
  from: Snapshot,
  { layers, hidden }: ModelShape,
  before: Settings,
  after: Settings,
  what: Forkable | null,
): Snapshot {
  if (what !== 'gain' && what !== 'forgetBias') return from;
  const { forgetGate } = cellOf(after.cell);
  const parameters = new Map([...from.parameters].map(([name, data]) => [name, data.slice()]));
  for (let l = 0; l < layers; l++) {
    if (what === 'gain') {
      const data = parameters.get(`rnn.weight_hh_l${l}`);
      const factor = before.gain === 0 ? 0 : after.gain / before.gain;
      data?.forEach((w, i) => (data[i] = w * factor));
    } else if (forgetGate !== undefined) {
      const bias = parameters
        .get(`rnn.bias_ih_l${l}`)
        ?.subarray(forgetGate * hidden, (forgetGate + 1) * hidden);
      bias?.forEach((b, i) => (bias[i] = b + after.forgetBias - before.forgetBias));
    }
  }
  return { ...from, parameters };
}
