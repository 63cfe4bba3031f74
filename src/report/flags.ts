/** What there is to know before a layer's figures are believed, in words. */
import type { Flag, LayerReport } from '../bptt/report.js';

type Flagged = Pick<LayerReport, 'layer' | 'flags' | 'digitsFromLag'>;

/** Its figures mean something: arithmetic can follow the layer's trajectory. */
export const isResolved = ({ flags = [] }: Pick<LayerReport, 'flags'>): boolean => !flags.includes('chaotic');

const WORDS: Record<Flag, (layer: Flagged) => string> = {
  'float32-digits': ({ digitsFromLag }) =>
    `float32 has lost digits ${typeof digitsFromLag === 'number' ? `from lag ${digitsFromLag} on` : 'of the lag curve'}, as training feels it; \`inspect\` measures in float64`,
  'chaotic-float32': () =>
    'its largest Lyapunov exponent times the window is above 10 (chaotic), and float32 follows another trajectory; `inspect` measures in float64',
  chaotic: () =>
    'its largest Lyapunov exponent times the window is above 30 (chaotic): not resolved even in float64, and no figure of its gradient is shown',
};

/** A sentence for each flag of each layer. */
export const flagFindings = (layers: readonly Flagged[]): string[] =>
  layers.flatMap((layer) =>
    (layer.flags ?? [])
      // `chaotic` says all of it.
      .filter((flag) => isResolved(layer) || flag === 'chaotic')
      .map((flag) => `Layer ${layer.layer}: ${WORDS[flag](layer)}.`),
  );
