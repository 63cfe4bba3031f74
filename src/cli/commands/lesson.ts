/** `dissipa lesson [text…]`: ten claims on the vanishing gradient, measured here, as a page in Portuguese or English. */
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Ansis } from 'ansis';
import * as z from 'zod';
import { interrupted, misuse } from '../../base/errors.js';
import { flagOf, type OptionMeta } from '../../base/options.js';
import { visibleInLine, visibleJson } from '../../base/visible.js';
import type { TextWords } from '../../study/lesson/commands.js';
import { lessonWordsIn } from '../../words/words.js';
import type { LessonWords } from '../../words/lesson/words.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import { factsOf, measureLesson } from '../../study/lesson/lesson.js';
import type { Lesson } from '../../words/lesson/lesson.js';
import type { Rerun } from '../../study/lesson/page.js';
import {
  lessonOptions,
  prepareLesson,
  shortestLesson,
  type LessonSetup,
  type LessonText,
} from '../../study/lesson/setup.js';
import { readingOptions, type Reading } from '../../text/reading.js';
import { openEngineFor } from '../engines.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { freeName } from '../free-name.js';
import { readIds } from '../ids.js';
import { makeLessonProgress } from '../lesson-progress.js';
import { withScratch } from '../scratch.js';
import { shellWord } from '../../base/shell-word.js';
import { tellWhatWasDone } from '../texts.js';
import { modelFlags, namedFlag } from './model.js';
import { builtForWeb } from '../built.js';
import { bundledCorpus } from '../bundled-corpus.js';

export const lessonFlags = lessonOptions.extend({
  html: namedFlag('files', 'file'),
  json: z
    .union([z.boolean(), z.string()])
    .optional()
    .meta({
      group: 'files',
      takes: 'file',
      isAloneToo: true,
    } satisfies OptionMeta),
  ...readingOptions,
  ...modelFlags.shape,
});
type Flags = z.output<typeof lessonFlags>;

/** Where the results go; null: they do not. */
interface Targets {
  readonly html: string | null;
  /** `-` for stdout. */
  readonly json: string | null;
}

/** @returns the exit code */
export async function lesson(env: Environment, paths: readonly string[], argv: Given): Promise<number> {
  if (argv['records'] !== undefined) throw misuse('records.not-here', { command: 'lesson' });
  const flags = readFlags(lessonFlags, argv);
  const words = await lessonWordsIn(env.words.language);
  const targets = await targetsOf(env, flags, words);
  const stop = env.interruption();
  const measured = await withScratch(env.processes, async (scratch) => {
    const setup = await prepare(env, paths, flags, scratch, stop);
    if (setup.insteadOf) env.err(`${words.insteadOf(setup.insteadOf)}\n`);
    return measure(env, setup, words, stop);
  });
  if (targets.html !== null) {
    // Only here: drawing takes a while to load.
    const { lessonPage } = await import('../../study/lesson/page.js');
    const { lessonSummary } = await import('../../study/lesson/summary.js');
    const page = new TextEncoder().encode(
      lessonPage(measured, words, textsOf(measured, paths, flags), await rerunOf(env, measured)),
    );
    const html = await writePage(env, targets.html, words.file, flags.html === undefined, page);
    if (targets.json !== '-')
      env.out(lessonSummary(measured, words, new Ansis(env.colourLevel ?? 0), textWidth(env.outColumns)));
    env.err(`${words.progress.done(visibleInLine(html), Math.ceil(page.length / 1024))}\n`);
  }
  const json = `${visibleJson(JSON.stringify(measured))}\n`;
  if (targets.json === '-') env.out(json);
  else if (targets.json !== null) {
    await env.files.write(targets.json, new TextEncoder().encode(json));
    env.err(`${words.progress.figures(visibleInLine(targets.json))}\n`);
  }
  return 0;
}

/** What its figures are measured again with in the page, which carries the bundled corpus and no other text. */
async function rerunOf(env: Environment, { setup }: Lesson): Promise<Rerun | null> {
  if (setup.text !== null) return null;
  return JSON.parse(await builtForWeb(env, 'lesson.json')) as Rerun;
}

/** Found and checked first: minutes later would be late to hear of a folder that is not there. */
async function targetsOf(env: Environment, { html, json }: Flags, words: LessonWords): Promise<Targets> {
  const figures = json === true ? '-' : json === false || json === undefined ? null : json;
  if (figures !== null && figures !== '-') {
    if (!/\.json$/i.test(figures)) throw misuse('lesson.no-json', { value: figures || "''" });
    await checkTarget(env, '--json', figures);
  }
  if (html !== undefined) await checkTarget(env, '--html', html);
  return { html: html ?? (figures === '-' ? null : await freePage(env, words.file)), json: figures };
}

async function checkTarget({ files }: Environment, flag: string, path: string): Promise<void> {
  if ((await files.kind(path)) === 'folder') throw misuse('target.folder', { option: flag, path });
  const folder = dirname(path);
  if ((await files.kind(folder)) !== 'folder') throw misuse('target.nowhere', { option: flag, folder });
}

/**
 * Where the name was chosen here and another lesson has taken it meanwhile, the next free one is taken.
 * @returns where the page is
 */
async function writePage(
  env: Environment,
  path: string,
  name: string,
  isChosen: boolean,
  page: Uint8Array,
): Promise<string> {
  if (!isChosen) {
    await env.files.write(path, page);
    return path;
  }
  for (let at = path; ; at = await freePage(env, name))
    if (await env.files.createExclusive(at, page)) return at;
}

/** aula.html, aula-2.html … */
const freePage = ({ files }: Environment, name: string): Promise<string> =>
  freeName(name, async (path) => (await files.kind(path)) === 'none', '.html');

/** On the texts named; where they are too short to carry a lesson, on the bundled corpus instead. */
async function prepare(
  env: Environment,
  paths: readonly string[],
  flags: Flags,
  scratch: string,
  stop: AbortSignal,
): Promise<LessonSetup> {
  const { hidden, window, steps, seed, engine, threads, ...reading } = flags;
  const options = { hidden, window, steps, seed };
  const bundled = (): Promise<LessonText> =>
    readLessonText(env, [bundledCorpus()], readingOptionsOf({}), scratch, stop);
  const kernels = await openEngineFor(env, engine, threads);
  if (paths.length === 0) return prepareLesson(await bundled(), options, kernels);
  const text = await readLessonText(env, paths, reading, scratch, stop);
  const needed = shortestLesson(options);
  const characters = text.symbols.length;
  if (characters < needed) {
    const other = await bundled();
    // A text longer than the corpus is the best there is.
    if (other.symbols.length > characters)
      return prepareLesson(
        { ...other, insteadOf: { text: text.where, characters, needed } },
        options,
        kernels,
      );
  }
  return prepareLesson({ ...text, name: text.where }, options, kernels);
}

const readingOptionsOf = (given: Partial<Reading>): Reading => z.strictObject(readingOptions).parse(given);

/** A text without a name: the bundled one. */
async function readLessonText(
  env: Environment,
  paths: readonly string[],
  reading: Reading,
  scratch: string,
  stop: AbortSignal,
): Promise<LessonText> {
  const read = await readIds(env, { paths, options: { ...reading, minCount: 1 }, near: scratch, stop });
  await read.keepIn(scratch);
  tellWhatWasDone(env, read.texts);
  return { alphabet: read.alphabet, symbols: read.symbolsIn(scratch), where: read.where, name: null };
}

/** @throws InterruptedError */
async function measure(
  env: Environment,
  setup: LessonSetup,
  words: LessonWords,
  stop: AbortSignal,
): Promise<Lesson> {
  env.err(`${wrap(words.progress.begin(factsOf(setup)), textWidth(env.columns))}\n`);
  const progress = makeLessonProgress(env, words);
  try {
    const measuring = measureLesson(setup);
    for (;;) {
      const next = measuring.next();
      if (next.done === true) return next.value;
      progress.show(next.value);
      // Signals are only heard between two turns of the event loop.
      await setImmediate();
      if (stop.aborted) throw interrupted('interrupted.lesson', {});
    }
  } finally {
    progress.end();
  }
}

/** How a reader names the texts measured on, read in the same way; the bundled corpus needs no name. */
function textsOf({ setup }: Lesson, paths: readonly string[], flags: Flags): TextWords {
  if (setup.text === null) return { paths: [], reading: [] };
  const reading = (Object.keys(readingOptions) as (keyof Reading)[]).flatMap((name) => {
    const value = flags[name];
    if (value === readingOptions[name].parse(undefined)) return [];
    return [value === true ? [flagOf(name)] : [flagOf(name), shellWord(String(value))]];
  });
  return { paths: paths.map(shellWord), reading };
}
