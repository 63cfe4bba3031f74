/** What `inspect` is given: a run with its logs, or a model alone, and the window of text it is measured on. */
import { joinPath } from '../store/files.js';
import { readHistory, type History } from '../store/history.js';
import { charactersFor, inspect, inspectDeep, type DeepInspection } from '../study/inspect/measure.js';
import type { Model } from '../study/model/model.js';
import type { Reading } from '../text/reading.js';
import type { Unknown } from '../text/unknown.js';
import { openModel, type ModelFlags } from './commands/model.js';
import type { Environment } from './environment.js';
import { readBeginning, runAt, textFor } from './measured-text.js';

/** Rows and timesteps where nothing else is said. */
const ROWS = 16;
const TIMESTEPS = 64;

export interface Asked extends ModelFlags, Partial<Reading> {
  readonly text?: string | undefined;
  readonly window?: number | undefined;
  readonly rows?: number | undefined;
  readonly unknown?: Unknown | undefined;
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
 * @throws TextsGoneError where a run's own text is not there, or another
 */
export async function measure(env: Environment, path: string, asked: Asked): Promise<Window> {
  const run = await runAt(env, path);
  const model = await openModel(env, path, asked, 'f64');
  const source = await textFor(env, run, asked, model.alphabet);
  const timesteps = asked.window ?? numberOf(run?.info.options['window']) ?? TIMESTEPS;
  const most = { rows: asked.rows ?? ROWS, timesteps };
  const ids = await readBeginning(env, source, model.alphabet, charactersFor(most), asked.unknown);
  // 16, or as many as a short text has room for.
  const rows = asked.rows ?? Math.max(1, Math.min(ROWS, Math.floor((ids.length - 1) / timesteps)));
  const take = asked.deep ? inspectDeep : inspect;
  return { model, inspection: take(model, ids, { timesteps, rows }, source.name), text: source.name };
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
