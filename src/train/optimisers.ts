/** The optimisers by name: which slots each keeps beside the weights, and its step (PyTorch's definitions). */
import { wholePower } from '../base/elementary.js';
import type { Matrix } from '../base/matrix.js';
import type { Kernels } from '../kernels/kernels.js';

export const OPTIMISERS = ['sgd', 'adagrad', 'rmsprop', 'adam', 'adamw'] as const;
export type OptimiserName = (typeof OPTIMISERS)[number];

export interface OptimiserOptions {
  readonly optimizer: OptimiserName;
  /** sgd: 0 for none */
  readonly momentum: number;
  /** rmsprop's smoothing */
  readonly alpha: number;
  /** adam's and adamw's */
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** The place of one optimiser step: the weights and their gradient, both flat (1, P). */
export interface Update {
  readonly weights: Matrix;
  readonly gradient: Matrix;
  /** The gradient is multiplied by this first (clipping by norm). */
  readonly gradientScale: number;
  readonly lr: number;
  /** Added to the gradient as `weightDecay · w`, PyTorch's L2 penalty; AdamW shrinks the weights instead. */
  readonly weightDecay: number;
}

export interface Optimiser {
  /** Flat (1, P) by name: what must be kept to go on as if never stopped. */
  readonly slots: ReadonlyMap<string, Matrix>;
  /** @param step counts from 1 */
  step(update: Update, step: number): void;
}

export function makeOptimiser(kernels: Kernels, parameters: number, options: OptimiserOptions): Optimiser {
  const { momentum, alpha, beta1, beta2, epsilon } = options;
  const slot = (): Matrix => kernels.matrix(1, parameters);
  switch (options.optimizer) {
    case 'sgd': {
      const velocity = momentum > 0 ? slot() : null;
      return {
        slots: new Map(velocity ? [['velocity', velocity]] : []),
        step: ({ weights, gradient, ...settings }) => {
          kernels.sgd(weights, gradient, velocity, { ...settings, momentum });
        },
      };
    }
    case 'adagrad': {
      const squares = slot();
      return {
        slots: new Map([['squares', squares]]),
        step: ({ weights, gradient, ...settings }) => {
          kernels.adagrad(weights, gradient, squares, { ...settings, epsilon });
        },
      };
    }
    case 'rmsprop': {
      const squares = slot();
      return {
        slots: new Map([['squares', squares]]),
        step: ({ weights, gradient, ...settings }) => {
          kernels.rmsprop(weights, gradient, squares, { ...settings, alpha, fresh: 1 - alpha, epsilon });
        },
      };
    }
    case 'adam':
    case 'adamw': {
      const [first, second] = [slot(), slot()];
      const decoupled = options.optimizer === 'adamw';
      return {
        slots: new Map([
          ['first', first],
          ['second', second],
        ]),
        step: ({ weights, gradient, gradientScale, lr, weightDecay }, step) => {
          kernels.adam(weights, gradient, first, second, {
            ...{ gradientScale, beta1, beta2, fresh1: 1 - beta1, fresh2: 1 - beta2, epsilon },
            // The moments' corrections for their start at 0 (Kingma & Ba 2015).
            rate: lr / (1 - wholePower(beta1, step)),
            root: Math.sqrt(1 - wholePower(beta2, step)),
            weightDecay: decoupled ? 0 : weightDecay,
            keep: decoupled ? 1 - lr * weightDecay : 1,
          });
        },
      };
    }
  }
}
