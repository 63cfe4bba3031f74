/** `dissipa compare [text…]` */
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import * as z from 'zod';
import { Ansis } from 'ansis';
import { failure, misuse } from '../../base/errors.js';
import { flagOf, parseOptions } from '../../base/options.js';
import { visibleInLine } from '../../base/visible.js';
import { comparisonReport } from '../../study/compare/terminal.js';
import { textWidth, wrapFacts } from '../../ui/terminal/wrap.js';
import { joinPath } from '../../store/files.js';
import { TEXT_IDS } from '../../store/run-files.js';
import { keptTexts, pathsOf } from '../../store/run-info.js';
import { takeLock, type Lock } from '../../store/lock.js';
import {
  beginComparison,
  COMPARE_JSON,
  missingOf,
  slowestFirst,
  readComparison,
  withResult,
  writeComparison,
  type Comparison,
} from '../../study/compare/comparison.js';
import { compareKind } from '../../study/compare/kind.js';
import { KeptJobs } from '../../study/jobs/kept.js';
import { compareOptions, parseCompareOptions, type CompareOptions } from '../../study/compare/options.js';
import { READING_VERSION } from '../../text/versions.js';
import { checkHeldOut, checkLength, lengthsOf, splitRecords, type TextParts } from '../../text/split.js';
import { makeBoard } from '../compare/board.js';
import { openEngineFor } from '../engines.js';
import { INTERRUPTED, type Environment } from '../environment.js';
import { givenFlags, partOf, type Given } from '../flags.js';
import { freeName } from '../free-name.js';
import type { Libraries } from '../jobs/redis.js';
import { queueAt, runnerFor } from '../jobs/runners.js';
import { readIds, readingOf, readSameText, type TextInIds } from '../ids.js';
import { tellJson, writeResult, tellReport } from '../results.js';
import { sharedIds } from '../shared-ids.js';
import { shellWord } from '../../base/shell-word.js';
import { checkTextsAreThere } from '../sources.js';
import { tellWhatWasDone } from '../texts.js';
import { versions } from '../versions.js';
import { jsonFlag, namedFlag } from './model.js';
import { bundledCorpus } from '../bundled-corpus.js';

/** What may be given anew with --resume: it changes nothing of the result. */
const ownFlags = z.strictObject({
  threads: z.int().min(1).max(1024).optional().meta({
    group: 'run',
  }),
  out: namedFlag('run', 'folder'),
  resume: namedFlag('run', 'folder'),
  queue: namedFlag('run', 'address'),
  html: namedFlag('files', 'file'),
  json: jsonFlag,
});
export const compareFlags = compareOptions.extend(ownFlags.shape);

type Own = z.output<typeof ownFlags>;

const DEFAULT_OUT = 'checkpoints/compare';

/** @returns the exit code */
export async function compare(env: Environment, paths: readonly string[], argv: Given): Promise<number> {
  const given = givenFlags(compareFlags, argv);
  // Unknown names are told beside all that there are.
  parseOptions(compareFlags, given);
  const flags = parseOptions(ownFlags, partOf(given, ownFlags));
  const asked = partOf(given, ownFlags, false);
  const stop = env.interruption();
  if (flags.resume !== undefined && (flags.out !== undefined || !(await hasNotBegun(env, flags.resume))))
    return resume(env, paths, flags.resume, flags, asked, stop);

  const options = parseCompareOptions(asked);
  const out = flags.out ?? flags.resume;
  if (flags.resume !== undefined)
    env.err(`${env.words.reports.comparing.notBegun(visibleInLine(flags.resume))}\n`);
  const queue = await queueAt(flags.queue);
  const near = dirname(out ?? DEFAULT_OUT);
  const texts = paths.length > 0 ? paths : [bundledCorpus()];
  const read = await readIds(env, { paths: texts, options, near, stop });
  try {
    if (out !== undefined) await checkFree(env, out);
    const { name: engine } = await openEngineFor(env, options.engine);
    // A text that is too short leaves nothing behind; a long one lies in the folder from here on.
    checkText(read.count.characters, options, read.where);
    const dir = out ?? (await freeName(DEFAULT_OUT, (name) => env.files.claimFolder(name)));
    await env.files.makeFolder(dir);
    const lock = await takeLock(env.files, env.processes, dir);
    try {
      // Where records end is seen in the text itself.
      if (options.records) await read.keepIn(dir);
      const { end } = read.alphabet;
      const { training, validation } =
        end === undefined
          ? lengthsOf(read.count.characters, options.validation)
          : lengthsOfParts(splitRecords(read.symbolsIn(dir), end, options.validation, 0, read.where));
      const begun = beginComparison({
        ...{
          options,
          versions,
          engine,
          ...keptTexts(read.texts, texts),
          digest: read.digest,
          reading: READING_VERSION,
        },
        symbols: read.alphabet.size,
        characters: { training, validation },
        createdAt: new Date().toISOString(),
      });
      // Before a long text: from here on a process that is killed leaves what can be resumed.
      await writeComparison(env.files, dir, begun, lock.check);
      if (!options.records) await read.keepIn(dir);
      return await run(env, { dir, begun, read, flags, stop, lock, queue });
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
  stop: AbortSignal,
): Promise<number> {
  if (flags.out !== undefined) throw misuse('command.new-only', { option: '--out', what: 'comparison', dir });
  const queue = await queueAt(flags.queue);
  const lock = await takeLock(env.files, env.processes, await existing(env, dir));
  try {
    const comparison = await readComparison(env.files, dir);
    checkSame(comparison.options, given);
    const texts = paths.length > 0 ? paths : pathsOf(comparison);
    if (paths.length === 0)
      await checkTextsAreThere(env.files, texts, 'comparison', `compare TEXT --resume ${shellWord(dir)}`);
    const version = readingOf(comparison.reading, joinPath(dir, COMPARE_JSON));
    const how = { paths: texts, options: { ...comparison.options, version }, stop };
    const read = await readSameText(env, dir, how, comparison.digest, 'comparison');
    return await run(env, { dir, begun: comparison, read, flags, stop, lock, queue });
  } finally {
    await lock.release();
  }
}

async function existing({ files }: Environment, dir: string): Promise<string> {
  if ((await files.kind(joinPath(dir, COMPARE_JSON))) === 'file') return dir;
  throw failure('compare.none', { where: dir, file: COMPARE_JSON });
}

/** A comparison's options are what it is. */
function checkSame(options: CompareOptions, given: Given): void {
  if (Object.keys(given).length === 0) return;
  const asked = parseCompareOptions(given);
  for (const name of Object.keys(given) as (keyof CompareOptions)[]) {
    if (JSON.stringify(asked[name]) === JSON.stringify(options[name])) continue;
    throw misuse('compare.fixed', {
      option: flagOf(name),
      had: (JSON.stringify(options[name]) as string | undefined) ?? null,
    });
  }
}

function checkText(length: number, { window, batch, validation }: CompareOptions, where: string): void {
  checkLength(length, { rows: batch, timesteps: window }, validation, where, 0, false);
  checkHeldOut(length, validation, where, false);
}

const lengthsOfParts = ({ training, validation }: TextParts): { training: number; validation: number } => ({
  training: training.length,
  validation: validation.length,
});

/** Whether a comparison was killed there before there was anything to go on with. */
async function hasNotBegun({ files }: Environment, dir: string): Promise<boolean> {
  if ((await files.kind(dir)) !== 'folder') return false;
  const names = await files.list(dir);
  return names.length > 0 && names.every(isLeftover);
}

/** What a comparison that was killed before it had begun leaves: its lock, its text, unfinished files. */
const isLeftover = (name: string): boolean =>
  name === TEXT_IDS || name.startsWith('lock.json') || name.endsWith('.tmp');

async function checkFree({ files }: Environment, dir: string): Promise<void> {
  const kind = await files.kind(dir);
  if (kind === 'none' || (kind === 'folder' && (await files.list(dir)).every(isLeftover))) return;
  const isComparison = kind === 'folder' && (await files.kind(joinPath(dir, COMPARE_JSON))) === 'file';
  throw failure('compare.taken', {
    where: dir,
    is: kind === 'file' ? 'file' : isComparison ? 'comparison' : 'full',
    folder: shellWord(dir),
  });
}

interface Ready {
  readonly dir: string;
  readonly begun: Comparison;
  readonly read: TextInIds;
  readonly flags: Own;
  readonly stop: AbortSignal;
  readonly lock: Lock;
  /** null where the contenders are trained here. */
  readonly queue: Libraries | null;
}

/** Runs what is missing, and shows what there is. */
async function run(env: Environment, ready: Ready): Promise<number> {
  const { dir, begun, read, flags, stop, lock, queue } = ready;
  const { options, digest, createdAt } = begun;
  let comparison = begun;
  const jobs = missingOf(comparison);
  tellWhatWasDone(env, read.texts);
  const { comparing: say, notes } = env.words.reports;
  const facts = [
    `${say.characters(read.count.characters, comparison.characters.validation)}, ${env.words.training.facts.symbols(read.alphabet.size)}`,
    say.trainings(jobs.length + begun.results.length, begun.results.length),
    visibleInLine(comparison.engine),
    visibleInLine(dir),
  ];
  env.err(`${wrapFacts(facts, textWidth(env.columns))}\n`);
  if (jobs.length > 0) {
    const text = {
      ...{ alphabet: read.alphabet.symbols, where: read.where },
      ids: sharedIds(read.symbolsIn(dir)),
    };
    const runner = await runnerFor(env, text, {
      ...{ queue, threads: flags.threads ?? availableParallelism() },
      facts: [options, digest, createdAt],
    });
    const board = makeBoard(env, jobs, options.seeds);
    const kind = compareKind(options);
    const kept = new KeptJobs(env.files, lock, dir);
    try {
      await runner({
        ...{ jobs: slowestFirst(jobs), done: begun.results.length, kind, stop },
        // brain.js and the counting model have nothing to go on from: they begin anew.
        paused: (job) => kept.paused(kind.checkpointNameOf(job)),
        heard: async (job, event) => {
          if (event.kind === 'begin') board.begin(job);
          else if (event.kind === 'progress') board.show(job, event);
          else if (event.kind === 'checkpoint') await kept.keep(kind.checkpointNameOf(job), event);
          else {
            comparison = withResult(comparison, event.result);
            await writeComparison(env.files, dir, comparison, lock.check);
            await kept.forget(kind.checkpointNameOf(job));
            board.finish(job, event.result);
          }
        },
      });
    } finally {
      board.end();
    }
  }
  const missing = missingOf(comparison).length;
  if (missing > 0) {
    env.err(
      `${say.interrupted(comparison.results.length, comparison.results.length + missing, `npx dissipa compare --resume ${shellWord(dir)}`)}\n`,
    );
    return INTERRUPTED;
  }
  if (flags.html !== undefined) {
    // Only here: drawing takes a while to load.
    const { comparisonPage } = await import('../../study/compare/page.js');
    await writeResult(env, flags.html, comparisonPage(comparison, env.words), notes.openIt);
  }
  if (flags.json) tellJson(env, comparison);
  else
    tellReport(
      env,
      `${comparisonReport(comparison, env.words, new Ansis(env.colourLevel ?? 0), textWidth(env.outColumns))}\n${say.inFull(visibleInLine(joinPath(dir, COMPARE_JSON)))}\n`,
    );
  return 0;
}
