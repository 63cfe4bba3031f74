/** `dissipa inspect RUN|MODEL`: the gradients in a terminal, as a page, or as a table for other programs. */
import { Ansis } from 'ansis';
import * as z from 'zod';
import { misuse, shownError } from '../../base/errors.js';
import type { History } from '../../store/history.js';
import { csvPieces } from '../../ui/tables/csv.js';
import type { InspectionData } from '../../ui/inspection.js';
import { parquetBytes } from '../../ui/tables/parquet.js';
import { historyRows, measuredRows, type Row } from '../../ui/tables/rows.js';
import { terminalReport } from '../../study/inspect/terminal.js';
import { textWidth } from '../../ui/terminal/wrap.js';
import { joinPath } from '../../store/files.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { historyAt, measure, type Asked } from '../inspected.js';
import { TextsGoneError } from '../measured-text.js';
import { tellJson, writeResult } from '../results.js';
import { jsonFlag, modelFlags, namedFlag, textFlags } from './model.js';

const size = () => z.int().min(1).max(65536).optional().meta({ group: 'measuring' });

export const inspectFlags = modelFlags.extend({
  ...textFlags,
  window: size(),
  rows: size(),
  deep: z.boolean().default(false).meta({ group: 'measuring' }),
  json: jsonFlag,
  html: namedFlag('files', 'file'),
  svg: namedFlag('files', 'folder'),
  csv: namedFlag('files', 'file'),
  parquet: namedFlag('files', 'file'),
});

type Flags = z.output<typeof inspectFlags>;

/** @returns the exit code */
export async function inspectModel(env: Environment, path: string, argv: Given): Promise<number> {
  const flags = readFlags(inspectFlags, argv);
  if (flags.json && flags.csv === '-') throw misuse('inspect.two-outputs', {});
  const history = await historyAt(env, path);
  if (flags.json) {
    const { inspection } = await measure(env, path, flags);
    tellJson(env, inspection);
  }
  if (flags.csv !== undefined || flags.parquet !== undefined) await writeTables(env, path, history, flags);
  const isForPrograms = flags.json || flags.csv !== undefined || flags.parquet !== undefined;
  const isDrawn = flags.html !== undefined || flags.svg !== undefined;
  if (!isDrawn && isForPrograms) return 0;

  const data = await gather(env, path, history, { ...flags, deep: flags.deep || isDrawn });
  if (isDrawn) {
    // Only here: drawing takes a while to load.
    const { inspectionPage } = await import('../../study/inspect/page.js');
    const page = inspectionPage(data, env.words);
    if (flags.html !== undefined) await writeResult(env, flags.html, page, env.words.reports.notes.openIt);
    if (flags.svg !== undefined) await writePictures(env, flags.svg, page);
  } else env.out(terminalReport(data, env.words, new Ansis(env.colourLevel ?? 0), textWidth(env.outColumns)));
  return 0;
}

/** The logs, and the window measured where there is a text for it. */
async function gather(
  env: Environment,
  path: string,
  history: History | null,
  asked: Asked,
): Promise<InspectionData> {
  try {
    const { model, inspection, text } = await measure(env, path, asked);
    return { name: path, model: model.network.shape, measured: { ...inspection, text }, history };
  } catch (error) {
    if (!(error instanceof TextsGoneError) || !history) throw error;
    env.err(`${env.words.reports.notes.logsAlone(shownError(error))}\n`);
    return { name: path, model: null, measured: null, history };
  }
}

/** A run's log, or of a model alone the window measured. */
async function rowsOf(
  env: Environment,
  path: string,
  history: History | null,
  asked: Asked,
): Promise<() => Generator<Row>> {
  if (history) return () => historyRows(history);
  const { inspection, text } = await measure(env, path, asked);
  return () => measuredRows({ ...inspection, text });
}

async function writeTables(
  env: Environment,
  path: string,
  history: History | null,
  flags: Flags,
): Promise<void> {
  const rows = await rowsOf(env, path, history, flags);
  if (flags.csv === '-') for (const piece of csvPieces(rows())) env.out(piece);
  else if (flags.csv !== undefined)
    await writeResult(env, flags.csv, joined(csvPieces(rows())), env.words.reports.notes.table);
  if (flags.parquet !== undefined)
    await writeResult(env, flags.parquet, await parquetBytes(rows()), env.words.reports.notes.table);
}

function joined(pieces: Iterable<string>): Uint8Array {
  const encoded = Array.from(pieces, (piece) => new TextEncoder().encode(piece));
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of encoded) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function writePictures(env: Environment, dir: string, page: string): Promise<void> {
  const { picturesOf } = await import('../../ui/charts/standalone.js');
  await env.files.makeFolder(dir);
  for (const { name, svg } of picturesOf(page))
    await writeResult(env, joinPath(dir, name), svg, env.words.reports.notes.chart);
}
