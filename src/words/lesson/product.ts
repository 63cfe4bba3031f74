/** The figures of the lesson's section on product. */
import type { Factors, Log10 } from './curve.js';
import type { Stages, ClaimVerdict } from './outcome.js';

export const PRODUCT_CELLS = ['sigmoid', 'tanh'] as const;

export interface Product extends Factors {
  /** log10 ‖∂ℓ/∂h‖ by lag, relative to lag 0. */
  readonly curve: readonly Log10[];
  /** By step of the curve, log10: the activation's derivative, and W_hh. */
  readonly activations: readonly Log10[];
  readonly weightsBySteps: readonly Log10[];
  /** log10 σ₁γ; null where W_hh is 0. */
  readonly boundLog10: number | null;
  readonly sigma1: number;
  readonly spectralRadius: number;
  /** Share of the steps whose factor is below 1. */
  readonly shrinking: number;
  /** The curve stays under the bound at every lag. */
  readonly isBounded: boolean;
}

export type ProductPart = (typeof PRODUCT_CELLS)[number] | 'bound';

export interface ProductFigures extends ClaimVerdict<ProductPart> {
  readonly nets: readonly ({ readonly cell: (typeof PRODUCT_CELLS)[number] } & Stages<Product>)[];
}

/** log10 of what the bound allows at most at the window's far end; null where it allows nothing at all. */
export const boundAtEnd = ({ boundLog10, curve }: Pick<Product, 'boundLog10' | 'curve'>): Log10 =>
  boundLog10 === null ? null : (curve.length - 1) * boundLog10;
