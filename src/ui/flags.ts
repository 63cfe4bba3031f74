/** What there is to know before a layer's figures are believed, in words. */
import type { Flag, LayerReport } from '../bptt/report.js';
import { CHAOTIC, CHAOTIC_FLOAT32 } from '../probe/flags.js';
import { listed } from '../words/numbers.js';

type Flagged = Pick<LayerReport, 'layer' | 'flags' | 'digitsFromLag'>;

/** Its figures mean something: arithmetic can follow the layer's trajectory. */
export const isResolved = ({ flags = [] }: Pick<LayerReport, 'flags'>): boolean => !flags.includes('chaotic');

const grows = (nats: number): string =>
  `a rounding error grows by more than e^${nats} along the window (chaotic)`;

const WORDS: Record<Flag, (layer: Flagged) => string> = {
  'float32-digits': ({ digitsFromLag }) =>
    `float32, in which training computes, has lost digits ${typeof digitsFromLag === 'number' ? `from lag ${digitsFromLag} on` : 'of the lag curve'}; \`inspect\` measures in float64`,
  'chaotic-float32': () =>
    `${grows(CHAOTIC_FLOAT32)}, so float32 follows another trajectory; \`inspect\` measures in float64`,
  chaotic: () =>
    `${grows(CHAOTIC)}, so the gradient is not resolved even in float64, and no figure of it is shown`,
};

/** A sentence for each thing to know, with the layers that it is of. */
export function flagFindings(layers: readonly Flagged[]): string[] {
  const told = new Map<string, number[]>();
  for (const layer of layers)
    for (const flag of layer.flags ?? []) {
      // `chaotic` says all of it.
      if (!isResolved(layer) && flag !== 'chaotic') continue;
      const words = WORDS[flag](layer);
      told.set(words, [...(told.get(words) ?? []), layer.layer]);
    }
  return [...told].map(
    ([words, those]) => `Layer${those.length > 1 ? 's' : ''} ${listed(those.map(String))}: ${words}.`,
  );
}
