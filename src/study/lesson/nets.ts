/** The lesson's networks: each trained briefly, once, and kept as it was before and after for the sections that measure it. */
import type { InitName } from '../../model/init.js';
import { parameterCount, type CellName } from '../../model/shape.js';
import { parseTrainOptions } from '../../train/options.js';
import { Trainer } from '../../train/trainer.js';
import type { ModelContents } from '../model.js';
import { BATCH, VALIDATION, type LessonOptions, type LessonSetup } from './setup.js';

export interface NetSpec {
  readonly cell: CellName;
  readonly init: InitName;
  readonly layers: number;
  /** False: trained without a limit to the gradient. */
  readonly clip: boolean;
}

export const net = (cell: CellName, changes: Partial<NetSpec> = {}): NetSpec => ({
  cell,
  init: 'uniform',
  layers: 1,
  clip: true,
  ...changes,
});

/** What became of a network in its brief training. */
export interface BriefRun {
  readonly spec: NetSpec;
  readonly start: ModelContents;
  /** Null where it ended in weights that are no numbers. */
  readonly end: ModelContents | null;
  /** Mean cross-entropy on the held-out text; null where the run diverged. */
  readonly validationLossNats: number | null;
  /** ‖∂L/∂W‖ over all weights, before clipping, of each step. */
  readonly gradientNorms: readonly number[];
  /** Share of the steps in which the gradient was clipped. */
  readonly clipped: number;
  /** The step at which the loss, the gradient or the weights were no longer numbers; null for none. */
  readonly divergedAt: number | null;
}

/** What is under way: a step of a training, or one of so many nudges. */
export type Doing =
  | { readonly kind: 'training'; readonly spec: NetSpec; readonly step: number; readonly steps: number }
  | { readonly kind: 'nudging'; readonly spec: NetSpec; readonly done: number; readonly of: number };

/** Something that takes long: it tells what it does, and ends with what it found. */
export type Measuring<T> = AsyncGenerator<Doing, T, undefined>;

/** The options of `train` that make the same run; the others have their defaults. */
export const briefOptions = (
  { hidden, window, steps, seed }: LessonOptions,
  spec: NetSpec,
): Readonly<Record<string, string | number>> => ({
  cell: spec.cell,
  init: spec.init,
  layers: spec.layers,
  hidden,
  window,
  batch: BATCH,
  steps,
  seed,
  ...(!spec.clip && { clipMode: 'none' }),
});

const keyOf = ({ cell, init, layers, clip }: NetSpec): string => [cell, init, layers, clip].join(' ');

export class Nets {
  readonly #runs = new Map<string, BriefRun>();

  constructor(readonly setup: LessonSetup) {}

  /** The network, trained now or before. */
  async *get(spec: NetSpec): Measuring<BriefRun> {
    const key = keyOf(spec);
    const run = this.#runs.get(key) ?? (yield* trainBriefly(this.setup, spec));
    this.#runs.set(key, run);
    return run;
  }
}

async function* trainBriefly(setup: LessonSetup, spec: NetSpec): Measuring<BriefRun> {
  const { alphabet, hidden, training, validation, steps } = setup;
  const shape = { cell: spec.cell, layers: spec.layers, hidden, symbols: alphabet.size };
  const options = parseTrainOptions({
    ...briefOptions(setup, spec),
    validation: VALIDATION,
    probe: 'off',
    evaluateEvery: steps,
    checkpointEvery: steps,
  });
  const kernels = await setup.open();
  const trainer = new Trainer({
    kernels,
    shape,
    options,
    training,
    validation,
    probes: [],
    where: setup.where,
  });
  const copy = (): ModelContents => ({
    shape,
    alphabet: alphabet.symbols,
    parameters: trainer.network.parameters.toFloat32(),
  });
  const start = copy();
  const gradientNorms: number[] = [];
  let clipped = 0;
  let divergedAt: number | null = null;
  let validationLossNats: number | null = null;
  for (const event of trainer.run()) {
    if (event.kind === 'step') {
      gradientNorms.push(event.gradientNorm);
      if (event.clipScale < 1) clipped++;
      yield { kind: 'training', spec, step: event.step, steps };
    } else if (event.kind === 'evaluation') validationLossNats = event.lossNats;
    else if (event.kind === 'diverged') divergedAt = event.step;
  }
  const isSound = Number.isFinite(kernels.sumSquares(trainer.network.parameters.flat));
  return {
    spec,
    start,
    end: isSound ? copy() : null,
    validationLossNats: divergedAt === null ? validationLossNats : null,
    gradientNorms,
    clipped: gradientNorms.length === 0 ? 0 : clipped / gradientNorms.length,
    divergedAt,
  };
}

/** How much there is to compute in a training, beside others': its weights, and what each layer costs however small. */
export function costOf({ hidden, alphabet, steps }: LessonSetup, { cell, layers }: NetSpec): number {
  const weights = parameterCount({ cell, layers, hidden, symbols: alphabet.size });
  return steps * (weights + layers * 4000);
}
