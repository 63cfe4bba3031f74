/**
 * What the gradient does on its way back through a brain.js net, read from its own graph. For a row of T symbols and the
 * target after them, the net is shown START and the T symbols, ℓ is its cross-entropy at the last one (over its V + 1
 * rows, END among them), and lag k is ‖∂ℓ/∂h‖ k symbols before. Rows are combined as our probes do: ℓ is their mean, the
 * norm goes over all of them.
 */
import type { LayerReport } from '../../bptt/report.js';
import { finiteOf, memoryOf } from '../../probe/memory.js';
import { mean } from '../../base/figures.js';
import { isFlat } from '../../probe/saturation.js';
import type { WindowSize } from '../../text/windows.js';
import { crossEntropy, Graph } from './graph.js';
import { ACTIVATION_OPERATIONS, type Equation, type NetMatrix, type NetName, type Rnn } from './library.js';

/** A layer's activations in the order they are computed in. There is no c: `tanh` is that of f∘h⁻ + i∘g. */
const NAMES: Readonly<Record<NetName, readonly string[]>> = {
  LSTM: ['i', 'f', 'o', 'g', 'tanh'],
  RNN: ['relu'],
};

/** @param ids N·T + 1 of them: row n is symbols n·T … n·T + T, as `inspect` has it */
export function layersOf(
  net: Rnn,
  name: NetName,
  ids: Uint16Array,
  { rows, timesteps }: WindowSize,
): LayerReport[] {
  const layers = net.model.hiddenLayers.length;
  const graph = new Graph(net, timesteps + 1);
  const norms = table(layers, timesteps, () => new Array<number>(rows));
  const flat = table(layers, NAMES[name].length, () => new Array<number>(timesteps).fill(0));
  graph.probe(() => {
    for (let n = 0; n < rows; n++) {
      const from = n * timesteps;
      const shown = [0, ...Array.from(ids.subarray(from, from + timesteps), (id) => id + 1)];
      const logits = shown.map((row, t) => graph.equations[t].runIndex(row));
      crossEntropy(logits[timesteps], ids[from + timesteps] + 1);
      sendBack(graph, shown, (layer, t, log10) => {
        if (t > 0) norms[layer][timesteps - t][n] = log10;
      });
      graph.equations.slice(1).forEach((equation, t) => {
        flatShares(equation).forEach((share, i) => {
          const layer = Math.floor(i / NAMES[name].length);
          flat[layer][i % NAMES[name].length][t] += share / rows;
        });
      });
    }
  });
  return norms.map((byLag, layer) => {
    const lagLog10 = { h: byLag.map(meanLoss), c: null };
    const saturation = Object.fromEntries(NAMES[name].map((activation, i) => [activation, flat[layer][i]]));
    const beside = {
      rows: Array.from({ length: rows }, (_, n) => byLag.map((byRow) => orNull(byRow[n]))),
      atZero: 'relu' in saturation ? mean(saturation['relu']) : null,
    };
    return { layer, lagLog10: finiteOf(lagLog10), saturation, memory: memoryOf(lagLog10, beside) };
  });
}

/** Of the logarithm of an exact 0. */
const orNull = (log10: number): number | null => (log10 === -Infinity ? null : log10);

const table = <T>(rows: number, columns: number, make: () => T): T[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, make));

/**
 * From the logits of the last timestep to all h. What goes on to the timestep before is brought near 1 each time, by a
 * power of 2, which the logarithms take back: float32 would lose it after some 90 timesteps.
 */
function sendBack(
  { equations, states, before }: Graph,
  rows: readonly number[],
  take: (layer: number, t: number, log10: number) => void,
): void {
  let exponent = 0;
  for (let t = rows.length - 1; t >= 0; t--) {
    equations[t].backpropagateIndex(rows[t]);
    states[t].forEach(({ deltas }, layer) => {
      take(layer, t, Math.log10(Math.hypot(...deltas)) + exponent * Math.log10(2));
    });
    const next = t > 0 ? states[t - 1] : before;
    const largest = Math.max(...next.flatMap(({ deltas }) => Array.from(deltas, Math.abs)));
    if (largest === 0) continue;
    const by = Math.floor(Math.log2(largest));
    exponent += by;
    for (const { deltas } of next) deltas.forEach((d, i) => (deltas[i] = d * 2 ** -by));
  }
}

/** log10 of the norm over all rows where ℓ is their mean; null for an exact 0. */
function meanLoss(log10: readonly number[]): number | null {
  const largest = Math.max(...log10);
  if (largest === -Infinity) return null;
  const norm = Math.hypot(...log10.map((x) => 10 ** (x - largest)));
  return largest + Math.log10(norm / log10.length);
}

/** Of every activation in the order of the graph: the share of its units on the flat part. */
function flatShares({ states }: Equation): number[] {
  const shareOf = ({ weights }: NetMatrix, flat: (y: number) => boolean): number =>
    Array.from(weights).filter(flat).length / weights.length;
  return states.flatMap(({ forwardFn, product }) =>
    (['sigmoid', 'tanh', 'relu'] as const)
      .filter((kind) => ACTIVATION_OPERATIONS[kind] === forwardFn)
      .map((kind) => shareOf(product, isFlat[kind])),
  );
}
