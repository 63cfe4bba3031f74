/** The optimisers by name: which slots each keeps beside the weights, and its step (PyTorch's definitions). */
import type { Matrix } from '../base/matrix.js';
import type { Kernels, Update } from '../kernels/kernels.js';

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
        step: (update) => {
          kernels.sgd(update, velocity, momentum);
        },
      };
    }
    case 'adagrad': {
      const squares = slot();
      return {
        slots: new Map([['squares', squares]]),
        step: (update) => {
          kernels.adagrad(update, squares, epsilon);
        },
      };
    }
    case 'rmsprop': {
      const squares = slot();
      return {
        slots: new Map([['squares', squares]]),
        step: (update) => {
          kernels.rmsprop(update, squares, alpha, epsilon);
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
        step: (update, step) => {
          kernels.adam(update, first, second, [beta1, beta2], epsilon, step, decoupled);
        },
      };
    }
  }
}
