/** What `inspect` prints: 80 columns, readable without colour, each part left out where its figures are missing. */
import { Ansis } from 'ansis';
import { describe, expect, test } from 'vitest';
import { en } from '../../../src/words/en/words.js';
import { pt } from '../../../src/words/pt/words.js';
import { widthOf } from '../../../src/ui/terminal/width.js';
import type { LayerReport } from '../../../src/bptt/report.js';
import { inspectionPage } from '../../../src/study/inspect/page.js';
import { lagChart } from '../../../src/ui/terminal/lag-chart.js';
import { heatText } from '../../../src/ui/terminal/heat-text.js';
import { table, sparkline } from '../../../src/ui/terminal/table.js';
import { textWidth, wrap, wrapFacts } from '../../../src/ui/terminal/wrap.js';
import { terminalReport } from '../../../src/study/inspect/terminal.js';
import { exampleData } from './example.js';

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => Array.from(line).length));

const layerOf = (layer: number, decades: number, timesteps = 40): LayerReport => ({
  layer,
  lagLog10: { h: Array.from({ length: timesteps }, (_, k) => -3 + k * decades), c: null },
});

describe('the report', () => {
  const cases = (['tanh', 'sigmoid', 'lstm', 'gru'] as const).flatMap((cell) =>
    [1, 3, 9].map((layers) => ({ cell, layers })),
  );
  test.each(cases)(
    '$cell with $layers layers fits 80 columns, no line ends in a space',
    ({ cell, layers }) => {
      const report = terminalReport(exampleData({ cell, layers, timesteps: 24 }), en);
      expect(widest(report)).toBeLessThanOrEqual(80);
      expect(report.split('\n').filter((line) => /\s$/.test(line))).toEqual([]);
      expect(report).not.toMatch(/undefined|NaN|Infinity|\[object|\u001b/);
    },
  );

  test.each(
    [40, 57, 80, 100].flatMap((columns) =>
      [0, 3].flatMap((colours) => [1, 2, 9].map((layers) => ({ columns, colours, layers }))),
    ),
  )('$layers layers fit $columns columns, colours $colours', ({ columns, colours, layers }) => {
    for (const words of [en, pt]) {
      const data = exampleData({ cell: layers === 2 ? 'lstm' : 'tanh', layers, timesteps: 24 });
      const report = terminalReport(data, words, new Ansis(colours), columns);
      expect(report.split('\n').filter((line) => widthOf(line) > columns)).toEqual([]);
    }
  });

  test('has every section where everything was measured', () => {
    const report = terminalReport(exampleData(), en);
    for (const part of [
      'lstm 2×16, 22 symbols',
      'decades/step',
      '─ layer 1',
      'hides it',
      'lag 0',
      'Where it goes',
      'spectral radius',
      'Saturation',
      'Mean activation',
      'Cut off after 32 timesteps',
      'the influence on a prediction',
      'were clipped at norm 5',
      'rnn.weight_hh_l0',
    ])
      expect(report, part).toContain(part);
  });

  test('does without each part that is missing', () => {
    const { name, model, measured, history } = exampleData();
    const bare = { ...measured, layers: measured.layers.map(({ layer, total }) => ({ layer, total })) };
    const { text, window, loss, layers } = bare;
    const few = { text, window, loss, layers };
    const alone = terminalReport({ name, model, measured: few, history: null }, en);
    expect(alone.split('\n').filter((line) => line !== '')).toHaveLength(4);
    const logs = terminalReport({ name, model: null, measured: null, history }, en);
    expect(logs).toContain('(logged at step 2,000)');
    expect(logs).not.toContain('spectral radius');
    const empty = { ...history, updates: [], evaluations: [], gradients: [] };
    expect(terminalReport({ name, model: null, measured: null, history: empty }, en)).toBe(`${name}\n`);
  });

  test('of a window of one timestep says so once, and nothing that takes a way back', () => {
    const { measured, ...rest } = exampleData({ cell: 'tanh', layers: 2, timesteps: 1 });
    const data = { ...rest, measured, history: null };
    for (const text of [
      terminalReport(data, en),
      inspectionPage(data, en).replace(/<script.*?<\/script>/gs, ''),
    ]) {
      expect(text.split('has no way back')).toHaveLength(2);
      expect(text).not.toMatch(/decades\/step|total gradient (stays|beside)|Where it goes/);
      expect(text).not.toMatch(/\b1 (timesteps|steps|rows|layers|symbols)\b/);
      expect(text).toContain('4 sequences');
    }
  });

  test('in colour says the same', () => {
    const data = exampleData();
    const coloured = terminalReport(data, en, new Ansis(3));
    expect(coloured).toContain('\u001b[');
    const words = (text: string): string => text.replace(/[^\p{L}\p{N} ]/gu, '').replace(/ +/g, ' ');
    // The legend of the heat map alone is another one.
    const sentences = (text: string): string[] => text.split('\n').filter((line) => line.endsWith('.'));
    expect(sentences(new Ansis(3).strip(coloured)).map(words)).toEqual(
      sentences(terminalReport(data, en)).map(words),
    );
  });
});

describe('the chart', () => {
  test('tells curves apart without colour: by stroke, and by name where they end', () => {
    const chart = lagChart([layerOf(0, -0.05), layerOf(1, -0.2)], en);
    expect(chart).toMatch(/─ layer 1$/m);
    expect(chart).toMatch(/━ layer 2$/m);
    expect(chart).toMatch(/╰/);
    expect(chart).toMatch(/┗/);
  });

  test('curves that end together share a label', () => {
    const same = Array.from({ length: 4 }, (_, l) => layerOf(l, -0.1));
    expect(lagChart(same, en)).toMatch(/─━═╌ layers 1–4$/m);
  });

  test('stays within 80 columns where many long curves and the bound end in one row', () => {
    const theory = { blocks: [], boundLog10: -0.5, isTheorem: true, lyapunov: [] };
    for (const count of [1, 4, 6, 64]) {
      const steep = Array.from({ length: count }, (_, l) => ({ ...layerOf(l, -1, 64), theory }));
      const chart = lagChart(steep, en);
      expect(chart).toContain(' bound');
      expect(widest(chart)).toBeLessThanOrEqual(80);
      expect(chart).toMatch(/lag 63$/);
    }
  });

  test('a value stands in the row of its decade', () => {
    const rows = lagChart([layerOf(0, -0.1, 41)], en).split('\n');
    const last = rows.findIndex((row) => row.trimStart().startsWith('10⁻⁴'));
    expect(rows[last]).toMatch(/[─╰]\s*$/);
    expect(rows[0]).toMatch(/10⁰┼/);
  });

  test('the bound is drawn where it is a theorem, and nowhere else', () => {
    const theory = { blocks: [], boundLog10: -0.02, isTheorem: true, lyapunov: [] };
    expect(lagChart([{ ...layerOf(0, -0.2), theory }], en)).toContain('· bound');
    expect(lagChart([{ ...layerOf(0, -0.2), theory: { ...theory, isTheorem: false } }], en)).not.toContain(
      'bound',
    );
  });
});

describe('the heat map', () => {
  test('shades by decades: a step to the right has more left of it', () => {
    const { history, ...rest } = exampleData({ cell: 'tanh', layers: 1 });
    const map = heatText({ ...rest, history }, 0, en);
    const rows = map.split('\n').filter((row) => row.includes('lag ') && /[·░▒▓█]/.test(row));
    expect(rows).toHaveLength(16 + 1); // and the legend
    expect(rows[0]).toMatch(/lag 0–1 █{40}$/);
    const order = '·░▒▓█';
    const levels = rows
      .slice(0, 16)
      .map((row) => Array.from(row.replace(/^.*\d /, ''), (sign) => order.indexOf(sign)));
    for (const row of levels) expect(row).toEqual([...row].sort((x, y) => x - y));
    // Some row's shade changes in the course of the training.
    expect(levels.filter((row) => row[0] < row[row.length - 1]).length).toBeGreaterThan(2);
  });

  test('of a layer that was never logged is empty', () => {
    expect(heatText(exampleData(), 7, en)).toBe('');
  });

  test('without 256 colours falls back to shades', () => {
    expect(heatText(exampleData(), 0, en, new Ansis(1))).toBe(heatText(exampleData(), 0, en));
    expect(heatText(exampleData(), 0, en, new Ansis(2))).toContain('\u001b[38;5;');
  });
});

test('a table lines its columns up and leaves no space at the end', () => {
  expect(
    table(
      [
        ['layer', 'σ₁', ''],
        ['0', '10', 'x'],
        ['10', '0.5', ''],
      ],
      [0, 2],
    ),
  ).toBe('layer   σ₁\n0       10  x\n10     0.5');
});

describe('a table that is too wide', () => {
  const rows = [
    ['contender', 'bits per character', 'what it is'],
    ['tanh', '2.135', 'a plain recurrent cell'],
    ['lstm', '1.9', 'a gated one'],
  ];

  test('has titles and words to the left in several lines, figures beside their first', () => {
    expect(table(rows, [0, 2], 36)).toBe(
      [
        '              bits per',
        'contender    character  what it is',
        'tanh             2.135  a plain',
        '                        recurrent',
        '                        cell',
        'lstm               1.9  a gated one',
      ].join('\n'),
    );
  });

  test('without titles stands on its first line', () => {
    expect(table([['a.txt', 'one two three']], [0, 1], 14, false)).toBe('a.txt  one two\n       three');
  });

  test('goes on below where words are too long, with the first column again', () => {
    const wide = [
      ['', 'abcdefghij', 'klmnopqrst'],
      ['x', '1', '2'],
    ];
    expect(table(wide, [0], 20)).toBe(
      ['   abcdefghij', 'x           1', '', '   klmnopqrst', 'x           2'].join('\n'),
    );
  });

  test('is as it is where it fits, to the column', () => {
    const width = Math.max(
      ...table(rows)
        .split('\n')
        .map((line) => line.length),
    );
    expect(table(rows, [0], width)).toBe(table(rows));
    expect(table(rows, [0], width - 1)).not.toBe(table(rows));
  });
});

test('prose is as wide as the terminal from 40 to 100 columns, and 80 wide where none says', () => {
  expect([undefined, 0, 1, 39, 40, 60, 100, 101, 250].map(textWidth)).toEqual([
    80, 80, 40, 40, 40, 60, 100, 100, 100,
  ]);
  const data = exampleData();
  const narrow = terminalReport(data, en, undefined, 40);
  const prose = narrow.split('\n').filter((line) => /^[A-Z]\p{Ll}+ /u.test(line));
  expect(prose.length).toBeGreaterThan(10);
  expect(widest(prose.join('\n'))).toBeLessThanOrEqual(40);
  const wide = terminalReport(data, en, undefined, 100);
  expect(widest(wide)).toBeGreaterThan(80);
  expect(widest(wide)).toBeLessThanOrEqual(100);
  // The words are the same; those of a table are said anew where it goes on below.
  const spokenIn = (report: string): Set<string> =>
    new Set(report.split(/\s+/).filter((word) => !/[┼┤╰╮╯│─━┏┓┗┛┃·▁-█░-▓]/.test(word)));
  expect(spokenIn(narrow)).toEqual(spokenIn(wide));
});

test('facts stay whole in a line where it has room for them', () => {
  const facts = ['58 texts, 369015 characters', 'tanh 1×128', 'checkpoints/a b c d e f'];
  expect(wrapFacts(facts, 80)).toBe(facts.join(' · '));
  expect(wrapFacts(facts, 40)).toBe('58 texts, 369015 characters · tanh 1×128\ncheckpoints/a b c d e f');
  expect(wrapFacts(facts, 20)).toBe('58 texts, 369015\ncharacters\ntanh 1×128\ncheckpoints/a b c d\ne f');
});

test('wrapping keeps every word, and lines to the width', () => {
  const words = Array.from({ length: 60 }, (_, i) => 'á'.repeat((i % 9) + 1));
  const lines = wrap(words.join(' '), 30, '  ').split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
  expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(words);
});

test('bars stand for shares; a missing one is a dot', () => {
  expect(sparkline([0, 0.124, 0.126, 0.5, 1, null])).toBe('▁▁▂▅█·');
});
