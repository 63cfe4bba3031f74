/**
 * Section 4: it is the product of many small factors. The lag curve of a trained network of one layer step by step: each
 * factor, its two parts (the activation's derivative, the product with W_hh), and the bound (σ₁γ)^k.
 */
import type { LayerReport } from '../../bptt/report.js';
import type { InspectedLayer } from '../inspect.js';
import { inspect } from '../inspect.js';
import { loadModel } from '../model.js';
import { stateLog10 } from '../../probe/memory.js';
import { net, type Measuring, type Nets } from './nets.js';
import { outcomeOf, type Outcome } from './outcome.js';

const CELLS = ['sigmoid', 'tanh'] as const;

/** So many of the steps must have a factor below 1: many small ones, and not a few. */
export const MOST_STEPS = 0.9;
/** log10 by which a float32 engine may be above the bound. */
const ROUNDING = 1e-3;

export interface Product {
  readonly cell: (typeof CELLS)[number];
  /** log10 ‖∂ℓ/∂h‖ by lag, relative to lag 0. */
  readonly curve: readonly (number | null)[];
  /** By step of the curve, log10: the activation's derivative, and W_hh. */
  readonly activation: readonly (number | null)[];
  readonly weights: readonly (number | null)[];
  /** log10 σ₁γ; null where W_hh is 0. */
  readonly boundLog10: number | null;
  readonly sigma1: number;
  readonly spectralRadius: number;
  /** The geometric mean of the factors, and of their parts. */
  readonly factor: number;
  readonly activationFactor: number;
  readonly weightsFactor: number;
  /** Share of the steps whose factor is below 1. */
  readonly shrinking: number;
  /** The curve stays under the bound at every lag. */
  readonly isBounded: boolean;
}

export interface ProductFigures {
  readonly nets: readonly Product[];
  readonly outcome: Outcome;
}

export async function* measureProduct(nets: Nets): Measuring<ProductFigures> {
  const { measured, size, open, where } = nets.setup;
  const found: Product[] = [];
  for (const cell of CELLS) {
    const { start, end } = yield* nets.get(net(cell));
    const model = loadModel(await open(), end ?? start);
    found.push({ cell, ...productOf(inspect(model, measured, size, where).layers[0]) });
  }
  return { nets: found, outcome: productOutcome(found) };
}

/** Most factors below 1, in each of the networks; and nowhere more than the bound allows. */
export const productOutcome = (found: readonly Pick<Product, 'shrinking' | 'isBounded'>[]): Outcome =>
  outcomeOf([
    ...found.map(({ shrinking }) => shrinking >= MOST_STEPS),
    found.every(({ isBounded }) => isBounded),
  ]);

/** Of those that are not exactly 0; where all are, 0. */
const geometricMean = (log10s: readonly (number | null)[]): number => {
  const numbers = log10s.filter((value) => value !== null);
  if (numbers.length === 0) return 0;
  return 10 ** (numbers.reduce((sum, value) => sum + value, 0) / numbers.length);
};

/** @param layer of a vanilla network's only layer */
export function productOf(layer: InspectedLayer): Omit<Product, 'cell'> {
  const curve = relative(layer);
  const steps = curve.slice(1).map((value, k) => minus(value, curve[k]));
  const { split, theory } = layer;
  const [{ sigma1, spectralRadius }] = theory.blocks;
  const { boundLog10 } = theory;
  const numbers = steps.filter((step) => step !== null);
  return {
    curve,
    activation: split.gates,
    weights: split.weights,
    boundLog10,
    sigma1,
    spectralRadius,
    factor: geometricMean(steps),
    activationFactor: geometricMean(split.gates),
    weightsFactor: geometricMean(split.weights),
    shrinking: numbers.length === 0 ? 1 : numbers.filter((step) => step < 0).length / numbers.length,
    isBounded: curve.every((value, k) => value === null || value <= k * (boundLog10 ?? 0) + ROUNDING),
  };
}

const minus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a - b;

/** The state norm by lag relative to lag 0, in log10. */
export function relative({ lagLog10 }: Required<Pick<LayerReport, 'lagLog10'>>): (number | null)[] {
  const curve = stateLog10(lagLog10);
  return curve.map((value) => minus(value, curve[0]));
}
