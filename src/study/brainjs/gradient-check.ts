/**
 * Are the gradients of a brain.js net those of its loss? Backward against central differences, tensor by tensor and in
 * float64, on a small net: what is checked is the library's code, not one net's weights.
 */
import { Rng } from '../../base/rng.js';
import { crossEntropy, ExactGraph } from './graph.js';
import { makeNet, type NetKind } from './make.js';
import type { Rnn } from './library.js';

/** What was found of one tensor's gradient. */
export interface TensorCheck {
  /** Under the library's own name. */
  readonly tensor: string;
  /** ‖∂ − ∂′‖ / ‖∂′‖, ∂′ the differences */
  readonly relativeDifference: number;
  readonly right: boolean;
}

const STEP = 1e-5;
/** Right gradients are within 1e-7; wrong ones are off by tenths. */
const AGREEMENT = 1e-5;
const [HIDDEN, SYMBOLS, LENGTH] = [8, 12, 24];
/** The library's first weights are so small that the gates' gradients drown in the loss's last digits. */
const LIVELIER = 6;

/** On a string of 24 symbols out of 12, START before and END after it: its loss is Σ −ln p. */
export function checkNet(kind: NetKind, seed = 1): TensorCheck[] {
  const symbols = Array.from({ length: SYMBOLS }, (_, k) => String.fromCodePoint(0x61 + k));
  const net = makeNet({ ...kind, layers: 1, hidden: HIDDEN, symbols, seed });
  for (const { weights } of net.model.allMatrices)
    weights.forEach((weight, i) => (weights[i] = LIVELIER * weight));
  const rng = Rng.fromSeed(seed);
  return compare(
    net,
    Array.from({ length: LENGTH }, () => rng.uint32() % SYMBOLS),
  );
}

function compare(net: Rnn, string: readonly number[]): TensorCheck[] {
  const graph = new ExactGraph(net, string.length + 1);
  const rows = [0, ...string.map((id) => id + 1), 0];
  const loss = (): number =>
    graph.equations.reduce(
      (sum, equation, t) => sum + crossEntropy(equation.runIndex(rows[t]), rows[t + 1]),
      0,
    );
  return graph.probe(() => {
    loss();
    net.backpropagate(string);
    const tensors = tensorsOf(net).map(([tensor, { weights, deltas }]) => ({
      tensor,
      weights,
      gradient: deltas.slice(),
    }));
    return tensors.map(({ tensor, weights, gradient }) => {
      const differences = Array.from(weights, (weight, i) => {
        const lossAt = (moved: number): number => {
          weights[i] = moved;
          return loss();
        };
        const quotient = (lossAt(weight + STEP) - lossAt(weight - STEP)) / (2 * STEP);
        weights[i] = weight;
        return quotient;
      });
      const relativeDifference =
        Math.hypot(...differences.map((difference, i) => gradient[i] - difference)) /
        Math.hypot(...differences);
      return { tensor, relativeDifference, right: relativeDifference <= AGREEMENT };
    });
  });
}

const tensorsOf = ({ model: { input, hiddenLayers, outputConnector, output } }: Rnn) =>
  [
    ['input', input] as const,
    ...hiddenLayers.flatMap((layer, l) =>
      Object.entries(layer).map(([name, matrix]) => [`hiddenLayers.${l}.${name}`, matrix] as const),
    ),
    ['outputConnector', outputConnector] as const,
    ['output', output] as const,
  ] as const;
