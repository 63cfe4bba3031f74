/** `dissipa train [text…]` */
import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import { DissipaError, misuse, shownError } from '../../base/errors.js';
import { isOutOfMemory, outOfMemory } from '../../base/memory.js';
import { parseOptions, type OptionMeta } from '../../base/options.js';
import { shellWord } from '../../base/shell-word.js';
import { visibleInLine } from '../../base/visible.js';
import type { RunFolder } from '../../store/run-folder.js';
import type { RunResult } from '../../store/run-info.js';
import { conclude } from '../../study/train/conclude.js';
import { record } from '../../study/train/record.js';
import { trainOptions } from '../../train/options.js';
import type { Trainer } from '../../train/trainer.js';
import { textWidth, wrap, wrapFacts } from '../../ui/terminal/wrap.js';
import { type Environment, INTERRUPTED } from '../environment.js';
import { givenFlags, type Given } from '../flags.js';
import { ontoOf, strangersInWords } from '../origin.js';
import { makeProgress } from '../progress.js';
import { tellJson } from '../results.js';
import { beginRun } from '../run/begin.js';
import type { Prepared } from '../run/prepared.js';
import { resumeRun } from '../run/resume.js';
import { tellEnd } from '../run-end.js';
import { summarise } from '../summary.js';
import { tellWhatWasDone } from '../texts.js';
import { jsonFlag, namedFlag } from './model.js';

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
  from: namedFlag('model', 'model'),
  minutes: z.number().min(0.1).max(MOST_MINUTES).optional().meta({
    group: 'training',
  }),
  json: jsonFlag,
});

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
      : await beginRun(environment, paths, given, out, stop, wanted, from);
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
        // An object a line for each thing that happens.
        if (isForPrograms) tellJson(env, event);
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
      tellJson(env, { kind: 'end', step: trainer.step, folder: folder.dir, result });
      return 0;
    }
    const seconds = (env.now() - started) / 1000;
    await withRoom(env, folder.dir, () => summarise(env, { ...run, result, seconds }));
    return 0;
  }
}

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

function parseMinutes(minutes: unknown, isResumed: boolean): number | undefined {
  if (minutes !== undefined && isResumed) throw misuse('run.minutes', {});
  return parseOptions(z.strictObject({ minutes: trainFlags.shape.minutes }), { minutes }).minutes;
}

/** @throws UsageError */
function checkFrom(from: unknown, resume: unknown): void {
  if (from === undefined || resume === undefined) return;
  throw misuse('run.from-resumed', {});
}
