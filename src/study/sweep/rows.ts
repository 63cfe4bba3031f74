/** The trainings of a sweep as a table for other programs: a row each, its axes first; numbers in full. */
import { flagOf } from '../../base/options.js';
import { csvField } from '../../ui/tables/csv.js';
import type { Value } from './grid.js';
import type { ResultLine } from './folder.js';
import type { SweepPlan } from './options.js';
import { finalResults } from './running.js';

export interface TableColumn {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
  readonly values: readonly (Value | null)[];
}

/** `lagOnePercent` is the top layer's. */
export function columnsOf(plan: SweepPlan, results: readonly ResultLine[]): TableColumn[] {
  const made = finalResults(results);
  const axes = plan.axes.map(({ name }): TableColumn => {
    const values = made.map(({ index }) => plan.points[index][name]);
    return { name: flagOf(name).slice(2).replaceAll('-', '_'), type: typeOf(values), values };
  });
  const column = (
    name: string,
    type: TableColumn['type'],
    of: (result: ResultLine) => Value | null,
  ): TableColumn => ({
    name,
    type,
    values: made.map(of),
  });
  return [
    column('index', 'INT32', ({ index }) => index),
    ...axes,
    column('ended', 'STRING', ({ ended }) => ended),
    column('step', 'INT32', ({ step }) => step),
    column('steps', 'INT32', ({ steps }) => steps),
    column('best_step', 'INT32', ({ best }) => best?.step ?? null),
    column('loss_nats', 'DOUBLE', ({ best }) => best?.lossNats ?? null),
    column('bits_per_char', 'DOUBLE', ({ best }) => (best ? best.lossNats / Math.LN2 : null)),
    column('predictions', 'INT32', ({ predictions }) => predictions),
    column('parameters', 'INT32', ({ parameters }) => parameters),
    column('characters', 'DOUBLE', ({ characters }) => characters),
    column('lag1pct_top', 'INT32', ({ memory }) => memory?.at(-1)?.lag1pct ?? null),
    column('verdict_top', 'STRING', ({ memory }) => memory?.at(-1)?.verdict ?? null),
    column('engine', 'STRING', ({ engine }) => engine),
    column('seconds', 'DOUBLE', ({ seconds }) => seconds),
  ];
}

function typeOf(values: readonly Value[]): TableColumn['type'] {
  const [first] = values;
  if (typeof first === 'boolean') return 'BOOLEAN';
  if (typeof first !== 'number') return 'STRING';
  return values.every((value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31)
    ? 'INT32'
    : 'DOUBLE';
}

/** A column as text in CSV, one as a number in Parquet: they are the same columns. */
export function csvOf(columns: readonly TableColumn[]): string {
  const count = columns[0]?.values.length ?? 0;
  const lines = Array.from({ length: count }, (_, i) =>
    columns.map(({ values }) => csvField(values[i])).join(','),
  );
  return `${[columns.map(({ name }) => name).join(','), ...lines].join('\n')}\n`;
}
