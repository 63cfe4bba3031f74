/**
 * One training of a sweep, from its beginning or from a checkpoint, to its end or to the step at which all pause to be
 * compared. It is the same bits whether it was interrupted or not, and wherever it goes on.
 */
import type { Kernels } from '../../kernels/kernels.js';
import type * as z from 'zod';
import { scoped } from '../../kernels/scoped.js';
import type { Network } from '../../model/network.js';
import { lag } from '../../probe/lag.js';
import type { Symbols } from '../../text/symbols.js';
import { beginningOf } from '../../text/windows.js';
import { HeldOut } from '../../train/held-out.js';
import type { TrainOptions } from '../../train/options.js';
import { Trainer } from '../../train/trainer.js';
import { reportsOn } from '../inspect/reports.js';
import type { CheckpointEvent } from '../jobs/checkpoint.js';
import { snapshotBytes, snapshotIn } from '../jobs/snapshot.js';
import type { LayerMemory, progressSchema, SweepResult } from './result.js';

export interface SweepJob {
  readonly index: number;
  readonly options: TrainOptions;
  /** Of its steps, after which it pauses; null for its own end. */
  readonly share: number | null;
}

export interface SweepJobSetup {
  readonly job: SweepJob;
  readonly alphabet: readonly string[];
  readonly training: Symbols;
  readonly validation: Symbols;
  readonly kernels: Kernels;
  /** What the text is called in errors. */
  readonly where: string;
  /** A checkpoint of this very training, as `checkpoint` gave it. */
  readonly from: Uint8Array | null;
  /** Seconds that were spent on it before. */
  readonly spent: number;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
}

export type SweepEvent =
  | (Readonly<z.infer<typeof progressSchema>> & { readonly kind: 'progress' })
  | CheckpointEvent
  | { readonly kind: 'result'; readonly result: SweepResult };

const PROGRESS_MS = 250;
/** Rows that the lag curve is measured on. */
const MOST_ROWS = 8;

/** @throws DissipaError where the text is too short, or `from` is no checkpoint of this training */
export function* runSweepJob(setup: SweepJobSetup): Generator<SweepEvent, void> {
  const { job, alphabet, training, validation, kernels, where, now } = setup;
  const { cell, layers, hidden } = job.options;
  const shape = { cell, layers, hidden, symbols: alphabet.length };
  const trainer = new Trainer({
    ...{ kernels, shape, options: job.options, training, validation, probes: [], where },
    ...(setup.from && { from: snapshotIn(setup.from, where) }),
  });
  try {
    yield* run(trainer, setup, now() - 1000 * setup.spent);
  } finally {
    trainer.release();
  }
}

function* run(trainer: Trainer, setup: SweepJobSetup, begun: number): Generator<SweepEvent, void> {
  const { job, alphabet, validation, kernels, now } = setup;
  const { steps } = trainer;
  const pauseAt = job.share === null ? steps : Math.min(steps, Math.ceil(job.share * steps));
  const seconds = (): number => (now() - begun) / 1000;
  const checkpoint = (): SweepEvent => ({
    ...{ kind: 'checkpoint', step: trainer.step, seconds: seconds() },
    bytes: snapshotBytes(trainer, { symbols: alphabet, kind: {} }),
  });
  let ended: SweepResult['ended'] = 'steps';
  let told = now();
  const pause = {
    get aborted() {
      return pauseAt < steps && trainer.step >= pauseAt;
    },
  };
  for (const event of trainer.run(pause)) {
    if (event.kind === 'diverged') ended = 'diverged';
    if (event.kind === 'finished') ended = event.reason;
    if (event.kind === 'checkpoint' && event.step < pauseAt) yield checkpoint();
    if (event.kind === 'step' && now() - told >= PROGRESS_MS) {
      told = now();
      yield { kind: 'progress', step: event.step, steps: pauseAt, lossNats: trainer.best?.lossNats ?? null };
    }
  }
  const isPaused = ended === 'steps' && trainer.step < steps;
  if (isPaused) yield checkpoint();
  const { batch, window, evaluateCharacters = validation.length } = trainer.options;
  const best = isPaused ? bestHere(trainer, validation, evaluateCharacters) : trainer.best;
  yield {
    kind: 'result',
    result: {
      index: job.index,
      ended: isPaused ? 'halving' : ended,
      step: trainer.step,
      steps,
      characters: trainer.step * batch * window,
      parameters: trainer.network.parameters.flat.length,
      best,
      predictions: Math.max(0, Math.min(evaluateCharacters, validation.length - 1)),
      memory: ended === 'diverged' ? null : memoryOf(trainer.model, validation, window),
      engine: kernels.name,
      seconds: seconds(),
    },
  };
}

/** The best so far, and the weights as they are now; the training itself takes no notice. */
function bestHere(trainer: Trainer, validation: Symbols, characters: number): SweepResult['best'] {
  const { kernels } = trainer.network;
  trainer.refreshModel();
  const here = scoped(kernels, () =>
    new HeldOut(trainer.model, validation, new Uint16Array(), characters).evaluate(),
  );
  const { best, step } = trainer;
  if (here === null || !(here.lossNats < (best?.lossNats ?? Infinity))) return best;
  return { step, lossNats: here.lossNats };
}

/** On the beginning of the held-out text, the carry zero, in float64. */
function memoryOf(network: Network, validation: Symbols, window: number): LayerMemory[] | null {
  if (validation.length < 2) return null;
  const beginning = beginningOf(validation, { rows: MOST_ROWS, timesteps: window });
  const layers = reportsOn(network, beginning, [lag]);
  if (layers === null) return null;
  return layers.flatMap(({ layer, memory }) => {
    if (memory === undefined) return [];
    const { halfLife, lag1pct, lag1e6, verdict } = memory;
    return [{ layer, halfLife, lag1pct, lag1e6, verdict }];
  });
}
