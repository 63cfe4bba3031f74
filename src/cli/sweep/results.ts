/** What has come of a sweep: in a terminal, as a table, as a page, for programs; also of one that was made in parts. */
import { Ansis } from 'ansis';
import { failure } from '../../base/errors.js';
import { visibleInLine } from '../../base/visible.js';
import { pathsOf } from '../../store/run-info.js';
import { readSweep, type Sweep } from '../../study/sweep/folder.js';
import { sweepPlan, type SweepPlan } from '../../study/sweep/options.js';
import { finalResults, indicesOf, nextStage } from '../../study/sweep/running.js';
import { sweepReport } from '../../study/sweep/show.js';
import { settingsOf, type Setting } from '../../study/sweep/standing.js';
import { flagsFor } from '../../train/flags.js';
import { textWidth } from '../../ui/terminal/wrap.js';
import type { Environment } from '../environment.js';
import { tellJson, tellReport } from '../results.js';
import { readingCommand } from '../run-words.js';

/** Files that are asked for. */
export interface Targets {
  readonly html?: string | undefined;
  readonly csv?: string | undefined;
  readonly parquet?: string | undefined;
  /** On stdout, in place of the report. */
  readonly json: boolean;
}

interface Shown {
  readonly plan: SweepPlan;
  /** Of one sweep; the first stands for all. */
  readonly folders: readonly Sweep[];
  readonly to: Targets;
}

export async function showSweep(env: Environment, { plan, folders, to }: Shown): Promise<void> {
  const results = folders.flatMap((folder) => folder.results);
  const [{ info }] = folders;
  const { words } = env;
  const written = async (path: string, bytes: Uint8Array): Promise<void> => {
    await env.files.write(path, bytes);
    env.err(`${words.sweep.wrote(visibleInLine(path))}\n`);
  };
  const commandFor = (setting: Setting): string => {
    const own = flagsFor(plan.alone(setting.results[0].index));
    return readingCommand('train', pathsOf(info), own);
  };
  if (to.csv !== undefined || to.parquet !== undefined) {
    const { columnsOf, csvOf } = await import('../../study/sweep/rows.js');
    const columns = columnsOf(plan, results);
    if (to.csv !== undefined) await written(to.csv, new TextEncoder().encode(csvOf(columns)));
    if (to.parquet !== undefined) {
      const { columnsInParquet } = await import('../../ui/tables/parquet.js');
      await written(to.parquet, columnsInParquet(columns));
    }
  }
  if (to.html !== undefined) {
    const { sweepPage } = await import('../../study/sweep/page.js');
    const page = sweepPage({ plan, info, results, words, commandFor });
    await written(to.html, new TextEncoder().encode(page));
  }
  if (to.json) {
    const settings = settingsOf(plan, results).map(({ point, loss }) => ({ point, loss }));
    tellJson(env, { sweep: info, settings, results: finalResults(results) });
    return;
  }
  const colours = new Ansis(env.colourLevel ?? 0);
  tellReport(
    env,
    sweepReport({ plan, results, words, commandFor, colours, width: textWidth(env.outColumns) }),
  );
}

/** Parts of one sweep, from wherever they were made. */
export async function mergeSweeps(env: Environment, dirs: readonly string[], to: Targets): Promise<number> {
  const folders: Sweep[] = [];
  for (const dir of dirs) folders.push(await readSweep(env.files, dir));
  const [first] = folders;
  const same = { options: 'settings', digest: 'texts', reading: 'readings' } as const;
  for (const { info, dir } of folders) {
    for (const [key, differs] of Object.entries(same))
      if (
        JSON.stringify(info[key as keyof typeof same]) !==
        JSON.stringify(first.info[key as keyof typeof same])
      )
        throw failure('sweep.other-sweep', { where: dir, first: first.dir, differs });
    if (info.part?.of !== first.info.part?.of)
      throw failure('sweep.other-sweep', { where: dir, first: first.dir, differs: 'parts' });
  }
  const plan = sweepPlan(first.info.options);
  await showSweep(env, { plan, folders, to });
  const of = first.info.part?.of ?? 1;
  const isThrough = (part: number): boolean => {
    const indices = indicesOf(plan.points.length, { part, of });
    const own = folders.filter(({ info }) => (info.part?.part ?? 1) === part);
    return own.some(({ results }) => nextStage(plan, indices, results) === null);
  };
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((part) => !isThrough(part));
  if (missing.length > 0)
    throw failure('sweep.merge-missing', { parts: missing.map((part) => `${part}/${of}`) });
  return 0;
}
