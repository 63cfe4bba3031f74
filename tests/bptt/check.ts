/**
 * The gradient check of `study/gradient-check` on tiny models: every entry of every tensor, of the carry that comes in and
 * of every state inside the window (h and c of each layer).
 *
 * A tensor whose gradients are all below 1e-3 could not be told right from wrong: that, too, is a violation, and such a
 * case is a badly chosen one. So is an entry that was passed over at a ReLU's kink.
 */
import type { Starts } from '../../src/bptt/starts.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import { Rng } from '../../src/base/rng.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { Network } from '../../src/model/network.js';
import type { CellName } from '../../src/model/shape.js';
import { checkGradients as check } from '../../src/study/check/gradient-check.js';
import { Nudging } from '../../src/study/check/nudging.js';

const SMALLEST_MEASURABLE = 1e-3;

export interface GradientCase {
  readonly cell: CellName;
  readonly layers: number;
  readonly from: 'window' | 'last';
  readonly dropout: number;
  readonly seed: number;
  /** Rows that begin anew inside the window. */
  readonly starts?: Starts;
}

/** The worst entry of a tensor that fails. */
export interface Violation {
  readonly tensor: string;
  readonly entry: number;
  readonly backward: number;
  readonly difference: number;
  /** |∂ − difference| / m */
  readonly error: number;
}

export interface CheckResult {
  readonly violations: readonly Violation[];
  /** How many entries were compared, by tensor; the carries are `h0_l0`, `c0_l0`, …, the states `h_l0`, `c_l0`, … */
  readonly entries: ReadonlyMap<string, number>;
}

const ROWS = 2;
const TIMESTEPS = 4;
const HIDDEN = 3;
const SYMBOLS = 4;
/** σ's slope is at most ¼: larger weights keep the lower layers' gradients measurable. */
const SPREAD: Readonly<Record<CellName, number>> = {
  tanh: 1.1,
  relu: 0.8,
  sigmoid: 3,
  lstm: 1.2,
  gru: 1,
  mingru: 1,
  indrnn: 0.8,
};

/** Windows in which every tensor has a gradient to measure, at each depth, and no ReLU stands near its kink. */
export const SEEDS: Readonly<Record<CellName, number>> = {
  tanh: 4,
  relu: 2,
  sigmoid: 4,
  lstm: 2,
  gru: 2,
  mingru: 2,
  indrnn: 13,
};

/** A tiny model with a window in it, all numbers drawn from the seed. */
export function windowOf(
  kernels: Kernels,
  { cell, layers, dropout, seed, starts = new Map() }: GradientCase,
): Unrolled {
  const rng = Rng.fromSeed(seed);
  const network = new Network(kernels, { cell, layers, hidden: HIDDEN, symbols: SYMBOLS });
  const { data } = network.parameters.flat;
  for (let j = 0; j < data.length; j++) data[j] = SPREAD[cell] * (2 * rng.uniform() - 1);
  const options = { rows: ROWS, timesteps: TIMESTEPS, gradients: true, dropout, starts: starts.size };
  const unrolled = new Unrolled(network, options);
  unrolled.starts = starts;
  // Every symbol comes, most of them several times.
  unrolled.inputs.data.forEach((_, j, ids) => (ids[j] = j < SYMBOLS ? j : rng.uint32() % SYMBOLS));
  unrolled.targets.data.forEach((_, j, ids) => (ids[j] = rng.uint32() % SYMBOLS));
  for (const carry of unrolled.carries().flat())
    carry.data.forEach((_, j, numbers) => (numbers[j] = rng.normal() / 2));
  return unrolled;
}

/** @param kernels a plain object (the reference, or a mutant of it) in float64 */
export function checkGradients(kernels: Kernels, gradientCase: GradientCase): CheckResult {
  const { from, dropout, seed } = gradientCase;
  const nudging = new Nudging(kernels);
  const checked = check(nudging, windowOf(nudging.kernels, gradientCase), {
    from,
    of: ['weights', 'carry', 'states'],
    entries: Infinity,
    seed,
    masks: dropout > 0 ? Rng.fromSeed(seed + 1).state : null,
  });
  return {
    violations: checked.flatMap(({ name, size, compared, largest, worst, passed }): Violation[] => {
      const isWell = passed && compared === size && largest >= SMALLEST_MEASURABLE;
      const nothing = { entry: -1, backward: NaN, difference: NaN, error: NaN };
      return isWell ? [] : [{ tensor: name, ...(worst ?? nothing) }];
    }),
    entries: new Map(checked.map(({ name, compared }) => [name, compared])),
  };
}
