/** The log as one long table: every number once, in its place, in full. */
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import type { History } from '../../src/store/history.js';
import { csvPieces } from '../../src/ui/tables/csv.js';
import { parquetBytes } from '../../src/ui/tables/parquet.js';
import { COLUMNS, historyRows, measuredRows, type Row } from '../../src/ui/tables/rows.js';
import { exampleData } from '../study/inspect/example.js';

const { history, measured } = exampleData({ timesteps: 8 });

/** Every number and null of a value, however deep. */
function leaves(value: unknown): (number | null)[] {
  if (typeof value === 'number' || value === null) return [value];
  return typeof value === 'object' ? Object.values(value).flatMap(leaves) : [];
}

/** RFC 4180, as other programs read it: sign by sign. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [['']];
  let quoted = false;
  const add = (sign: string): void => {
    const row = rows[rows.length - 1];
    row[row.length - 1] += sign;
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted && sign === '"' && text[at + 1] === '"') add(text[at++]);
    else if (sign === '"') quoted = !quoted;
    else if (quoted) add(sign);
    else if (sign === ',') rows[rows.length - 1].push('');
    else if (sign === '\n') rows.push(['']);
    else add(sign);
  }
  expect(rows.pop()).toEqual(['']); // after the last line's end
  return rows;
}

const sorted = (values: readonly (number | null)[]): (number | null)[] =>
  [...values].sort((a, b) => (a ?? -Infinity) - (b ?? -Infinity));

describe('the rows', () => {
  test('hold every number of the window measured, and no other', () => {
    const { layers, audit, matrix, listen } = measured;
    const expected = layers.flatMap(
      ({ memory, theory, lagLog10, total, totalLog10, recurrent, saturation, activation, split, units }) => [
        ...leaves([units?.lagLog10, units?.timeConstants]),
        ...leaves([recurrent, saturation, activation, split]),
        // A cell without c has null for it: no numbers, no row.
        ...leaves([
          lagLog10?.h,
          lagLog10?.c ?? [],
          total?.h,
          total?.c ?? [],
          totalLog10?.h,
          totalLog10?.c ?? [],
        ]),
        ...leaves([memory?.halfLife, memory?.lag1pct, memory?.lag1e6, memory?.timeConstant]),
        ...leaves([memory?.drop ?? [null, null], memory?.tail ?? [null, null]]),
        // Without the counts of windows and sources, which measure nothing.
        ...leaves([memory?.tailOverWindows?.decadesPerStep, memory?.tailOverWindows?.standardError]),
        ...leaves([theory?.blocks, theory?.boundLog10 ?? [], theory?.lyapunov]),
      ],
    );
    expected.push(
      ...leaves([audit?.share, audit?.byLayer, listen?.log10, listen?.probability]),
      ...leaves(matrix?.layers.map(({ log10 }) => log10)),
    );
    const rows = [...measuredRows(measured)];
    expect(rows.length).toBeGreaterThan(500);
    expect(sorted(rows.map(({ value }) => value))).toEqual(sorted(expected));
    expect(rows.every(({ step }) => step === null)).toBe(true);
  });

  test('hold the logs: a row for each figure of each step', () => {
    const rows = [...historyRows(history)];
    const of = (quantity: string): Row[] => rows.filter((row) => row.quantity === quantity);
    expect(of('lossNats').map(({ step, value }) => [step, value])).toEqual(
      history.updates.map(({ step, lossNats }) => [step, lossNats]),
    );
    expect(of('validationLossNats')).toHaveLength(history.evaluations.length);
    const [line] = history.gradients;
    expect(
      of('lagLog10').filter(({ step, layer, state }) => step === 50 && layer === 1 && state === 'c'),
    ).toEqual(
      line.layers[1].lagLog10?.c?.map((value, lag) => ({
        step: 50,
        layer: 1,
        state: 'c',
        quantity: 'lagLog10',
        timestep: null,
        lag,
        value,
      })),
    );
    expect(of('update').filter(({ step }) => step === 50)).toEqual([
      expect.objectContaining({ state: 'rnn.weight_hh_l0', layer: null, value: 0.002 }),
      expect.objectContaining({ state: 'readout.weight', layer: null, value: 0.004 }),
    ]);
  });

  test('of a matrix name the timestep of the state and the lag to the loss', () => {
    const rows = [...measuredRows(measured)].filter((row) => row.quantity === 'matrix' && row.layer === 1);
    const entry = rows.find(({ timestep, lag }) => timestep === 2 && lag === 3);
    expect(entry?.value).toBe(measured.matrix?.layers[1].log10[5][2]);
  });
});

describe('CSV', () => {
  test('reads back as the same rows, bit for bit, names with commas and quotes included', () => {
    const hostile: History = {
      ...history,
      updates: [],
      evaluations: [],
      gradients: [{ step: 1, layers: [], updates: { 'a,"b"\nc': 1 / 3, d: Number.MIN_VALUE } }],
    };
    for (const rows of [[...historyRows(hostile)], [...measuredRows(measured)]]) {
      const [head, ...lines] = parseCsv([...csvPieces(rows)].join(''));
      expect(head).toEqual([...COLUMNS]);
      const back = lines.map((cells) =>
        Object.fromEntries(
          COLUMNS.map((column, i) => {
            if (cells[i] === '') return [column, null];
            return [column, column === 'state' || column === 'quantity' ? cells[i] : Number(cells[i])];
          }),
        ),
      );
      expect(back).toEqual(rows);
    }
  });

  test('is made piece by piece: a million rows are never held at once', () => {
    let made = 0;
    const [first] = historyRows(history);
    const rows = (function* () {
      for (; made < 1e6; made++) yield first;
    })();
    let [lines, largest] = [0, 0];
    for (const piece of csvPieces(rows)) {
      const inPiece = piece.split('\n').length - 1;
      lines += inPiece;
      largest = Math.max(largest, made - (lines - 1));
    }
    expect(lines).toBe(1e6 + 1);
    expect(largest).toBeLessThan(10_000);
  });

  test('of nothing is the header', () => {
    expect([...csvPieces([])].join('')).toBe(`${COLUMNS.join(',')}\n`);
  });
});

describe('Parquet', () => {
  const read = async (rows: Iterable<Row>): Promise<Record<string, unknown>[]> => {
    const bytes = await parquetBytes(rows);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    return parquetReadObjects({ file });
  };

  test('reads back as the same rows', async () => {
    const rows = [...measuredRows(measured), ...historyRows(history)];
    expect(await read(rows)).toEqual(rows);
  });

  test('has several groups of rows where there are many, and none where there are none', async () => {
    const [first] = historyRows(history);
    const many = Array.from({ length: 100_003 }, (_, step) => ({ ...first, step }));
    const back = await read(many);
    expect(back).toHaveLength(many.length);
    expect(back.at(-1)).toEqual(many.at(-1));
    expect(await read([])).toEqual([]);
  });
});
