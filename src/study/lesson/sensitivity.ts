/**
 * Section 1: a small change to an early parameter hardly moves the output, against a late one. By nudging alone: the
 * network is run with something moved a little to one side and to the other, and the outputs are compared.
 *   by layer      W_hh of layer l by ε‖W_hh‖ in random directions; the output is every logit of the window
 *   by timestep   the top layer's h at lag k by ε‖h‖; the output is the last timestep's logits
 * A movement is (‖Δz‖/‖z‖)/(2ε), the mean square root over the directions: the relative change of the output for each
 * relative change of what was nudged.
 */
import { Rng } from '../../base/rng.js';
import { forward } from '../../bptt/forward.js';
import { Unrolled } from '../../bptt/unrolled.js';
import { openReference } from '../../kernels/reference.js';
import { fillStreams, type WindowSize } from '../../text/windows.js';
import { loadModel, type ModelContents } from '../model.js';
import { Nudging } from '../nudging.js';
import { net, type Measuring, type Nets, type NetSpec } from './nets.js';
import { outcomeOf, type BeforeAndAfter, type Outcome } from './outcome.js';

const EPSILON = 1e-3;
const DIRECTIONS = 3;
/** Few, since every nudge is two passes in float64. */
const ROWS = 2;
/** A movement below this many units in the last place of the output is rounding. */
const ROUNDING = 64 * Number.EPSILON;

/** Moved by less than a tenth of what the last layer's nudge moves: hardly. In time, by less than a hundredth. */
export const HARDLY_BY_LAYER = 0.1;
export const HARDLY_BY_TIMESTEP = 0.01;

export interface Sensitivity {
  /** By layer from the first on; null where the output did not move beyond its rounding. */
  readonly byLayer: readonly (number | null)[];
  readonly byLag: readonly { readonly lag: number; readonly moved: number | null }[];
}

export interface SensitivityFigures {
  readonly layers: number;
  readonly directions: number;
  readonly epsilon: number;
  readonly nets: readonly ({ readonly cell: NetSpec['cell'] } & BeforeAndAfter<Sensitivity>)[];
  readonly outcome: Outcome;
}

const LAYERS = 4;
export const sensitivityNets: readonly NetSpec[] = (['sigmoid', 'tanh', 'relu'] as const).map((cell) =>
  net(cell, { layers: LAYERS }),
);

export async function* measureSensitivity(nets: Nets): Measuring<SensitivityFigures> {
  const { measured, seed, size, window } = nets.setup;
  const found: SensitivityFigures['nets'][number][] = [];
  for (const spec of sensitivityNets) {
    const run = yield* nets.get(spec);
    const stages = run.end ? [run.start, run.end] : [run.start];
    const taken: Sensitivity[] = [];
    for (const contents of stages) {
      const few = { rows: Math.min(ROWS, size.rows), timesteps: window };
      const nudged = nudge(contents, measured, few, seed);
      let step = nudged.next();
      for (; step.done !== true; step = nudged.next()) {
        const done = taken.length * step.value.of + step.value.done;
        yield { kind: 'nudging', spec, done, of: stages.length * step.value.of };
      }
      taken.push(step.value);
    }
    found.push({ cell: spec.cell, start: taken[0], end: taken.at(1) ?? null });
  }
  const outcome = sensitivityOutcome(found);
  return { layers: LAYERS, directions: DIRECTIONS, epsilon: EPSILON, nets: found, outcome };
}

/** What a nudge at each lag moves beside one at lag 0; null where nothing was seen. */
export function relativeMoves({ byLag }: Sensitivity): Sensitivity['byLag'] {
  const [{ moved: now }] = byLag;
  return byLag.map(({ lag, moved }) => ({ lag, moved: moved === null || now === null ? null : moved / now }));
}

/** The first layer's movement beside the last one's, and the furthest lag's beside lag 0; 0 where nothing was seen. */
export function shares(found: Sensitivity): { readonly layer: number; readonly lag: number } {
  const { byLayer, byLag } = found;
  const last = byLayer.at(-1) ?? null;
  return {
    layer: last === null ? NaN : (byLayer[0] ?? 0) / last,
    lag: byLag[0].moved === null ? NaN : (relativeMoves(found).at(-1)?.moved ?? 0),
  };
}

/** The first lag from which on a nudge moves less than a hundredth of what one at lag 0 does; null where there is none. */
export function hardlyFrom(found: Sensitivity): number | null {
  const moves = relativeMoves(found);
  const last = moves.findLastIndex(({ moved }) => (moved ?? 0) >= HARDLY_BY_TIMESTEP);
  return moves.at(last + 1)?.lag ?? null;
}

/** The claim is of sigmoid and tanh: in layers and in time, before the training and after it. */
export const sensitivityOutcome = (found: SensitivityFigures['nets']): Outcome =>
  outcomeOf(
    found
      .filter(({ cell }) => cell !== 'relu')
      .flatMap(({ start, end }) => [start, ...(end ? [end] : [])].map(shares))
      .flatMap(({ layer, lag }) => [layer < HARDLY_BY_LAYER, lag < HARDLY_BY_TIMESTEP]),
  );

/** 0, 1, 2, 3, 4, 6, 8, 12 … and the window's last. */
export function lagsFor(timesteps: number): number[] {
  const lags = [0, 1];
  for (let k = 2; k < timesteps - 1; k *= 2) lags.push(k, ...(k * 1.5 < timesteps - 1 ? [k * 1.5] : []));
  return [...new Set([...lags, timesteps - 1])].sort((a, b) => a - b);
}

export function* nudge(
  contents: ModelContents,
  text: string,
  size: WindowSize,
  seed: number,
): Generator<{ done: number; of: number }, Sensitivity> {
  const nudging = new Nudging(openReference());
  const { network, alphabet } = loadModel(nudging.kernels, contents);
  const unrolled = new Unrolled(network, { ...size, gradients: false, dropout: 0 });
  const { rows: N, timesteps: T } = size;
  fillStreams(alphabet.encode(text, ''), T, 0, size, unrolled.inputs, unrolled.targets);
  const rng = Rng.fromSeed(seed);
  const lags = lagsFor(T);
  const of = contents.shape.layers + lags.length;
  let done = 0;

  /** The logits of the last `timesteps` timesteps. */
  const output = (timesteps: number): Float64Array => {
    forward(unrolled, T);
    return Float64Array.from(unrolled.logits.rowRange((T - timesteps) * N, timesteps * N).data);
  };
  const still = { window: output(T), last: output(1) };
  const states = network.shape.layers - 1;
  const h = Float64Array.from(unrolled.layers[states].output.data);

  /** The root of the mean square of the output's relative movements, over random directions. */
  const moved = (length: number, norm: number, at: Float64Array, run: (by: number[]) => Float64Array) => {
    let sum = 0;
    for (let i = 0; i < DIRECTIONS; i++) {
      const direction = Array.from({ length }, () => rng.normal());
      const step = (EPSILON * norm) / normOf(direction);
      const [up, down] = [step, -step].map((by) => run(direction.map((x) => x * by)));
      sum += normOf(up.map((z, j) => z - down[j])) ** 2;
    }
    const change = Math.sqrt(sum / DIRECTIONS) / normOf(at);
    return change <= ROUNDING ? null : change / (2 * EPSILON);
  };

  const byLayer: Sensitivity['byLayer'][number][] = [];
  for (const { weightHh } of network.parameters.layers) {
    const weights = Float64Array.from(weightHh.data);
    const run = (by: number[]): Float64Array => {
      weightHh.data.set(weights.map((w, j) => w + by[j]));
      network.refresh();
      return output(T);
    };
    byLayer.push(moved(weights.length, normOf(weights), still.window, run));
    weightHh.data.set(weights);
    network.refresh();
    yield { done: ++done, of };
  }
  const byLag: Sensitivity['byLag'][number][] = [];
  for (const lag of lags) {
    const timestep = T - 1 - lag;
    const size = N * network.shape.hidden;
    const norm = normOf(h.subarray(timestep * size, (timestep + 1) * size));
    const run = (by: number[]): Float64Array =>
      nudging.whileMoved(unrolled, { layer: states, timestep, by }, () => output(1));
    // A state that is exactly 0 has no size that a nudge could be a share of.
    byLag.push({ lag, moved: norm === 0 ? null : moved(size, norm, still.last, run) });
    yield { done: ++done, of };
  }
  return { byLayer, byLag };
}

const normOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += values[j] ** 2;
  return Math.sqrt(sum);
};
