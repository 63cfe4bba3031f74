/** `dissipa train [text…]` */
import { fileURLToPath } from 'node:url';
import { dirname, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import { DissipaError, UsageError, failure, misuse, shownError } from '../../base/errors.js';
import { isOutOfMemory, outOfMemory } from '../../base/memory.js';
import { flagOf, parseOptions, type OptionMeta } from '../../base/options.js';
import { visibleInLine, visibleJson } from '../../base/visible.js';
import type { Kernels } from '../../kernels/kernels.js';
import { scheduled } from '../../probe/training.js';
import { joinPath } from '../../store/files.js';
import { RunFolder, type StepCheckpoint } from '../../store/run-folder.js';
import { keptTexts, pathsOf, type RunInfo, type RunResult } from '../../store/run-info.js';
import { textWidth, wrap, wrapFacts } from '../../ui/terminal/wrap.js';
import { conclude } from '../../study/train/conclude.js';
import { record } from '../../study/train/record.js';
import { READING_VERSION } from '../../text/versions.js';
import { Alphabet } from '../../text/alphabet.js';
import { checkLength, lengthsOf, splitRecords, splitText, type Split } from '../../text/split.js';
import { checkFillsWindow } from '../../text/windows.js';
import { parseTrainOptions, trainOptions, type TrainOptions } from '../../train/options.js';
import { SHORTEST_WINDOW, type Recipe } from '../../train/recipes.js';
import type { Choice } from '../../study/train/minutes.js';
import { resumedWith } from '../../train/resuming.js';
import { NEWEST_RUN, parseTrainingState, type RunVersion, type TrainingState } from '../../train/state.js';
import { Trainer } from '../../train/trainer.js';
import { openEngineFor } from '../engines.js';
import type { Environment } from '../environment.js';
import { INTERRUPTED } from '../environment.js';
import { givenFlags, type Given } from '../flags.js';
import { makeProgress } from '../progress.js';
import { checkSameText, readIds, readIdsAgain, readingOf, type TextInIds } from '../ids.js';
import { checkUnknown, ontoOf, originAt, strangersInWords, withShapeOf, type Origin } from '../origin.js';
import { checkEnd, tellEnd } from '../run-end.js';
import { shellWord } from '../../base/shell-word.js';
import { summarise } from '../summary.js';
import { chooseOptions } from '../minutes.js';
import { checkTextsAreThere } from '../sources.js';
import { tellWhatWasDone } from '../texts.js';
import { jsonFlag } from './model.js';
import { versions } from '../versions.js';

/** A week: longer trainings are cut in parts that are resumed. */
const MOST_MINUTES = 7 * 24 * 60;

/** What the command takes beside the options of a run. */
export const trainFlags = trainOptions.extend({
  out: z
    .string()
    .optional()
    .meta({ group: 'run', takes: 'folder' } satisfies OptionMeta),
  resume: z
    .string()
    .optional()
    .meta({ group: 'run', takes: 'folder' } satisfies OptionMeta),
  from: z
    .string()
    .min(1)
    .optional()
    .meta({ group: 'model', takes: 'model' } satisfies OptionMeta),
  minutes: z.number().min(0.1).max(MOST_MINUTES).optional().meta({
    group: 'training',
  }),
  json: jsonFlag,
});

/** The texts that come with the program, as seen from where it is run. */
export const bundledCorpus = (): string =>
  relative('', fileURLToPath(new URL('../../../corpus', import.meta.url))) || '.';

interface Prepared {
  readonly folder: RunFolder;
  readonly trainer: Trainer;
  readonly options: TrainOptions;
  readonly read: TextInIds;
  readonly split: Split;
  /** The texts' paths, as they were given; none for the bundled ones. */
  readonly paths: readonly string[];
  /** Where --minutes chose the options. */
  readonly choice: (Recipe & Choice) | null;
  /** What it begins with: its own weights are not drawn, and so are kept before the first step. */
  readonly origin?: Origin | null;
}

/** @returns the exit code */
export async function train(
  environment: Environment,
  paths: readonly string[],
  argv: Given,
): Promise<number> {
  const { out, resume, minutes, from, json, ...given } = givenFlags(trainFlags, argv);
  const { json: isForPrograms } = parseOptions(z.strictObject({ json: jsonFlag }), {
    ...(json !== undefined && { json }),
  });
  checkFrom(from, resume);
  const wanted = parseMinutes(minutes, resume !== undefined);
  const stop = environment.interruption();
  const prepared =
    typeof resume === 'string'
      ? await resumeRun(environment, resume, paths, given, out, stop)
      : await startRun(environment, paths, given, out, stop, wanted, from);
  const { folder, trainer, options } = prepared;
  const { alphabet } = prepared.read;
  try {
    return await drive(environment, prepared, stop);
  } finally {
    await folder.close();
  }

  async function drive(env: Environment, run: Prepared, signal: AbortSignal): Promise<number> {
    describe(env, run);
    const firstStep = trainer.step;
    const started = env.now();
    const progress = makeProgress(env, {
      firstStep,
      steps: trainer.steps,
      charactersPerStep: options.batch * options.window,
      symbols: alphabet.size,
    });
    let interruptedAt: number | null = null;
    try {
      const { keep, sampleEvery } = options;
      const events = record(trainer, folder, {
        alphabet,
        keep,
        sampleEvery,
        now: () => env.now(),
        stop: signal,
        keepsBeginning: Boolean(run.origin),
      });
      for await (const event of events) {
        progress.show(event);
        if (isForPrograms) tellEvent(env, event);
        if (event.kind === 'interrupted') interruptedAt = event.step;
        // Signals are only heard between two turns of the event loop.
        if (event.kind === 'step') await setImmediate();
      }
    } finally {
      progress.end();
    }
    if (interruptedAt !== null) {
      env.err(
        `${env.words.training.notes.interrupted(interruptedAt, `npx dissipa train --resume ${shellWord(folder.dir)}`)}\n`,
      );
      return INTERRUPTED;
    }
    const result = await withRoom(env, folder.dir, () => measureAll(env, trainer, folder, signal));
    if (signal.aborted) return INTERRUPTED;
    tellEnd(env, folder.dir, trainer, options, firstStep);
    if (isForPrograms) {
      tellEvent(env, { kind: 'end', step: trainer.step, folder: folder.dir, result });
      return 0;
    }
    const seconds = (env.now() - started) / 1000;
    await withRoom(env, folder.dir, () => summarise(env, { ...run, result, seconds }));
    return 0;
  }
}

/** `--json`: an object a line for each thing that happens. */
const tellEvent = (env: Environment, event: object): void => {
  env.out(`${visibleJson(JSON.stringify(event))}\n`);
};

/** The training is kept by now: that there is no memory to tell all of it is said, and is no failure of it. */
async function withRoom<T>(env: Environment, dir: string, tell: () => Promise<T>): Promise<T | null> {
  try {
    return await tell();
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    const told = error instanceof DissipaError ? error : outOfMemory(null, null, error);
    env.err(`${env.words.training.notes.untold(visibleInLine(dir), shownError(told))}\n`);
    return null;
  }
}

/** Above so many milliseconds it is said what is waited for. */
const PATIENCE_MS = 1000;

/** The run's last figures; null where nothing is held out, or where it was interrupted, which is said. */
async function measureAll(
  env: Environment,
  trainer: Trainer,
  folder: RunFolder,
  stop: AbortSignal,
): Promise<RunResult | null> {
  const started = env.now();
  let isTold = false;
  const measuring = conclude(trainer, folder);
  for (;;) {
    const { done, value } = await measuring.next();
    if (done === true) return value;
    await setImmediate();
    if (stop.aborted) {
      env.err(
        `${env.words.training.notes.interruptedMeasuring(`npx dissipa train --resume ${shellWord(folder.dir)}`)}\n`,
      );
      return null;
    }
    if (isTold || env.now() - started < PATIENCE_MS) continue;
    isTold = true;
    env.err(`${env.words.training.notes.looking}\n`);
  }
}

function describe(env: Environment, { folder, trainer, options, read, origin }: Prepared): void {
  const { cell, layers, hidden, batch, window } = options;
  const records = read.texts.reduce((sum, text) => sum + (text.records ?? 0), 0);
  // Of records, what stands in them; else with the empty lines between texts.
  const characters = options.records
    ? read.texts.reduce((sum, text) => sum + text.characters, 0)
    : read.count.characters;
  tellWhatWasDone(env, read.texts);
  const { facts: said } = env.words.training;
  const { name, threads } = trainer.network.kernels;
  const facts = [
    [
      said.texts(read.texts.length),
      ...(options.records ? [said.records(records)] : []),
      said.characters(characters, options.symbols === 'bytes'),
      said.symbols(read.alphabet.size),
    ].join(', '),
    `${cell} ${layers}×${hidden}, ${said.weights(trainer.network.parameters.flat.length)}`,
    env.words.window({ rows: batch, timesteps: window }),
    said.threads(name, threads),
    ...(origin ? [said.from(visibleInLine(origin.path))] : []),
    said.folder(visibleInLine(folder.dir), trainer.step),
  ];
  env.err(`${wrapFacts(facts, textWidth(env.columns))}\n`);
  const strangers =
    origin &&
    strangersInWords(ontoOf(origin.alphabet, options.unknown), read.count, read.alphabet, env.words);
  if (strangers) env.err(`${wrap(strangers, textWidth(env.columns))}\n`);
}

/** @throws DissipaError where the text is too short for the run */
function splitFor(read: TextInIds, dir: string, { batch, window, validation, test }: TrainOptions): Split {
  const symbols = read.symbolsIn(dir);
  const size = { rows: batch, timesteps: window };
  checkLength(symbols.length, size, validation, read.where, test);
  const { end } = read.alphabet;
  if (end === undefined) return splitText(symbols, validation, test);
  const split = splitRecords(symbols, end, validation, test, read.where);
  // A record that is held out whole may be longer than what is to be held out.
  checkFillsWindow(split.training.length, size, read.where);
  return split;
}

/** @throws DissipaError where the text is too short for the least that is ever chosen for one */
function checkLeast(read: TextInIds, { validation, test, ...options }: TrainOptions, own: Given): void {
  const rows = own.batch === undefined ? 1 : options.batch;
  const timesteps = own.window === undefined ? SHORTEST_WINDOW : options.window;
  checkLength(read.count.characters, { rows, timesteps }, validation, read.where, test);
}

function makeTrainer(
  kernels: Kernels,
  read: TextInIds,
  { training, validation, test }: Split,
  options: TrainOptions,
  version: RunVersion,
  from?: StepCheckpoint,
  model?: Origin,
): Trainer {
  const { cell, layers, hidden } = options;
  const { size: symbols, end } = read.alphabet;
  const shape = { cell, layers, hidden, symbols, ...(end !== undefined && { end }) };
  return new Trainer({
    kernels,
    shape,
    options,
    training,
    validation,
    test,
    probes: scheduled(options),
    symbols: read.alphabet.symbols,
    where: from?.path ?? read.where,
    version,
    ...(model && { model }),
    ...(from && {
      from: {
        parameters: from.checkpoint.parameters,
        state: stateOf(from),
        tensors: from.checkpoint.training?.tensors ?? new Map(),
      },
    }),
  });
}

/** @throws DissipaError where it is not the state of a run at the step that the file's name says */
function stateOf({ step, path, checkpoint }: StepCheckpoint): TrainingState {
  const state = parseTrainingState(checkpoint.training?.state, path);
  if (state.step === step) return state;
  throw failure('run.other-step', { where: path, step: state.step, named: step });
}

async function startRun(
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
    let begun = inFolder(typeof out === 'string' ? out : await freeName(environment, options));
    // Another training that begins at this moment has found the same name free: who makes the folder has it.
    while (typeof out !== 'string' && !(await files.claimFolder(begun.dir))) {
      begun.trainer.release();
      begun = inFolder(await freeName(environment, options));
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

/** The texts of a run as whoever started it may have named them: the bundled ones go without saying. */
function commandPaths(texts: readonly string[]): readonly string[] {
  const bundled = `${bundledCorpus()}/`;
  return texts.every((path) => path.startsWith(bundled)) ? [] : texts;
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

function parseMinutes(minutes: unknown, isResumed: boolean): number | undefined {
  if (minutes !== undefined && isResumed) throw misuse('run.minutes', {});
  return parseOptions(z.strictObject({ minutes: trainFlags.shape.minutes }), { minutes }).minutes;
}

/** Where runs without --out go. */
const RUNS = 'checkpoints';

/** checkpoints/tanh-1x128, or with the first number behind it that is not taken. */
async function freeName({ files }: Environment, { cell, layers, hidden }: TrainOptions): Promise<string> {
  const name = `${RUNS}/${cell}-${layers}x${hidden}`;
  for (let n = 1; ; n++) {
    const dir = n === 1 ? name : `${name}-${n}`;
    if ((await files.kind(dir)) === 'none') return dir;
  }
}

async function resumeRun(
  environment: Environment,
  dir: string,
  paths: readonly string[],
  given: Given,
  out: unknown,
  stop: AbortSignal,
): Promise<Prepared> {
  const { files, processes } = environment;
  if (out !== undefined) throw misuse('command.new-only', { option: '--out', what: 'run', dir });
  const folder = await RunFolder.open(files, processes, dir);
  try {
    const options = resumedOptions(folder, given);
    const texts = paths.length > 0 ? paths : pathsOf(folder.info);
    if (paths.length === 0)
      await checkTextsAreThere(files, texts, 'run', `train TEXT --resume ${shellWord(dir)}`);
    const version = readingOf(folder.info.reading, joinPath(dir, 'run.json'));
    const how = { ...options, version };
    const begun = folder.info.from
      ? await folder.latest(({ checkpoint: { alphabet, kind } }) => new Alphabet(alphabet, kind))
      : null;
    const onto = folder.info.from
      ? ontoOf(begunWith(folder, begun?.taken ?? null), options.unknown, options.records)
      : null;
    const read = await readIdsAgain(environment, dir, {
      ...{ paths: texts, options: how, command: 'train', stop, onto },
    });
    try {
      checkSameText(read, folder.info.digest, 'run');
      await read.keepIn(dir);
    } finally {
      await read.discard();
    }
    const kernels = await openEngineFor(environment, options.engine, options.threads);
    const split = splitFor(read, dir, options);
    const latest = await folder.latest((found) =>
      makeTrainer(kernels, read, split, options, folder.info.version, found),
    );
    for (const { reason } of latest?.skipped ?? []) {
      environment.err(`${environment.words.training.notes.passedOver(shownError(reason))}\n`);
    }
    const trainer = latest?.taken ?? makeTrainer(kernels, read, split, options, folder.info.version);
    checkEnd(trainer, options);
    await folder.rewind(latest?.step ?? -1);
    await folder.prune(options.keep);
    await folder.updateInfo({ options: trainer.options, engine: kernels.name, versions, result: undefined });
    return { folder, trainer, options, read, split, paths: commandPaths(texts), choice: null };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/**
 * The symbols of a run that began with a model: its text alone does not tell them.
 * @throws DissipaError where it was killed before it had kept them
 */
function begunWith({ dir, info }: RunFolder, kept: Alphabet | null): Alphabet {
  if (kept !== null) return kept;
  throw failure('run.no-beginning', { where: dir, from: info.from?.path ?? null });
}

/** @throws UsageError */
function checkFrom(from: unknown, resume: unknown): void {
  if (from === undefined || resume === undefined) return;
  throw misuse('run.from-resumed', {});
}

/** The run's own options, with those over them that may be given anew. */
function resumedOptions({ info, dir }: RunFolder, given: Given): TrainOptions {
  const where = joinPath(dir, 'run.json');
  const resumed = resumedWith(info.options, given);
  try {
    return parseTrainOptions(resumed);
  } catch (error) {
    if (error instanceof UsageError && !Object.keys(given).some((name) => flagOf(name) === error.where))
      throw failure('run.other-version', { where, complaint: error.message });
    throw error;
  }
}
