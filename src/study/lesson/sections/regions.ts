/**
 * Section 3: each layer maps a region to a smaller one, and the next one that to a smaller one still. Forward alone: a
 * network as it is drawn reads several texts, and the distance between the states they leave is measured layer by layer,
 * before the activation (a) and after it (h):
 *   √( mean over timesteps t ≥ T/2, pairs of rows m ≠ n and units j of (x_mj − x_nj)² )
 * Later timesteps, since all rows begin with the same state of zero. The same with inputs a hundred times as large: a large
 * region is what saturation squashes.
 */
import { forward } from '../../../bptt/forward.js';
import type { Unrolled } from '../../../bptt/unrolled.js';
import { windowOf } from '../../../bptt/window.js';
import type { Matrix } from '../../../base/matrix.js';
import { scoped } from '../../../kernels/scoped.js';
import type { Measuring } from '../doing.js';
import { drawing, drawingCost, freshNets } from '../fresh.js';
import type { Nets } from '../nets.js';
import { claimPart, verdictOf } from '../outcome.js';
import type { ClaimVerdict } from '../../../words/lesson/outcome.js';
import type { LessonSetup } from '../setup.js';
import {
  type Region,
  type Regions,
  INPUTS,
  type RegionsFigures,
  type RegionsPart,
} from '../../../words/lesson/regions.js';

const CELLS = ['sigmoid', 'tanh', 'relu'] as const;

export const REGION_LAYERS = 8;

const DRAWING_STEPS = 9;

export const regionsCost = (setup: LessonSetup): number =>
  CELLS.reduce((sum, cell) => sum + drawingCost(setup, cell, REGION_LAYERS, DRAWING_STEPS), 0);

export function* measureRegions(nets: Nets): Measuring<RegionsFigures> {
  const { setup } = nets;
  const { measured: symbols, size } = setup;
  const found: RegionsFigures['nets'][number][] = [];
  for (const cell of CELLS) {
    const drawn: Regions[] = [];
    const cost = drawingCost(setup, cell, REGION_LAYERS, DRAWING_STEPS);
    let done = 0;
    for (const { network, init, seed } of freshNets(setup, cell, REGION_LAYERS)) {
      scoped(network.kernels, () => {
        const unrolled = windowOf(network, symbols, size, false);
        for (const input of INPUTS) {
          network.kernels.scale(network.parameters.layers[0].weightIh, input);
          network.refresh();
          forward(unrolled, size.timesteps);
          if (size.rows > 1) drawn.push({ init, seed, input, layers: regionsOf(unrolled) });
        }
      });
      yield drawing(cell, REGION_LAYERS, ++done, cost);
    }
    found.push({ cell, drawn });
  }
  return { layers: REGION_LAYERS, texts: size.rows, nets: found, ...regionsVerdict(found) };
}

/** Each layer's, of a vanilla network after its forward pass. */
export function regionsOf(unrolled: Unrolled): Region[] {
  const { rows } = unrolled.options;
  return unrolled.layers.map(({ output }, l) => ({
    before: scoped(unrolled.network.kernels, () => distance(preActivations(unrolled, l), rows)),
    after: distance(output, rows),
  }));
}

/** (T·N, H): what the activations of layer l were made of, computed anew. */
function preActivations(unrolled: Unrolled, l: number): Matrix {
  const { network, layers, inputs, timesteps, options } = unrolled;
  const { kernels, shape } = network;
  const count = timesteps * options.rows;
  const a = kernels.matrix(count, shape.hidden);
  const { table, input, inputBias, recurrent } = network.layers[l];
  if (table) kernels.gatherRows(a, table, inputs.range(0, count));
  if (input) kernels.product(a, layers[l - 1].output.rowRange(0, count), input.forward, inputBias);
  kernels.product(a, layers[l].h.rowRange(0, count), recurrent.forward, a);
  return a;
}

/** A distance below so many units in the last place of what it is between is rounding. */
const ROUNDING = 64 * Number.EPSILON;

/** 0 within rounding. @param x (T·N, H), timestep after timestep */
export function distance(x: Matrix, rows: number): number {
  const { data, cols } = x;
  const timesteps = x.rows / rows;
  const first = Math.floor(timesteps / 2);
  let sum = 0;
  let squares = 0;
  for (let t = first; t < timesteps; t++)
    for (let j = 0; j < cols; j++) {
      const at = (n: number): number => data[(t * rows + n) * cols + j];
      let mean = 0;
      for (let n = 0; n < rows; n++) mean += at(n) / rows;
      for (let n = 0; n < rows; n++) {
        sum += (at(n) - mean) * (at(n) - mean);
        squares += at(n) * at(n);
      }
    }
  if (sum <= ROUNDING ** 2 * squares) return 0;
  // Over all pairs the mean square distance is twice the variance (with rows − 1).
  return Math.sqrt((2 * sum) / ((rows - 1) * cols * (timesteps - first)));
}

/** Every layer's region is smaller than that of the one below; of a single point there is no smaller one. */
export const shrinks = (layers: readonly Region[]): boolean =>
  layers.every(({ after }, l) => l === 0 || after < layers[l - 1].after || layers[l - 1].after === 0);

/** The claim is of what squashes; ReLU is judged beside them. */
export const regionsVerdict = (found: RegionsFigures['nets']): ClaimVerdict<RegionsPart> => {
  const parts = found.map(({ cell, drawn }) =>
    claimPart<RegionsPart>(
      cell,
      drawn.map(({ layers }) => shrinks(layers)),
      cell === 'relu',
    ),
  );
  return verdictOf(parts);
};
