/** `dissipa sweep [text…]` */
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import * as z from 'zod';
import { failure, misuse } from '../../base/errors.js';
import { parseOptions } from '../../base/options.js';
import { visibleInLine } from '../../base/visible.js';
import { joinPath } from '../../store/files.js';
import { keptTexts, pathsOf } from '../../store/run-info.js';
import { takeLock } from '../../store/lock.js';
import { isSweep, SweepFolder, SWEEP_JSON, type Part } from '../../study/sweep/folder.js';
import { ofAxes } from '../../study/sweep/of-axes.js';
import { sweepPlan, sweepOptions, type SweepPlan } from '../../study/sweep/options.js';
import { sweepKind } from '../../study/sweep/kind.js';
import { finalResults, indicesOf, nextStage, rungsOf } from '../../study/sweep/running.js';
import { READING_VERSION } from '../../text/versions.js';
import { checkLength, lengthsOf } from '../../text/split.js';
import { textWidth, wrapFacts } from '../../ui/terminal/wrap.js';
import type { Words } from '../../words/words.js';
import { openEngineFor } from '../engines.js';
import { INTERRUPTED, type Environment } from '../environment.js';
import { givenFlags, partOf, type Given } from '../flags.js';
import { freeName } from '../free-name.js';
import { queueAt, runnerFor, watchQueueAt } from '../jobs/runners.js';
import type { Libraries } from '../jobs/redis.js';
import { readIds, readingOf, readSameText, type TextInIds } from '../ids.js';
import { sharedIds } from '../shared-ids.js';
import { shellWord } from '../../base/shell-word.js';
import { checkTextsAreThere } from '../sources.js';
import { makeSweepBoard } from '../sweep/board.js';
import { mergeSweeps, showSweep } from '../sweep/results.js';
import { tellWhatWasDone } from '../texts.js';
import { versions } from '../versions.js';
import { jsonFlag, namedFlag } from './model.js';
import { bundledCorpus } from '../bundled-corpus.js';

/** What changes nothing of the results. */
const ownFlags = z.strictObject({
  jobs: z.int().min(1).max(1024).optional().meta({ group: 'run' }),
  out: namedFlag('run', 'folder'),
  resume: namedFlag('run', 'folder'),
  part: namedFlag('run', 'part'),
  merge: namedFlag('run', 'folders'),
  queue: namedFlag('run', 'address'),
  watch: z.boolean().default(false).meta({ group: 'run' }),
  html: namedFlag('files', 'file'),
  csv: namedFlag('files', 'file'),
  parquet: namedFlag('files', 'file'),
  json: jsonFlag,
});
export const sweepFlags = sweepOptions.extend(ownFlags.shape);
type Own = z.output<typeof ownFlags>;

const DEFAULT_OUT = 'checkpoints/sweep';
/** What a sweep that was killed before its first word may have left. */
const LEFT_BEHIND = /^(?:jobs|results\.jsonl|text\.ids|lock\.json(?:\..*)?|.*\.tmp)$/;

/** @returns the exit code */
export async function sweep(env: Environment, paths: readonly string[], argv: Given): Promise<number> {
  if (argv['records'] !== undefined) throw misuse('records.not-here', { command: 'sweep' });
  const given = givenFlags(sweepFlags, argv);
  parseOptions(sweepFlags, given);
  const flags = parseOptions(ownFlags, partOf(given, ownFlags));
  const asked = partOf(given, ownFlags, false);
  const isOnlooker = Object.keys(given).every((name) => ['watch', 'queue', 'json'].includes(name));
  if (flags.watch && flags.queue !== undefined && paths.length === 0 && isOnlooker)
    return watchQueueAt(env, flags.queue, flags.json);
  if (flags.merge !== undefined) return mergeSweeps(env, [flags.merge, ...paths], flags);
  if (flags.resume !== undefined) return resume(env, paths, flags.resume, flags, asked);
  return begin(env, paths, flags, asked);
}

async function begin(env: Environment, paths: readonly string[], flags: Own, given: Given): Promise<number> {
  const stop = env.interruption();
  const plan = sweepPlan(given);
  const part = partIn(flags.part);
  if (part !== null && plan.halving !== null) throw misuse('sweep.halving-part', {});
  const [options] = plan.options;
  if (options.validation === 0) throw misuse('sweep.nothing-held-out', {});
  const queue = await queueAt(flags.queue);
  const texts = paths.length > 0 ? paths : [bundledCorpus()];
  const near = flags.out === undefined ? dirname(DEFAULT_OUT) : dirname(flags.out);
  const read = await readIds(env, { paths: texts, options, near, stop });
  try {
    checkText(plan, read);
    const { name: engine } = await openEngineFor(env, options.engine);
    const dir =
      flags.out === undefined
        ? await freeName(DEFAULT_OUT, (name) => env.files.claimFolder(name))
        : await claimed(env, flags.out);
    const lock = await takeLock(env.files, env.processes, dir);
    try {
      await read.keepIn(dir);
      const folder = await SweepFolder.begin(env.files, lock, dir, {
        options: { ...given } as Record<string, string | number | boolean>,
        ...{ versions, engine, reading: READING_VERSION, digest: read.digest, part },
        ...{ ...keptTexts(read.texts, paths), sources: paths },
        symbols: read.alphabet.size,
        createdAt: new Date().toISOString(),
      });
      return await run(env, { folder, plan, read, flags, stop, queue });
    } finally {
      await lock.release();
    }
  } finally {
    await read.discard();
  }
}

async function resume(
  env: Environment,
  paths: readonly string[],
  dir: string,
  flags: Own,
  given: Given,
): Promise<number> {
  const stop = env.interruption();
  for (const [name, value] of [...Object.entries(given), ['out', flags.out], ['part', flags.part]] as const)
    if (value !== undefined) throw misuse('sweep.fixed', { flag: `--${name}`, dir });
  if (!(await isSweep(env.files, dir)))
    throw failure('sweep.not-one', { where: dir, fault: { is: 'missing', file: SWEEP_JSON } });
  const queue = await queueAt(flags.queue);
  const lock = await takeLock(env.files, env.processes, dir);
  try {
    const folder = await SweepFolder.open(env.files, lock, dir);
    const { info } = folder;
    const plan = sweepPlan(info.options);
    const named = pathsOf(info);
    const texts = paths.length > 0 ? paths : named.length > 0 ? named : [bundledCorpus()];
    if (paths.length === 0)
      await checkTextsAreThere(env.files, texts, 'sweep', `sweep TEXT --resume ${shellWord(dir)}`);
    const version = readingOf(info.reading, joinPath(dir, SWEEP_JSON));
    const options = { ...plan.options[0], version };
    const read = await readSameText(env, dir, { paths: texts, options, stop }, info.digest, 'sweep');
    return await run(env, { folder, plan, read, flags, stop, queue });
  } finally {
    await lock.release();
  }
}

/** `3/8`; null where none is given. */
function partIn(text: string | undefined): Part | null {
  if (text === undefined) return null;
  const [, part, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const found = { part: Number(part), of: Number(of) };
  if (!(found.part >= 1 && found.part <= found.of)) throw misuse('sweep.part', { text });
  return found;
}

/** @throws DissipaError where the text is too short for any of the windows */
function checkText({ options, axes }: SweepPlan, { count, where }: TextInIds): void {
  const sizes = new Map(options.map((one) => [`${one.batch}×${one.window}`, one]));
  try {
    for (const { batch, window, validation, test } of sizes.values())
      checkLength(count.characters, { rows: batch, timesteps: window }, validation, where, test);
  } catch (error) {
    throw ofAxes(
      error,
      axes.map(({ name }) => name),
    );
  }
}

async function claimed({ files }: Environment, dir: string): Promise<string> {
  if (await files.claimFolder(dir)) return dir;
  if ((await files.kind(dir)) !== 'folder') throw failure('sweep.taken', { where: dir, by: 'file' });
  if (await isSweep(files, dir)) throw failure('sweep.taken', { where: dir, by: 'sweep' });
  const names = await files.list(dir);
  if (names.every((name) => LEFT_BEHIND.test(name))) return dir;
  throw failure('sweep.taken', { where: dir, by: 'others' });
}

interface Ready {
  readonly folder: SweepFolder;
  readonly plan: SweepPlan;
  readonly read: TextInIds;
  readonly flags: Own;
  readonly stop: AbortSignal;
  /** null where the trainings are made here. */
  readonly queue: Libraries | null;
}

/** Makes what is missing, and shows what there is. */
async function run(env: Environment, ready: Ready): Promise<number> {
  const { folder, plan, read, flags, stop, queue } = ready;
  const { words } = env;
  const { part, engine } = folder.info;
  const indices = indicesOf(plan.points.length, part);
  const told = words.sweep;
  tellWhatWasDone(env, read.texts);
  const { validation, test } = plan.options[0];
  const { characters } = read.count;
  const facts = [
    told.characters(characters, lengthsOf(characters, validation, test).validation, read.alphabet.size),
    told.facts(indices.length, settingCount(plan), finalResults(folder.results).length),
    ...(part ? [told.part(part.part, part.of)] : []),
    ...(plan.halving === null ? [] : [told.rungs(rungLines(plan, words))]),
    visibleInLine(engine),
    visibleInLine(folder.dir),
  ];
  env.err(`${wrapFacts(facts, textWidth(env.columns))}\n`);
  const text = {
    alphabet: read.alphabet.symbols,
    ids: sharedIds(read.symbolsIn(folder.dir)),
    where: read.where,
  };
  const { options, digest, createdAt } = folder.info;
  const runner = await runnerFor(env, text, {
    ...{ queue, threads: flags.jobs ?? availableParallelism() },
    facts: [options, digest, createdAt],
  });
  const board = makeSweepBoard(env, plan, words, flags.watch);
  try {
    for (;;) {
      const stage = nextStage(plan, indices, folder.results);
      if (stage === null || stop.aborted) break;
      board.stage(stage.all.length - stage.jobs.length, stage.all.length);
      await runner({
        ...{ jobs: stage.jobs, done: stage.all.length - stage.jobs.length, kind: sweepKind(plan), stop },
        paused: ({ index }) => folder.jobs.paused(String(index)),
        heard: async (job, event) => {
          if (event.kind === 'checkpoint') await folder.jobs.keep(String(job.index), event);
          if (event.kind === 'result') await folder.add(event.result, stage.rung);
          board.heard(job, event);
        },
      });
    }
  } finally {
    board.end();
  }
  if (nextStage(plan, indices, folder.results) !== null) {
    const command = ['npx dissipa', 'sweep', '--resume', shellWord(folder.dir)].join(' ');
    env.err(`${told.interrupted(finalResults(folder.results).length, indices.length, command)}\n`);
    return INTERRUPTED;
  }
  for (const index of indices) await folder.jobs.forget(String(index));
  await showSweep(env, { plan, folders: [folder], to: flags });
  if (part) env.err(`${told.partDone(part.part, part.of)}\n`);
  return 0;
}

const settingCount = ({ points }: SweepPlan): number =>
  new Set(points.map((point) => JSON.stringify({ ...point, seed: null }))).size;

function rungLines(plan: SweepPlan, words: Words): { jobs: number; percent: string }[] {
  let jobs = plan.points.length;
  return rungsOf(jobs, plan.halving).map(({ share }, rung) => {
    if (rung > 0) jobs = Math.ceil(jobs / (plan.halving ?? 1));
    return { jobs, percent: words.numbers.percent(share) };
  });
}
