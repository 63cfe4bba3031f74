/** Drives a trainer and keeps what it says in a run folder. */
import { DissipaError, failure } from '../../base/errors.js';
import { isOutOfMemory } from '../../base/memory.js';
import type { RunFolder } from '../../store/run-folder.js';
import type { LogLine } from '../../store/json-lines.js';
import type { Alphabet } from '../../text/alphabet.js';
import type { TrainEvent } from '../../train/events.js';
import type { Trainer } from '../../train/trainer.js';
import { divergence } from './divergence.js';
import { Sampler, sampleOptions, sampleText } from '../sample/sample.js';

/** What is kept of a run, and how often. */
export interface RecordOptions {
  readonly alphabet: Alphabet;
  /** Newest step checkpoints that are kept. */
  readonly keep: number;
  /** Steps between samples; 0 for none. */
  readonly sampleEvery: number;
  /** Milliseconds since any fixed moment: the clock belongs to the caller. */
  readonly now: () => number;
  /** Once aborted, the run ends after the step at hand, with a checkpoint. */
  readonly stop?: AbortSignal;
  /** Before the first step there is a checkpoint: of weights that could not be drawn again. */
  readonly keepsBeginning?: boolean;
}

/** What a run that is kept tells: the trainer's events, and samples. */
export type RunEvent = TrainEvent | { readonly kind: 'sample'; readonly step: number; readonly text: string };

/** How long log lines may wait to be written together. */
const FLUSH_MS = 500;
const SAMPLE_LENGTH = 300;

/**
 * The trainer's events, each passed on when it is kept: metrics.jsonl and gradients.jsonl, samples.txt, the
 * checkpoints. At a checkpoint every log is complete up to its step.
 * @throws DissipaError when the run diverges (naming the last good checkpoint), or when something cannot be written
 */
export async function* record(
  trainer: Trainer,
  folder: RunFolder,
  options: RecordOptions,
): AsyncGenerator<RunEvent, void> {
  const { alphabet, now, stop } = options;
  const started = now();
  // A run that is taken up goes on with its own clock: its times do not fold back.
  const elapsedMs = (): number => folder.elapsedMs + now() - started;
  const sampler = options.sampleEvery > 0 ? new Sampler({ network: trainer.model, alphabet }) : null;
  let waiting: LogLine[] = [];
  let measured: LogLine[] = [];
  let flushed = started;
  let savedStep: number | null = trainer.step;

  const flush = async (): Promise<void> => {
    const [lines, gradients] = [waiting, measured];
    [waiting, measured] = [[], []];
    flushed = now();
    await folder.appendMetrics(...lines);
    await folder.appendGradients(...gradients);
  };
  const save = async (): Promise<void> => {
    await flush();
    if (savedStep === trainer.step) return; // nothing new, as right after a resume
    const { parameters, state, tensors } = trainer.lent();
    const { shape } = trainer.network;
    const training = { state, tensors };
    const { symbols, kind } = alphabet;
    const checkpoint = { shape, alphabet: symbols, kind, parameters, training };
    await folder.saveStep(trainer.step, checkpoint, options.keep);
    savedStep = trainer.step;
  };

  try {
    if (options.keepsBeginning === true && trainer.step === 0) {
      savedStep = null;
      await save();
    }
    yield* steps();
  } catch (error) {
    // What was trained is worth more than what could not be done with it.
    if (!isOutOfMemory(error) || !trainer.isAtRest || trainer.step === 0) throw error;
    await save();
    throw keptDespite(error, trainer.step, folder.dir);
  } finally {
    sampler?.release();
  }

  async function* steps(): AsyncGenerator<RunEvent, void> {
    for (const event of trainer.run(stop)) {
      switch (event.kind) {
        case 'step': {
          const { step, lossNats, gradientNorm, clipScale, lr } = event;
          waiting.push({ step, lossNats, gradientNorm, clipScale, lr, elapsedMs: elapsedMs() });
          break;
        }
        case 'gradients': {
          const { kind, ...line } = event;
          measured.push(line);
          break;
        }
        case 'evaluation': {
          const { step, lossNats, predictions, isBest } = event;
          waiting.push({ step, validationLossNats: lossNats, predictions, isBest, elapsedMs: elapsedMs() });
          if (isBest) {
            await flush();
            const parameters = trainer.model.parameters.inFloat32();
            const { shape } = trainer.network;
            const { symbols, kind } = alphabet;
            await folder.saveBest({ shape, alphabet: symbols, kind, parameters, training: null });
          }
          break;
        }
        case 'checkpoint':
          // Of a run of no steps the beginning is the result.
          if (event.step === 0) savedStep = null;
          await save();
          break;
        case 'diverged':
          await flush();
          throw divergence(event, trainer.options, await newest(folder));
        case 'interrupted':
        case 'finished':
          await save();
          break;
      }
      yield event;
      if (event.kind !== 'step') continue;

      if (sampler && event.step % options.sampleEvery === 0) {
        const chosen = sampleOptions.parse({ length: SAMPLE_LENGTH, seed: event.step });
        trainer.refreshModel();
        const text = alphabet.readable(sampleText(sampler, alphabet, chosen));
        await folder.appendSample(event.step, text);
        yield { kind: 'sample', step: event.step, text };
      }
      if (now() - flushed > FLUSH_MS) await flush();
    }
  }
}

/** Out of memory, and where the training stands. */
function keptDespite(error: unknown, step: number, dir: string): DissipaError {
  const asked =
    error instanceof DissipaError && error.problem.key === 'memory.full'
      ? error.problem.values
      : { mebibytes: null, most: null };
  return failure('memory.full-in-run', { ...asked, step, dir }, { cause: error });
}

/** The last good checkpoint; null where there is none. */
async function newest(folder: RunFolder): Promise<string | null> {
  const last = (await folder.steps()).pop();
  return last === undefined ? null : `${folder.dir}/step-${last}.safetensors`;
}
