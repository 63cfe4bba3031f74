/**
 * A training that is none of `train`: another task, other losses, or weights that stay as they are. The same steps as the
 * trainer's (fill → forward → loss → backward → clip → update → carry on), with the options' defaults.
 */
import { backward } from '../../bptt/backward.js';
import { forward } from '../../bptt/forward.js';
import { loss } from '../../bptt/loss.js';
import { Unrolled } from '../../bptt/unrolled.js';
import type { Matrix } from '../../base/matrix.js';
import { Rng } from '../../base/rng.js';
import type { Kernels } from '../../kernels/kernels.js';
import { initialise } from '../../model/init.js';
import { Network } from '../../model/network.js';
import { Parameters } from '../../model/parameters.js';
import type { ModelShape } from '../../model/shape.js';
import { clip } from '../../train/clip.js';
import { makeOptimiser } from '../../train/optimisers.js';
import type { TrainOptions } from '../../train/options.js';
import { learningRate } from '../../train/schedule.js';
import type { Beginnings, WindowSize } from '../../text/windows.js';

export interface Exercise {
  /** Puts a window's inputs and targets in place, and says where rows begin in it. @param step from 1 */
  readonly fill: (unrolled: Unrolled, step: number) => Beginnings;
  /** Timesteps of a window, at most, in which rows begin. */
  readonly starts: number;
  /** The loss of the whole window, or of its last timestep alone. */
  readonly from: 'window' | 'last';
  /** Names of the tensors that learn; the others stay as they are drawn. All where it is left out. */
  readonly learns?: (tensor: string) => boolean;
}

export class Exercised {
  readonly network: Network;
  readonly unrolled: Unrolled;
  /** After it the numbers are none any more; null for never. */
  divergedAt: number | null = null;
  /** ‖∂L/∂W‖ of what learns, in the first step. */
  firstNorm: number | null = null;
  readonly #gradients: Parameters;
  readonly #frozen: readonly Matrix[];
  readonly #update: (scale: number, step: number, lr: number) => void;

  constructor(
    kernels: Kernels,
    shape: ModelShape,
    size: WindowSize,
    private readonly options: TrainOptions,
    private readonly exercise: Exercise,
  ) {
    const { weightDecay, seed } = options;
    this.network = new Network(kernels, shape);
    initialise(this.network.parameters, options, Rng.fromSeed(seed));
    this.network.refresh();
    this.unrolled = new Unrolled(this.network, {
      ...size,
      ...{ gradients: true, dropout: 0, starts: exercise.starts },
    });
    this.#gradients = new Parameters(kernels, shape);
    const gradient = this.#gradients.flat;
    const optimiser = makeOptimiser(kernels, gradient.length, options);
    const weights = this.network.parameters.flat;
    this.#update = (gradientScale, step, lr) => {
      optimiser.step({ weights, gradient, gradientScale, lr, weightDecay }, step);
    };
    const { learns = () => true } = exercise;
    this.#frozen = [...this.#gradients.byName].flatMap(([name, matrix]) => (learns(name) ? [] : [matrix]));
  }

  /** One step after the other, as long as the numbers are sound. @yields how many are done */
  *run(steps: number): Generator<number, void> {
    const { unrolled, network, options, exercise } = this;
    const { kernels } = network;
    const gradient = this.#gradients.flat;
    for (let step = 1; step <= steps; step++) {
      unrolled.starts = exercise.fill(unrolled, step);
      forward(unrolled, unrolled.options.timesteps);
      const { window, last } = loss(unrolled);
      backward(unrolled, { from: exercise.from, into: this.#gradients, rescale: false, tap: null });
      // A gradient of zero leaves a weight as it is, and takes no part in the norm that is clipped.
      for (const matrix of this.#frozen) kernels.zero(matrix);
      const { norm, scale } = clip(kernels, gradient, options.clipMode, options.clip);
      if (!Number.isFinite(exercise.from === 'window' ? window : last) || !Number.isFinite(norm)) {
        this.divergedAt = step;
        return;
      }
      this.firstNorm ??= norm;
      this.#update(scale, step, learningRate(options, step, steps));
      network.refresh();
      unrolled.carryOn();
      yield step;
    }
    if (!Number.isFinite(kernels.sumSquares(network.parameters.flat))) this.divergedAt = steps;
  }
}
