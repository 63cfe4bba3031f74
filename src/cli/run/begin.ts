/** A new run: its texts are read, its options chosen where they are to be, its folder made. */
import { dirname } from 'node:path';
import { RunFolder } from '../../store/run-folder.js';
import { keptTexts, type RunInfo } from '../../store/run-info.js';
import { checkLength, lengthsOf } from '../../text/split.js';
import { READING_VERSION } from '../../text/versions.js';
import { parseTrainOptions, type TrainOptions } from '../../train/options.js';
import { SHORTEST_WINDOW } from '../../train/recipes.js';
import { NEWEST_RUN } from '../../train/state.js';
import { bundledCorpus } from '../bundled-corpus.js';
import { openEngineFor } from '../engines.js';
import type { Environment } from '../environment.js';
import type { Given } from '../flags.js';
import { freeName } from '../free-name.js';
import { readIds, type TextInIds } from '../ids.js';
import { chooseOptions } from '../minutes.js';
import { checkUnknown, ontoOf, originAt, withShapeOf } from '../origin.js';
import { versions } from '../versions.js';
import { makeTrainer, splitFor, type Prepared } from './prepared.js';

export async function beginRun(
  environment: Environment,
  paths: readonly string[],
  flags: Given,
  out: unknown,
  stop: AbortSignal,
  minutes: number | undefined,
  from: unknown,
): Promise<Prepared> {
  const origin = typeof from === 'string' ? await originAt(environment, from) : null;
  const given = origin === null ? flags : withShapeOf(origin, flags);
  const reading = parseTrainOptions(given);
  checkUnknown(reading.unknown, origin);
  const onto = origin && ontoOf(origin.alphabet, reading.unknown, reading.records);
  const near = typeof out === 'string' ? dirname(out) : RUNS;
  const texts = paths.length > 0 ? paths : [bundledCorpus()];
  const read = await readIds(environment, {
    paths: texts,
    options: reading,
    command: 'train',
    near,
    stop,
    onto,
  });
  try {
    if (minutes !== undefined) checkLeast(read, reading, given);
    const kernels = await openEngineFor(environment, reading.engine, reading.threads);
    const choice =
      minutes === undefined
        ? null
        : chooseOptions(environment, {
            ...{ kernels, minutes, given, texts: paths, from: origin?.path ?? null },
            ...sizesOf(read, reading),
          });
    const options = choice?.options ?? reading;
    const { files, processes } = environment;
    // Before the folder is made: a text that is too short leaves nothing behind.
    const inFolder = (dir: string) => {
      const split = splitFor(read, dir, options);
      const model = origin ?? undefined;
      return {
        dir,
        split,
        trainer: makeTrainer(kernels, read, split, options, NEWEST_RUN, undefined, model),
      };
    };
    let begun = inFolder(typeof out === 'string' ? out : await freeFolder(environment, options));
    // Another training that begins at this moment has found the same name free: who makes the folder has it.
    while (typeof out !== 'string' && !(await files.claimFolder(begun.dir))) {
      begun.trainer.release();
      begun = inFolder(await freeFolder(environment, options));
    }
    const { dir, split, trainer } = begun;
    const info: RunInfo = {
      format: 'dissipa.run',
      version: NEWEST_RUN,
      options: trainer.options,
      versions,
      engine: kernels.name,
      ...keptTexts(read.texts, texts),
      digest: read.digest,
      reading: READING_VERSION,
      symbols: read.alphabet.size,
      createdAt: new Date().toISOString(),
      ...(origin && { from: { path: origin.path, symbols: origin.alphabet.size } }),
    };
    const folder = await RunFolder.create(files, processes, dir, info);
    try {
      await read.keepIn(dir);
    } catch (error) {
      await folder.close();
      throw error;
    }
    return { folder, trainer, options, read, split, paths, choice, origin };
  } finally {
    await read.discard();
  }
}

/** @throws DissipaError where the text is too short for the least that is ever chosen for one */
function checkLeast(read: TextInIds, { validation, test, ...options }: TrainOptions, own: Given): void {
  const rows = own.batch === undefined ? 1 : options.batch;
  const timesteps = own.window === undefined ? SHORTEST_WINDOW : options.window;
  checkLength(read.count.characters, { rows, timesteps }, validation, read.where, test);
}

/** How much there is to train on, before there is a folder to read it from. */
function sizesOf(
  { count, alphabet }: TextInIds,
  { validation, test }: TrainOptions,
): { characters: number; symbols: number } {
  const { training } = lengthsOf(count.characters, validation, test);
  // That a text is too short for its parts is said where it is split.
  return { characters: Math.max(1, training), symbols: alphabet.size };
}

/** Where runs without --out go. */
const RUNS = 'checkpoints';

/** checkpoints/tanh-1x128, checkpoints/tanh-1x128-2 … */
const freeFolder = ({ files }: Environment, { cell, layers, hidden }: TrainOptions): Promise<string> =>
  freeName(`${RUNS}/${cell}-${layers}x${hidden}`, async (dir) => (await files.kind(dir)) === 'none');
