/** A training in one call: a text and options in, a model out. Nothing is read or kept; `Trainer` is for every step by itself. */
import type * as z from 'zod';
import { parseOptions } from '../../base/options.js';
import { openEngine } from '../../kernels/engine.js';
import type { Kernels } from '../../kernels/kernels.js';
import { madeIn } from '../../kernels/scoped.js';
import { scheduled, type ScheduledProbe } from '../../probe/training.js';
import { encodeCheckpoint } from '../../store/checkpoint.js';
import { lowercased } from '../../text/clean.js';
import { textInMemory } from '../../text/in-memory.js';
import { checkLength, splitText } from '../../text/split.js';
import { asSymbols } from '../../text/symbols.js';
import type { Evaluation } from '../../train/evaluate.js';
import type { TrainEvent } from '../../train/events.js';
import { parseTrainOptions, trainOptions, type TrainOptions } from '../../train/options.js';
import type { Snapshot } from '../../train/state.js';
import { Trainer } from '../../train/trainer.js';
import { bitsOf } from '../evaluate/score.js';
import { loadModel, type Model } from '../model/model.js';
import { divergence } from './divergence.js';

/** Those of a run, without what says how files are read and kept. */
export const textTrainOptions = trainOptions.omit({
  ...{ encoding: true, badBytes: true, ext: true, keepBoilerplate: true, unknown: true },
  ...{ keep: true, sampleEvery: true },
});

/** A text, the options of a training, and who is told of it. */
export interface TrainSetup extends Readonly<z.input<typeof textTrainOptions>> {
  /** What is learnt; read in the normal form NFC, its end held out as `validation` says. */
  readonly text: string;
  /** Beside those that `probe` and the like schedule; also probes of one's own. */
  readonly probes?: readonly ScheduledProbe[];
  /** Told of all that happens, in order; what it returns is waited for. */
  readonly onEvent?: (event: TrainEvent) => unknown;
  /** Ends the training after the step at hand. */
  readonly signal?: { readonly aborted: boolean };
  /** An engine that is open already, instead of one that `engine` and `threads` say. */
  readonly kernels?: Kernels;
  /** What the text is called in errors. */
  readonly name?: string;
}

/** How well a part of the text that was held out is predicted: a mean over its characters. */
export interface HeldOutFigures {
  readonly predictions: number;
  readonly lossNats: number;
  readonly bitsPerChar: number;
}

/** What a training ends with. */
export interface Trained {
  /** The best one of those that were evaluated; of the last step where nothing is held out. */
  readonly model: Model;
  /** Complete. */
  readonly options: TrainOptions;
  /** Updates made. */
  readonly step: number;
  readonly end: 'steps' | 'patience' | 'interrupted';
  /** Of the model, on all that was held out; null where nothing was. */
  readonly validation: HeldOutFigures | null;
  readonly test: HeldOutFigures | null;
  /** The model as a safetensors file, which `decodeCheckpoint` and PyTorch read. */
  readonly checkpoint: () => Uint8Array;
  /** Gives the model's memory back: where many are trained in one engine. */
  readonly release: () => void;
}

/**
 * Trains on a text.
 * @throws UsageError for an option that there is not or that has no such value; DissipaError where the text is too short,
 *   or the training diverges
 */
export async function train(setup: TrainSetup): Promise<Trained> {
  const { text, probes = [], onEvent: _e, signal: _s, kernels: own, name: where = 'text', ...given } = setup;
  // Asked first: the options of files are unknown here.
  parseOptions(textTrainOptions, given);
  const options = parseTrainOptions(given);
  const { cell, layers, hidden, batch, window, validation, test } = options;

  const clean = text.normalize('NFC');
  const pieces = [options.lowercase ? lowercased(clean) : clean];
  const { alphabet, ids } = textInMemory(pieces, where, options.minCount, {}, (length) => {
    checkLength(length, { rows: batch, timesteps: window }, validation, where, test);
  });
  const symbols = asSymbols(ids);

  const kernels = own ?? (await openEngine(options.engine, options.threads));
  const shape = { cell, layers, hidden, symbols: alphabet.size };
  const trainer = new Trainer({
    ...{ kernels, shape, options, where, symbols: alphabet.symbols },
    ...splitText(symbols, validation, test),
    probes: [...scheduled(options), ...probes],
  });
  let done;
  try {
    done = await runTo(trainer, setup);
  } finally {
    trainer.release();
  }
  const { parameters, ...rest } = done;
  const contents = { shape, alphabet: alphabet.symbols, parameters };
  // In the memory that the trainer has given back.
  const room = kernels.room();
  return {
    model: madeIn(room, () => loadModel(kernels, contents)),
    ...rest,
    release: () => {
      room.release();
    },
    checkpoint: () => encodeCheckpoint({ ...contents, training: null }),
  };
}

type Done = Omit<Trained, 'model' | 'checkpoint' | 'release'> & Pick<Snapshot, 'parameters'>;

async function runTo(trainer: Trainer, { onEvent, signal }: TrainSetup): Promise<Done> {
  let end: Trained['end'] = 'steps';
  let best: Snapshot['parameters'] | null = null;
  for (const event of trainer.run(signal)) {
    if (event.kind === 'diverged') throw divergence(event, trainer.options);
    if (event.kind === 'evaluation' && event.isBest) best = trainer.snapshot().parameters;
    if (event.kind === 'interrupted') end = event.kind;
    if (event.kind === 'finished') end = event.reason;
    await onEvent?.(event);
  }
  trainer.refreshModel();
  const parameters = best ?? trainer.snapshot().parameters;
  const { validation, test } = toTheEnd(trainer.figures(parameters));
  const inBits = (figures: Evaluation | null): HeldOutFigures | null =>
    figures && { ...figures, bitsPerChar: bitsOf(figures.lossNats) };
  return {
    ...{ options: trainer.options, step: trainer.step, end, parameters },
    ...{ validation: inBits(validation), test: inBits(test) },
  };
}

function toTheEnd<T>(generator: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = generator.next();
    if (done === true) return value;
  }
}
