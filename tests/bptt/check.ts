/**
 * The gradient check: backward against central differences of the loss, every entry of every tensor and of the
 * carry that comes in (h and c of each layer).
 *
 * Error measure: |∂ − (L(w + s) − L(w − s)) / 2s| ≤ 1e-7 · m, with s = 1e-5 and m the largest |difference quotient| of
 * the tensor. An entry by itself is no measure: a gradient of 1e-9 beside others of 1 is known to no more digits than
 * the loss has. The quotient's own error is about 2⁻⁵³·L/s = 2e-11 from rounding and s²/6·L‴ ≈ 1e-11 from its cubic
 * term, so a tensor whose m is below 1e-3 could not be told right from wrong: that, too, is a violation, and such a case
 * is a badly chosen one.
 */
import { backward } from '../../src/bptt/backward.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import { Rng } from '../../src/base/rng.js';
import type { Floats, Matrix } from '../../src/base/matrix.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { Network } from '../../src/model/network.js';
import { Parameters } from '../../src/model/parameters.js';
import type { CellName } from '../../src/model/shape.js';

export const STEP = 1e-5;
export const AGREEMENT = 1e-7;
const SMALLEST_MEASURABLE = 1e-3;
/** ReLU: no pre-activation may be nearer to the kink, or a step could cross it. */
const KINK = 1e-3;

export interface GradientCase {
  readonly cell: CellName;
  readonly layers: number;
  readonly from: 'window' | 'last';
  readonly dropout: number;
  readonly seed: number;
}

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
  /** The largest error of all, whether a violation or not. */
  readonly worst: number;
  /** How many entries were compared, by tensor; the carries are `h0_l0`, `c0_l0`, … */
  readonly entries: ReadonlyMap<string, number>;
}

const ROWS = 2;
const TIMESTEPS = 4;
const HIDDEN = 3;
const SYMBOLS = 4;
/** σ's slope is at most ¼: larger weights keep the lower layers' gradients measurable. */
const SPREAD: Readonly<Record<CellName, number>> = { tanh: 1.1, relu: 0.8, sigmoid: 3, lstm: 1.2, gru: 1 };

/** Windows in which every tensor has a gradient to measure, at each depth, and no ReLU stands near its kink. */
export const SEEDS: Readonly<Record<CellName, number>> = { tanh: 4, relu: 2, sigmoid: 4, lstm: 2, gru: 2 };

/** A tiny model with a window in it, all numbers drawn from the seed. */
export function windowOf(kernels: Kernels, { cell, layers, dropout, seed }: GradientCase): Unrolled {
  const rng = Rng.fromSeed(seed);
  const network = new Network(kernels, { cell, layers, hidden: HIDDEN, symbols: SYMBOLS });
  const { data } = network.parameters.flat;
  for (let j = 0; j < data.length; j++) data[j] = SPREAD[cell] * (2 * rng.uniform() - 1);
  const options = { rows: ROWS, timesteps: TIMESTEPS, gradients: true, dropout };
  const unrolled = new Unrolled(network, options);
  // Every symbol comes, most of them several times.
  unrolled.inputs.data.forEach((_, j, ids) => (ids[j] = j < SYMBOLS ? j : rng.uint32() % SYMBOLS));
  unrolled.targets.data.forEach((_, j, ids) => (ids[j] = rng.uint32() % SYMBOLS));
  for (const carry of unrolled.carries().flat())
    carry.data.forEach((_, j, numbers) => (numbers[j] = rng.normal() / 2));
  return unrolled;
}

/** The same kernels, with the pre-activation that came nearest to a ReLU's kink remembered. */
function watchKinks(kernels: Kernels): { watched: Kernels; nearest: () => number } {
  let nearest = Infinity;
  const watched: Kernels = {
    ...kernels,
    vanillaForward(kind, h) {
      if (kind === 'relu') for (const a of h.data) nearest = Math.min(nearest, Math.abs(a));
      kernels.vanillaForward(kind, h);
    },
  };
  return { watched, nearest: () => nearest };
}

/** @param kernels a plain object (the reference, or a mutant of it) in float64 */
export function checkGradients(kernels: Kernels, gradientCase: GradientCase): CheckResult {
  const { watched, nearest } = watchKinks(kernels);
  const unrolled = windowOf(watched, gradientCase);
  const { network } = unrolled;
  const masks = Rng.fromSeed(gradientCase.seed + 1).state;
  const pass = (): number => {
    network.refresh();
    forward(unrolled, TIMESTEPS, gradientCase.dropout > 0 ? Rng.fromState(masks) : null);
    return loss(unrolled)[gradientCase.from];
  };

  pass();
  if (nearest() < KINK) throw new RangeError(`seed ${gradientCase.seed}: ${nearest()} from a kink`);
  const gradients = new Parameters(watched, network.shape);
  gradients.flat.data.fill(NaN);
  const carries = new Map<string, Floats>();
  backward(unrolled, {
    from: gradientCase.from,
    into: gradients,
    rescale: false,
    tap: {
      view({ layer, timestep, gradients: { dhPrev, dcPrev } }) {
        if (timestep > 0) return;
        carries.set(`h0_l${layer}`, dhPrev.data.slice());
        if (dcPrev.rows > 0) carries.set(`c0_l${layer}`, dcPrev.data.slice());
      },
    },
  });

  const variables = new Map<string, { at: Matrix; gradient: ArrayLike<number> | undefined }>();
  for (const [name, at] of network.parameters.byName)
    variables.set(name, { at, gradient: gradients.tensor(name).data.slice() });
  unrolled.carries().forEach(([h, c], l) => {
    variables.set(`h0_l${l}`, { at: h, gradient: carries.get(`h0_l${l}`) });
    if (c.rows > 0) variables.set(`c0_l${l}`, { at: c, gradient: carries.get(`c0_l${l}`) });
  });

  const violations: Violation[] = [];
  const entries = new Map<string, number>();
  let worst = 0;
  for (const [tensor, { at, gradient }] of variables) {
    const differences = Array.from(at.data, (value, j) => {
      const lossAt = (x: number): number => {
        at.data[j] = x;
        return pass();
      };
      const difference = (lossAt(value + STEP) - lossAt(value - STEP)) / (2 * STEP);
      at.data[j] = value;
      return difference;
    });
    const largest = differences.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
    entries.set(tensor, differences.length);
    differences.forEach((difference, entry) => {
      const found = gradient?.[entry] ?? NaN;
      const error = Math.abs(found - difference) / largest;
      // Not `>`: a NaN is a violation.
      if (!(error <= worst)) worst = error;
      if (!(error <= AGREEMENT) || largest < SMALLEST_MEASURABLE)
        violations.push({ tensor, entry, backward: found, difference, error });
    });
  }
  return { violations, worst, entries };
}
