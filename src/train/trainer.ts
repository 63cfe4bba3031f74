/**
 * The training loop, as a generator of events: a terminal, a test, a worker or a page drive the same loop, and stop
 * it by no longer asking.
 *
 * Per step: fill the window → forward → loss → backward (with the probes that are due) → clip → update → hand the
 * carry on. All randomness comes from one generator, whose state is part of the snapshot.
 */
import { Rng } from '../base/rng.js';
import { forward } from '../bptt/forward.js';
import { loss } from '../bptt/loss.js';
import type { GradientStep } from '../bptt/report.js';
import type { Unrolled } from '../bptt/unrolled.js';
import type { Room } from '../kernels/kernels.js';
import { scoped } from '../kernels/scoped.js';
import { initialise } from '../model/init.js';
import type { Network } from '../model/network.js';
import type { Parameters } from '../model/parameters.js';
import { takeOver } from '../model/take-over.js';
import { asSymbols } from '../text/symbols.js';
import type { Walk } from '../text/windows.js';
import type { Average } from './average.js';
import { trainingBytes } from './bytes.js';
import { cadenceFor, isDue, type Cadence } from './cadence.js';
import { clip } from './clip.js';
import type { Figures, HeldOut } from './held-out.js';
import type { TrainEvent } from './events.js';
import { StepProbes } from './measure.js';
import type { Optimiser } from './optimisers.js';
import { DEFAULT_STEPS, inOrder, type TrainOptions } from './options.js';
import { lentTensors, restore, restoreRng, type Kept } from './restore.js';
import { learningRate } from './schedule.js';
import { makeMemory, type TrainerSetup } from './setup.js';
import { NEWEST_RUN, type RunVersion, type Snapshot, type TrainingState } from './state.js';
import { walkOf } from './walk.js';

type Event<Kind extends TrainEvent['kind']> = Extract<TrainEvent, { kind: Kind }>;
type Diverged = Event<'diverged'>;
type Updated = Event<'step'> & { readonly gradients: GradientStep | null };

/** Trains a network on ids, one step at a time. */
export class Trainer {
  readonly network: Network;
  /** What is evaluated, sampled and saved as the best: the network, or with --average its twin of averaged weights. */
  readonly model: Network;
  /** Complete: with what follows from the lengths of the text. */
  readonly options: TrainOptions;
  /** The last step of the run. */
  readonly steps: number;
  /** Windows in one pass over the text, as a rule not a whole number. */
  readonly windowsPerPass: number;
  readonly #setup: TrainerSetup;
  readonly #room: Room;
  readonly #version: RunVersion;
  readonly #windows: Walk;
  readonly #unrolled: Unrolled;
  readonly #gradients: Parameters;
  readonly #optimiser: Optimiser;
  readonly #average: Average | null;
  readonly #heldOut: HeldOut;
  readonly #cadence: Cadence;
  #rng: Rng;
  readonly #symbols: readonly string[];
  #step = 0;
  #isMoving = false;
  #best: TrainingState['best'] = null;
  #evaluationsSinceBest = 0;

  /** @throws DissipaError where the text is too short for one window, or the snapshot is not of this model */
  constructor(setup: TrainerSetup) {
    const { kernels, shape, options, training, validation, from } = setup;
    const size = { rows: options.batch, timesteps: options.window };
    this.#setup = setup;
    this.#symbols = setup.symbols ?? Array.from({ length: shape.symbols }, (_, id) => String(id));
    this.#version = from?.state.version ?? setup.version ?? NEWEST_RUN;
    this.#windows = walkOf(this.#version, training, size, setup.where);
    this.windowsPerPass = this.#windows.perPass;
    this.steps =
      options.epochs === undefined
        ? (options.steps ?? DEFAULT_STEPS)
        : Math.max(1, Math.round(options.epochs * this.windowsPerPass));
    // A run of version 1 has had its cadence from the start, and is evaluated on all of the text.
    this.#cadence = cadenceFor(
      { size, windowsPerPass: this.windowsPerPass, heldOut: validation.length },
      this.#version === 1 ? { evaluateCharacters: validation.length, ...options } : options,
    );
    this.options = this.#version === 1 ? options : inOrder({ ...options, ...this.#cadence });
    this.#room = kernels.room();
    try {
      const { evaluateCharacters } = this.#cadence;
      const memory = this.#room.fill(() =>
        makeMemory(setup, this.#windows.mostBeginnings, evaluateCharacters),
      );
      this.network = memory.network;
      this.model = memory.model;
      this.#unrolled = memory.unrolled;
      this.#gradients = memory.gradients;
      this.#optimiser = memory.optimiser;
      this.#average = memory.average;
      this.#heldOut = memory.heldOut;
      if (from) {
        restore(from, this.#kept, setup.where);
        this.#rng = restoreRng(from, setup.where);
        this.#step = from.state.step;
        this.#best = from.state.best;
        this.#evaluationsSinceBest = from.state.evaluationsSinceBest;
      } else {
        this.#rng = Rng.fromSeed(options.seed);
        initialise(this.network.parameters, options, this.#rng);
        if (setup.model) takeOver(this.network.parameters, setup.model);
        this.#average?.begin();
      }
      this.network.refresh();
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Updates made so far. */
  get step(): number {
    return this.#step;
  }

  get best(): TrainingState['best'] {
    return this.#best;
  }

  /** Brings `model` up to the last step: to be called before it is asked for anything. */
  refreshModel(): void {
    this.#average?.refresh();
  }

  /**
   * Trains until the last step, or until patience or the numbers end.
   * @param stop looked at between steps: an `AbortSignal`, or anything alike
   */
  *run(stop?: { readonly aborted: boolean }): Generator<TrainEvent, void> {
    const { options } = this.#setup;
    if (this.steps === 0) yield* this.#measureFresh();
    while (this.#step < this.steps) {
      if (stop?.aborted) {
        yield { kind: 'interrupted', step: this.#step };
        return;
      }
      if (options.patience > 0 && this.#evaluationsSinceBest >= options.patience) {
        yield { kind: 'finished', step: this.#step, reason: 'patience' };
        return;
      }
      const [step, drawn] = [this.#step, this.#rng.state];
      let sound = true;
      try {
        for (const event of this.#oneStep()) {
          yield event;
          sound &&= event.kind !== 'diverged';
        }
      } catch (error) {
        // Broken off before anything moved: what was drawn for this step is drawn again.
        if (this.#step === step) this.#rng = Rng.fromState(drawn);
        throw error;
      }
      if (!sound) return;
    }
    yield { kind: 'finished', step: this.#step, reason: 'steps' };
  }

  /** A run of no steps: what the probes and the held-out text say of the weights as they are drawn. Nothing moves on. */
  *#measureFresh(): Generator<TrainEvent, void> {
    const { kernels, options, probes, training, validation } = this.#setup;
    const unrolled = this.#unrolled;
    const gradients = scoped(kernels, () => {
      unrolled.starts = this.#windows.fill(0, unrolled.inputs, unrolled.targets);
      forward(unrolled, options.window);
      loss(unrolled);
      const measuring = new StepProbes(
        probes.filter(({ probe }) => probe.from !== 'update'),
        0,
      );
      measuring.backward(unrolled, this.#gradients);
      const [text, heldOut] = [asSymbols(training), asSymbols(validation)];
      measuring.survey({ unrolled, training: text, validation: heldOut, symbols: this.#symbols, step: 0 });
      return measuring.finish(unrolled.layers.length);
    });
    if (gradients) yield { kind: 'gradients', ...gradients };
    const evaluation = this.#evaluate();
    if (evaluation) yield evaluation;
    yield { kind: 'checkpoint', step: 0 };
  }

  /** One update; what its probes allocate is given back after it. */
  #update(): Diverged | Updated {
    const { kernels, options, probes, training, validation } = this.#setup;
    const unrolled = this.#unrolled;
    const step = this.#step + 1;
    unrolled.starts = this.#windows.fill(this.#step, unrolled.inputs, unrolled.targets);

    forward(unrolled, options.window, options.dropout > 0 ? this.#rng : null);
    const lossNats = loss(unrolled).window;
    const measuring = new StepProbes(probes, step);
    measuring.backward(unrolled, this.#gradients);
    const gradient = this.#gradients.flat;
    const { norm: gradientNorm, scale } = clip(kernels, gradient, options.clipMode, options.clip);
    if (!Number.isFinite(lossNats) || !Number.isFinite(gradientNorm)) {
      const what = Number.isFinite(lossNats) ? 'gradient' : 'loss';
      return { kind: 'diverged', step, what, lossNats, gradientNorm };
    }
    measuring.survey({
      unrolled,
      training: asSymbols(training),
      validation: asSymbols(validation),
      symbols: this.#symbols,
      step: this.#step,
    });
    const lr = learningRate(options, step, this.steps);
    const weights = this.network.parameters.flat;
    const { weightDecay } = options;
    this.#isMoving = true;
    this.#optimiser.step({ weights, gradient, gradientScale: scale, lr, weightDecay }, step);
    this.network.refresh();
    this.#average?.add(step);
    unrolled.carryOn();
    this.#step = step;
    this.#isMoving = false;
    return {
      ...{ kind: 'step', step, lossNats, gradientNorm, clipScale: scale, lr },
      gradients: measuring.finish(unrolled.layers.length),
    };
  }

  *#oneStep(): Generator<TrainEvent, void> {
    const { kernels, options } = this.#setup;
    const updated = scoped(kernels, () => this.#update());
    if (updated.kind === 'diverged') {
      yield updated;
      return;
    }
    const { gradients, ...event } = updated;
    yield event;
    if (gradients) yield { kind: 'gradients', ...gradients };
    const { step, lossNats, gradientNorm } = event;
    const isLast = step === this.steps;
    const isMilestone = step % options.checkpointEvery === 0;
    if (isDue(this.#cadence, step) || isLast) {
      const evaluation = this.#evaluate();
      if (evaluation && !Number.isFinite(evaluation.lossNats)) {
        yield { kind: 'diverged', step, what: 'weights', lossNats: evaluation.lossNats, gradientNorm };
        return;
      }
      if (evaluation) yield evaluation;
    }
    if (!isMilestone && !isLast) return;
    // A snapshot of weights that are no numbers would take the place of a good one.
    if (!Number.isFinite(kernels.sumSquares(this.network.parameters.flat))) {
      yield { kind: 'diverged', step, what: 'weights', lossNats, gradientNorm };
      return;
    }
    yield { kind: 'checkpoint', step };
  }

  #evaluate(): Event<'evaluation'> | null {
    this.refreshModel();
    const evaluation = this.#heldOut.evaluate();
    if (evaluation === null) return null;
    const { lossNats, predictions } = evaluation;
    const isBest = lossNats < (this.#best?.lossNats ?? Infinity);
    if (isBest) this.#best = { step: this.#step, lossNats };
    this.#evaluationsSinceBest = isBest ? 0 : this.#evaluationsSinceBest + 1;
    return { kind: 'evaluation', step: this.#step, lossNats, predictions, isBest };
  }

  /**
   * How well the weights predict all of what was held out: the figures that a run ends with.
   * @param parameters other weights than those at hand, such as the best; those at hand are put back
   * @returns a generator, as it may take long: it yields the share that is done
   */
  *figures(parameters?: ReadonlyMap<string, ArrayLike<number>>): Generator<number, Figures> {
    const { model } = this;
    this.refreshModel();
    const kept = parameters && model.parameters.flat.data.slice();
    if (parameters) {
      model.parameters.load(parameters);
      model.refresh();
    }
    try {
      return yield* this.#heldOut.figures();
    } finally {
      if (kept) {
        model.parameters.flat.data.set(kept);
        model.refresh();
      }
    }
  }

  /** A copy of everything the run needs to go on from here bit for bit. To be asked between two events. */
  snapshot(): Snapshot {
    const { parameters, state, tensors } = this.lent();
    const copy = [...tensors].map(
      ([name, { shape, data }]) => [name, { shape, data: data.slice() }] as const,
    );
    return {
      parameters: new Map([...parameters].map(([name, data]) => [name, data.slice()])),
      state,
      tensors: new Map(copy),
    };
  }

  /** Whether the weights are those of `step`, so that a snapshot can be taken: also after an error, such as no memory. */
  get isAtRest(): boolean {
    return !this.#isMoving;
  }

  /** The same, lent: views of the engine's memory, good until the next event is asked for. */
  lent(): Snapshot {
    return {
      parameters: this.model.parameters.inFloat32(),
      state: {
        options: this.options,
        step: this.#step,
        version: this.#version,
        position: this.#windows.positionOf(this.#step),
        rng: [...this.#rng.state],
        best: this.#best,
        evaluationsSinceBest: this.#evaluationsSinceBest,
      },
      tensors: lentTensors(this.#kept),
    };
  }

  /** What it takes of its engine's memory, about; @see trainingBytes */
  get bytes(): number {
    const { shape, options } = this.#setup;
    const size = { rows: options.batch, timesteps: options.window };
    return trainingBytes(shape, size, this.#optimiser.slots.size + (this.#average ? 3 : 0));
  }

  /** Gives its memory back: neither it nor its model may be used any more. */
  release(): void {
    this.#room.release();
  }

  get #kept(): Kept {
    return {
      network: this.network,
      average: this.#average,
      optimiser: this.#optimiser,
      unrolled: this.#unrolled,
    };
  }
}
