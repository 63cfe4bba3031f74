/**
 * Section 6: it is the product of many small factors. The lag curve of a network of one layer step by step, before its
 * training and after: each factor, its two parts (the activation's derivative, the product with W_hh), and the bound (σ₁γ)^k.
 */
import { relativeCurve } from '../../../probe/curve.js';
import type { InspectedLayer } from '../../inspect/measure.js';
import { factorsOf, stepsOf, vanishes } from '../curve.js';
import { net, type Measuring } from '../doing.js';
import type { Nets } from '../nets.js';
import { claimPart, verdictOf } from '../outcome.js';
import { sound, type Stages, type ClaimVerdict } from '../../../words/lesson/outcome.js';
import {
  type ProductFigures,
  type ProductPart,
  PRODUCT_CELLS,
  type Product,
} from '../../../words/lesson/product.js';

/** So many of the steps must have a factor below 1: many small ones, and not a few. */
export const MOST_STEPS = 0.9;

/** log10 by which rounding may put a curve above its bound. */
const ROUNDING = 1e-3;

export const productNets = PRODUCT_CELLS.map((cell) => net(cell));

export function* measureProduct(nets: Nets): Measuring<ProductFigures> {
  const found: ProductFigures['nets'][number][] = [];
  for (const cell of PRODUCT_CELLS) {
    const run = yield* nets.get(net(cell));
    const stages = nets.stages(run, (contents) => productOf(nets.inspect(contents)[0]));
    found.push({ cell, ...stages });
  }
  return { nets: found, ...productVerdict(found) };
}

/** Most factors below 1, and so many that next to nothing is left, before and after; and nowhere more than the bound allows. */
export const productVerdict = (
  found: readonly ({ readonly cell: (typeof PRODUCT_CELLS)[number] } & Stages<
    Pick<Product, 'curve' | 'shrinking' | 'isBounded'>
  >)[],
): ClaimVerdict<ProductPart> =>
  verdictOf([
    ...found.map((one) =>
      claimPart<ProductPart>(
        one.cell,
        sound(one).map(({ shrinking, curve }) => shrinking >= MOST_STEPS && vanishes(curve)),
      ),
    ),
    claimPart<ProductPart>(
      'bound',
      found.flatMap((one) => sound(one).map(({ isBounded }) => isBounded)),
    ),
  ]);

/** @param layer of a vanilla network's only layer */
export function productOf(layer: InspectedLayer): Product {
  const curve = relativeCurve(layer);
  const { split, theory } = layer;
  const [{ sigma1, spectralRadius }] = theory.blocks ?? [];
  const { boundLog10 } = theory;
  const numbers = stepsOf(curve).filter((step) => step !== null);
  return {
    ...factorsOf(layer),
    curve,
    activations: split.gates,
    weightsBySteps: split.weights ?? [],
    boundLog10,
    sigma1,
    spectralRadius,
    shrinking: numbers.length === 0 ? 1 : numbers.filter((step) => step < 0).length / numbers.length,
    isBounded: curve.every((value, k) => value === null || value <= k * (boundLog10 ?? 0) + ROUNDING),
  };
}
