/** The lesson's networks: each trained briefly, once, and kept as it was before and after for the sections that measure it. */
import { overflowOf } from '../../bptt/finite.js';
import { forward } from '../../bptt/forward.js';
import { loss } from '../../bptt/loss.js';
import { windowOf } from '../../bptt/window.js';
import { scoped } from '../../kernels/scoped.js';
import { inFloat64 } from '../../model/float64.js';
import type { Network } from '../../model/network.js';
import { parseTrainOptions } from '../../train/options.js';
import { Trainer } from '../../train/trainer.js';
import { inspect, type InspectedLayer } from '../inspect/measure.js';
import { loadModel, type Model, type ModelContents } from '../model/model.js';
import { costOf, shapeOf, type Measuring } from './doing.js';
import type { NetSpec } from '../../words/lesson/doing.js';
import { hasLearnt } from './levels.js';
import type { Stages } from '../../words/lesson/outcome.js';
import { BATCH, seedOf, VALIDATION, type LessonSetup } from './setup.js';
import type { LessonOptions } from '../../words/lesson/setup.js';

/** What became of a network in its brief training; `end` is null where it ended in what are no numbers. */
export interface BriefRun extends Stages<ModelContents> {
  readonly spec: NetSpec;
  /** ‖∂L/∂W‖ over all weights, before clipping, of each step. */
  readonly gradientNorms: readonly number[];
  /** Share of the steps in which the gradient was clipped. */
  readonly clipped: number;
  /** The step at which the loss, the gradient or the weights were no longer numbers; null for none. */
  readonly divergedAt: number | null;
}

/** The options of `train` that make the same run; the others have their defaults. */
export const briefOptions = (
  options: LessonOptions,
  spec: NetSpec,
): Readonly<Record<string, string | number>> => ({
  cell: spec.cell,
  init: spec.init,
  layers: spec.layers,
  hidden: options.hidden,
  window: options.window,
  batch: BATCH,
  steps: options.steps,
  seed: seedOf(options, spec.repeat),
  ...(!spec.clip && { clipMode: 'none' }),
});

export const netKey = ({ cell, init, layers, clip, repeat }: NetSpec): string =>
  [cell, init, layers, clip, repeat].join(' ');

export class Nets {
  readonly #runs = new Map<string, BriefRun>();
  readonly #layers = new Map<ModelContents, readonly InspectedLayer[]>();

  constructor(readonly setup: LessonSetup) {}

  seedOf({ repeat }: NetSpec): number {
    return seedOf(this.setup, repeat);
  }

  /** The network, trained now or before. */
  *get(spec: NetSpec): Measuring<BriefRun> {
    const key = netKey(spec);
    const run = this.#runs.get(key) ?? (yield* trainBriefly(this.setup, spec));
    this.#runs.set(key, run);
    return run;
  }

  /** A model as it is measured: in float64. */
  load(contents: ModelContents): Model {
    return loadModel(this.setup.kernels.float64, contents);
  }

  /** What `inspect` finds of it on the window measured on, found now or before. */
  inspect(contents: ModelContents): readonly InspectedLayer[] {
    const { kernels, measured, size, where } = this.setup;
    const layers =
      this.#layers.get(contents) ??
      scoped(kernels, () => inspect(this.load(contents), measured, size, where).layers);
    this.#layers.set(contents, layers);
    return layers;
  }

  /** A figure of the network before its training and after; what measuring it allocates is given back. */
  stages<T>(run: BriefRun, measure: (contents: ModelContents) => T): Stages<T> {
    const { start, end, validationLossNats, hasLearnt } = run;
    const figure = (contents: ModelContents): T => scoped(this.setup.kernels, () => measure(contents));
    return {
      start: figure(start),
      end: end && figure(end),
      validationLossNats,
      hasLearnt,
    };
  }
}

function* trainBriefly(setup: LessonSetup, spec: NetSpec): Measuring<BriefRun> {
  const { kernels, training, validation, steps } = setup;
  const shape = shapeOf(setup, spec);
  const options = parseTrainOptions({
    ...briefOptions(setup, spec),
    validation: VALIDATION,
    probe: 'off',
    evaluateEvery: steps,
    checkpointEvery: steps,
  });
  const trainer = new Trainer({
    kernels,
    shape,
    options,
    training,
    validation,
    probes: [],
    where: setup.where,
  });
  try {
    return yield* follow(setup, spec, trainer);
  } finally {
    trainer.release();
  }
}

function* follow(setup: LessonSetup, spec: NetSpec, trainer: Trainer): Measuring<BriefRun> {
  const { alphabet, steps } = setup;
  const { shape } = trainer.network;
  const copy = (): ModelContents => ({
    shape,
    alphabet: alphabet.symbols,
    parameters: trainer.network.parameters.toFloat32(),
  });
  const start = copy();
  const gradientNorms: number[] = [];
  const cost = costOf(setup, spec);
  let clipped = 0;
  let divergedAt: number | null = null;
  let validationLossNats: number | null = null;
  for (const event of trainer.run()) {
    if (event.kind === 'step') {
      gradientNorms.push(event.gradientNorm);
      if (event.clipScale < 1) clipped++;
      yield { kind: 'training', spec, done: event.step, of: steps, cost };
    } else if (event.kind === 'evaluation') validationLossNats = event.lossNats;
    else if (event.kind === 'diverged') divergedAt = event.step;
  }
  if (divergedAt === null && !isSound(setup, trainer.network)) divergedAt = steps;
  if (divergedAt !== null) validationLossNats = null;
  return {
    spec,
    start,
    end: divergedAt === null ? copy() : null,
    validationLossNats,
    hasLearnt: hasLearnt(validationLossNats, setup.levels),
    gradientNorms,
    clipped: gradientNorms.length === 0 ? 0 : clipped / gradientNorms.length,
    divergedAt,
  };
}

/** Its weights are numbers, and so are its states on the window that will be measured on. */
function isSound({ measured, size }: LessonSetup, trained: Network): boolean {
  if (!Number.isFinite(trained.kernels.sumSquares(trained.parameters.flat))) return false;
  return scoped(trained.kernels, () => {
    const unrolled = windowOf(inFloat64(trained), measured, size, false);
    forward(unrolled, size.timesteps);
    loss(unrolled);
    return overflowOf(unrolled) === null;
  });
}
