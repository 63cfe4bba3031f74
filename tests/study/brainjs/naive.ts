/** brain.js's nets written out in float64 from their formulas, reading the weights of a net: the twin of its graph. */
import type { NetMatrix, NetName, Rnn } from '../../../src/study/brainjs/library.js';

const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

/** W·x, with W (rows, columns) */
const times = ({ rows, columns, weights }: NetMatrix, x: readonly number[]): number[] =>
  Array.from({ length: rows }, (_, i) =>
    x.reduce((sum, value, j) => sum + weights[i * columns + j] * value, 0),
  );
const plus = (...terms: readonly number[][]): number[] =>
  terms[0].map((_, i) => terms.reduce((sum, term) => sum + term[i], 0));

/** An addition to h of one layer at one timestep, START being timestep 0. */
export interface Nudge {
  readonly layer: number;
  readonly timestep: number;
  readonly unit: number;
  readonly by: number;
}

export interface NaiveStep {
  /** (V + 1): END first */
  readonly logits: readonly number[];
  /** By layer and name. */
  readonly activations: readonly Readonly<Record<string, readonly number[]>>[];
}

/** Every timestep of START and the symbols after it. */
export function naiveSteps(net: Rnn, name: NetName, ids: readonly number[], nudge?: Nudge): NaiveStep[] {
  const { input, hiddenLayers, outputConnector, output } = net.model;
  const h = hiddenLayers.map((layer) => new Array<number>(Object.values(layer)[0].rows).fill(0));
  return [0, ...ids.map((id) => id + 1)].map((row, timestep) => {
    let x = Array.from(input.weights.subarray(row * input.columns, (row + 1) * input.columns));
    const activations = hiddenLayers.map((weights, layer) => {
      const sums = (ofX: string, ofH: string, bias: string): number[] =>
        plus(times(weights[ofX], x), times(weights[ofH], h[layer]), Array.from(weights[bias].weights));
      const made: Record<string, number[]> = {};
      if (name === 'RNN') {
        made.relu = sums('weight', 'transition', 'bias').map((a) => Math.max(0, a));
        h[layer] = [...made.relu];
      } else {
        const i = sums('inputMatrix', 'inputHidden', 'inputBias').map(sigma);
        const f = sums('forgetMatrix', 'forgetHidden', 'forgetBias').map(sigma);
        const o = sums('outputMatrix', 'outputHidden', 'outputBias').map(sigma);
        const g = sums('cellActivationMatrix', 'cellActivationHidden', 'cellActivationBias').map(Math.tanh);
        const tanh = h[layer].map((before, j) => Math.tanh(f[j] * before + i[j] * g[j]));
        Object.assign(made, { i, f, o, g, tanh });
        h[layer] = tanh.map((value, j) => o[j] * value);
      }
      if (nudge?.layer === layer && nudge.timestep === timestep) h[layer][nudge.unit] += nudge.by;
      x = h[layer];
      return made;
    });
    return { logits: plus(times(outputConnector, x), Array.from(output.weights)), activations };
  });
}

/** −ln softmax(logits)[target] */
export function nats(logits: readonly number[], target: number): number {
  return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[target];
}
