/** What there is to know before a layer's figures are believed. */
import type { LayerReport } from '../bptt/report.js';
import { type Flag, CHAOTIC, CHAOTIC_FLOAT32, isResolved } from '../probe/flags.js';
import type { FlagFinding } from '../words/inspect.js';

type Flagged = Pick<LayerReport, 'layer' | 'flags' | 'digitsFromLag'>;

const NATS: Readonly<Record<Flag, number>> = {
  'float32-digits': 0,
  'chaotic-float32': CHAOTIC_FLOAT32,
  chaotic: CHAOTIC,
};

/** One for each thing to know, with the layers that it is of. */
export function flagFindings(layers: readonly Flagged[]): FlagFinding[] {
  const told = new Map<string, FlagFinding>();
  for (const layer of layers)
    for (const flag of layer.flags ?? []) {
      // `chaotic` says all of it.
      if (!isResolved(layer) && flag !== 'chaotic') continue;
      const fromLag = flag === 'float32-digits' ? (layer.digitsFromLag ?? null) : null;
      const key = `${flag} ${fromLag}`;
      const layers = [...(told.get(key)?.layers ?? []), layer.layer];
      told.set(key, { flag, layers, fromLag, nats: NATS[flag] });
    }
  return [...told.values()];
}
