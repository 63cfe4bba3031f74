/** Runs probes over the window in memory. */
import { backward } from '../bptt/backward.js';
import type { Unrolled } from '../bptt/unrolled.js';
import type { Parameters } from '../model/parameters.js';
import { combine, tee, type Probe } from './probe.js';
import type { LayerReport } from './report.js';

/**
 * Sends the window's loss back (into `gradients`, where given), and the last timestep's after it where a probe asks.
 * `forward` and `loss` must have been called. Without probes this is the bare backward pass.
 * @returns a report by layer, or null where there are no probes
 */
export function backwardWithProbes(
  unrolled: Unrolled,
  gradients: Parameters | null,
  probes: readonly Probe[],
): LayerReport[] | null {
  const begun = probes.map((probe) => ({ probe, measurement: probe.begin(unrolled) }));
  const tapFor = (from: Probe['from']) =>
    tee(begun.filter(({ probe }) => probe.from === from).map(({ measurement }) => measurement));

  const window = tapFor('window');
  if (gradients !== null || window !== null)
    backward(unrolled, { from: 'window', into: gradients, rescale: false, tap: window });
  const last = tapFor('last');
  if (last !== null) backward(unrolled, { from: 'last', into: null, rescale: true, tap: last });

  if (probes.length === 0) return null;
  return combine(
    unrolled.layers.length,
    begun.map(({ measurement }) => measurement),
  );
}
