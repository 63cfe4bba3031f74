/** What `inspect` is given: a run with its logs, or a model alone, and the window of text it is measured on. */
import * as z from 'zod';
import { DissipaError, UsageError } from '../base/errors.js';
import { joinPath } from '../store/files.js';
import { readHistory, type History } from '../store/history.js';
import { inspect, inspectDeep, type DeepInspection } from '../study/inspect.js';
import type { Model } from '../study/model.js';
import { shortestText } from '../text/windows.js';
import { symbolsOf } from '../text/alphabet.js';
import { lengthsOf } from '../text/split.js';
import type { Reading } from '../text/reading.js';
import { trainOptions } from '../train/options.js';
import { bundledCorpus } from './commands/train.js';
import { openModel, type ModelFlags } from './commands/model.js';
import type { Environment } from './environment.js';
import { readingOf } from './ids.js';
import { readTexts } from './texts.js';

/** Rows and timesteps where nothing else is said. */
const ROWS = 16;
const TIMESTEPS = 64;

export interface Asked extends ModelFlags, Partial<Reading> {
  readonly text?: string | undefined;
  readonly window?: number | undefined;
  readonly rows?: number | undefined;
  /** Also what costs passes of its own. */
  readonly deep: boolean;
}

/** The logs of the run at `path`; null where it is no run's folder. */
export async function historyAt({ files }: Environment, path: string): Promise<History | null> {
  const isRun =
    (await files.kind(path)) === 'folder' && (await files.kind(joinPath(path, 'run.json'))) === 'file';
  return isRun ? readHistory(files, path) : null;
}

export interface Window {
  readonly model: Model;
  readonly inspection: DeepInspection;
  /** What the text is called. */
  readonly text: string;
}

/**
 * Measures the model at `path` on one window: of the text that was asked for, or of the run's own held-out text, or
 * for a model alone of the bundled corpus.
 * @throws DissipaError with `isAboutText` where there is no text to measure on
 */
export async function measure(
  env: Environment,
  path: string,
  history: History | null,
  asked: Asked,
): Promise<Window> {
  const source = await textFor(env, history, asked);
  const model = await openModel(env, path, asked);
  if (source.isBundled) checkAlphabet(model, source.text);
  const timesteps = asked.window ?? numberOf(history?.info.options['window']) ?? TIMESTEPS;
  const rows = asked.rows ?? fittingRows(source.text, timesteps);
  const take = asked.deep ? inspectDeep : inspect;
  const inspection = take(model, source.text, { timesteps, rows }, source.name);
  return { model, inspection, text: source.name };
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** 16, or as many as a short text has room for. */
function fittingRows(text: string, timesteps: number): number {
  const symbols = symbolsOf(text.slice(0, 2 * shortestText({ rows: ROWS, timesteps }))).length;
  return Math.max(1, Math.min(ROWS, Math.floor((symbols - 1) / timesteps)));
}

/** A text to measure a model on. */
export interface Source {
  readonly text: string;
  readonly name: string;
  readonly isBundled: boolean;
}

/** The text that was asked for, or the run's own held-out text, or for a model alone the bundled corpus. */
export async function textFor(
  env: Environment,
  history: History | null,
  asked: Pick<Asked, 'text'> & Partial<Reading>,
): Promise<Source> {
  const { text } = asked;
  if (text !== undefined)
    return { text: (await readTexts(env, [text], asked)).text, name: text, isBundled: false };
  if (history) return { ...(await ownText(env, history)), isBundled: false };
  const read = await readTexts(env, [bundledCorpus()], {});
  return { text: read.text, name: 'the bundled corpus', isBundled: true };
}

/** Of a run's options, those that say what its text is. */
const { encoding, badBytes, keepBoilerplate, lowercase, validation, test } = trainOptions.shape;
const readAs = z.object({ encoding, badBytes, keepBoilerplate, lowercase, validation, test });

/** The run's texts are not where they were, or no longer what they were. */
export class TextsGoneError extends DissipaError {}

async function ownText(env: Environment, { info }: History): Promise<{ text: string; name: string }> {
  const gone = (where: string, found: string): TextsGoneError =>
    new TextsGoneError({ where, found, advice: 'name a text to measure on with --text' });
  for (const { path } of info.texts) {
    if ((await env.files.kind(path)) !== 'file') throw gone(path, 'the text the run was trained on is gone');
  }
  const paths = info.texts.map(({ path }) => path);
  const options = readAs.safeParse(info.options);
  if (!options.success) throw gone('run.json', 'its options are not those of a run of this version');
  const { validation: share, test: tested, ...reading } = options.data;
  const version = readingOf(info.reading, 'run.json');
  const read = await readTexts(env, paths, { ...reading, version });
  if (read.digest !== info.digest)
    throw gone(
      paths.length === 1 ? paths[0] : `${paths[0]} …`,
      'this is no longer the text the run was trained on',
    );
  const symbols = symbolsOf(read.text);
  const { training, validation } = lengthsOf(symbols.length, share, tested);
  // What is kept for testing is not looked at here.
  return validation === 0
    ? { text: symbols.slice(0, training).join(''), name: "the run's own text" }
    : { text: symbols.slice(training, training + validation).join(''), name: "the run's held-out text" };
}

/** @throws UsageError where the model does not know the bundled corpus's symbols */
export function checkAlphabet({ alphabet }: Model, text: string): void {
  if (alphabet.knows(text)) return;
  throw new UsageError({
    where: '--text',
    found: 'is missing, and the bundled corpus has symbols that this model does not know',
    expected: 'expected a text in the alphabet of the model',
    advice: 'give it with --text',
  });
}
