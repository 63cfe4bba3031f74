/** How charts are drawn: ticks, what tells curves apart, labels beside them. */
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { logFormat, logTicks, roundTicks, wholeTicks } from '../../src/ui/charts/axes.js';
import { lineChart, type LineChart } from '../../src/ui/charts/lines.js';
import { lookOf } from '../../src/ui/charts/looks.js';
import { en } from '../../src/words/en/words.js';
import { pt } from '../../src/words/pt/words.js';

const svgOf = (chart: Partial<LineChart>) =>
  parseHTML(
    lineChart({
      alt: 'a chart',
      numbers: en.numbers,
      x: { label: 'x' },
      y: { label: 'y' },
      series: [],
      ...chart,
    }).text,
  ).document;
const ticksOf = (chart: Partial<LineChart>, axis: 'x' | 'y'): string[] =>
  [...svgOf(chart).querySelectorAll(`g[data-mark="${axis}-axis tick label"] text`)].map(
    (text) => text.textContent,
  );
const curve = (label: string, ys: readonly number[]) => ({ label, points: ys.map((y, x) => ({ x, y })) });

describe('ticks', () => {
  const domain = fc
    .tuple(fc.double({ min: -300, max: 300, noNaN: true }), fc.double({ min: 0.3, max: 400, noNaN: true }))
    .map(([low, length]): [number, number] => [low, Math.min(305, low + length)])
    .filter(([low, high]) => high - low >= 0.3);

  test('of a logarithmic axis: two at least, ten at most, within it, and told apart', () => {
    fc.assert(
      fc.property(domain, ([low, high]) => {
        const ticks = logTicks([low, high]);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(10);
        expect(Math.min(...ticks)).toBeGreaterThanOrEqual(low - 1e-6);
        expect(Math.max(...ticks)).toBeLessThanOrEqual(high + 1e-6);
        const told = ticks.map(logFormat(ticks, en.numbers));
        expect(new Set(told).size).toBe(told.length);
        // No power but a whole one.
        expect(told.filter((one) => one.includes('·'))).toEqual([]);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('of a linear axis are round, and of one that counts whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 12 }),
        (low, length, many) => {
          const ticks = wholeTicks([low, low + length], many);
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.every(Number.isInteger)).toBe(true);
          expect(ticks.length).toBeLessThanOrEqual(2 * many + 1);
        },
      ),
      { seed: 2 },
    );
    expect(roundTicks([3.1, 3.5], 4)).toEqual([3.1, 3.2, 3.3, 3.4, 3.5]);
  });

  test.each([1, 2, 3, 5, 40, 1000])('on %i lags there is none between two of them', (last) => {
    const ys = Array.from({ length: last + 1 }, (_, k) => -k);
    const ticks = ticksOf({ series: [curve('a', ys)] }, 'x').map((text) => Number(text.replace(',', '')));
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.every(Number.isInteger)).toBe(true);
  });

  test('reach as far as a line at 1% does, however little the curve loses', () => {
    const chart = {
      y: { label: 'share', scale: 'share' as const },
      rules: [{ y: -2, text: '1%' }],
      series: [curve('a', [0, -0.01, -0.02])],
    };
    expect(ticksOf(chart, 'y')).toContain('0.01');
    expect(ticksOf(chart, 'y')).toContain('1');
  });

  test.each([[[0, -0.001, -0.002]], [[-0.17, -0.2]], [[-5.01, -5.3]], [[-2, -2]], [[0.4, 0.9]]])(
    'of a curve that hardly moves (%j) are two or more, all different',
    (ys) => {
      for (const y of [{ label: 'share', scale: 'share' as const }, { label: 'bits' }]) {
        const ticks = ticksOf({ y, series: [curve('a', ys)] }, 'y');
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(new Set(ticks).size).toBe(ticks.length);
      }
    },
  );
});

describe('figures of an axis', () => {
  test('are written as the reader’s language has them, all with as many decimals', () => {
    const series = [curve('a', [3.4, 5.1])];
    expect(ticksOf({ series, numbers: en.numbers }, 'y')).toContain('4.0');
    const told = ticksOf({ series, numbers: pt.numbers }, 'y');
    expect(told).toContain('4,0');
    expect(told).toContain('4,5');
    expect(told.every((text) => /^\d,\d$/.test(text))).toBe(true);
  });

  test.each(['x', 'y'] as const)('those of the %s axis count in thousands', (axis) => {
    const points = [0, 5000].map((place) => ({ x: place, y: place }));
    const chart = { numbers: pt.numbers, series: [{ label: '', points }] };
    expect(ticksOf(chart, axis)).toContain('4.000');
  });

  test('of a logarithmic one: round ones, no more than can be read', () => {
    const points = [1, 300].map((x) => ({ x, y: 1 }));
    const ticks = ticksOf({ x: { label: 'x', scale: 'log' }, series: [{ label: '', points }] }, 'x');
    expect(ticks).toEqual(['1', '10', '100']);
  });

  test.each([
    ['short', 480, 40],
    ['as long as a narrow chart is wide, beside a long margin', 350, 46],
    ['longer than the chart is wide', 280, 60],
  ])('what it is called stays within the picture: %s', (_, width, letters) => {
    const label = 'four '.repeat(letters / 5).trim();
    const svg = svgOf({ width, x: { label }, series: [curve('a long name', [0, 1])] });
    const height = Number(svg.querySelector('svg')?.getAttribute('height'));
    const text = svg.querySelector('[data-mark="x-axis label"] text') ?? expect.fail('no label');
    const lines = [...text.querySelectorAll('tspan')].map((line) => line.textContent);
    const longest = Math.max(...(lines.length > 0 ? lines : [text.textContent]).map((line) => line.length));
    const [x, y] = (/translate\((.*)\)/.exec(text.getAttribute('transform') ?? '')?.[1] ?? '')
      .split(',')
      .map(Number);
    expect(lines.length > 0 ? lines.join(' ') : text.textContent).toBe(label);
    expect(x - 3.4 * longest).toBeGreaterThanOrEqual(0);
    expect(x + 3.4 * longest).toBeLessThanOrEqual(width);
    expect(y).toBeLessThan(height);
  });
});

describe('curves', () => {
  test.each([6, 7, 11, 42])('%i of them differ in more than a shade', (many) => {
    const looks = Array.from({ length: many }, (_, i) => lookOf(i, many, false));
    // Without colour: dash and mark; with more than there are of those, colour as well.
    const without = new Set(looks.map(({ strokeDasharray, marker }) => `${strokeDasharray}/${marker}`));
    expect(without.size).toBe(Math.min(many, 7));
    expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(many);
  });

  test('that are many have marks, and what belongs to each carries its name', () => {
    const series = Array.from({ length: 9 }, (_, i) => curve(`net ${i}`, [0, -i, -2 * i, -3 * i]));
    const svg = svgOf({ series });
    for (const { label } of series) {
      const beside = svg.querySelector(`[data-of="${label}"]`);
      expect(beside?.querySelectorAll('[data-marker]').length).toBeGreaterThanOrEqual(2);
      expect(beside?.querySelector('text')?.textContent).toBe(label);
    }
  });

  test('that end early have their labels in the margin, over no other curve, none on another', () => {
    const series = [
      curve('long', [0, -1, -2, -3, -4, -5, -6]),
      curve('short', [-3, -3]),
      curve('b', [-3, -3, -3]),
    ];
    const svg = svgOf({ series });
    const [, , , right] = (svg.querySelector('svg')?.getAttribute('data-x') ?? '')
      .split(' ')
      .slice(1)
      .map(Number);
    const labels = [...svg.querySelectorAll('[data-of] text')].map((text) => ({
      x: Number(text.getAttribute('x')),
      y: Number(text.getAttribute('y')),
    }));
    expect(labels.every(({ x }) => x > right)).toBe(true);
    // Plot centres what says nothing else.
    expect(svg.querySelectorAll('[data-of] text[text-anchor="start"]')).toHaveLength(labels.length);
    const ys = labels.map(({ y }) => y).sort((a, b) => a - b);
    expect(ys.slice(1).every((y, i) => y - ys[i] >= 13)).toBe(true);
  });
});

describe('what is written on a chart stands clear', () => {
  /** The box of an element's letters, about. */
  const letters = (text: Element, x: number): { from: number; to: number } => {
    const half = (7 * text.textContent.length) / 2;
    return { from: x - half, to: x + half };
  };
  const axis = (svg: Document, name: 'x' | 'y'): ((value: number) => number) => {
    const [a, b, p, q] = (svg.querySelector('svg')?.getAttribute(`data-${name}`) ?? '')
      .split(' ')
      .slice(1)
      .map(Number);
    return (value) => p + ((value - a) / (b - a)) * (q - p);
  };

  test.each([
    [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 47],
    [0, 1, 2, 63],
    [0, 62, 63],
    [1, 100, 1000, 1001],
  ])('ticks that are given, of which some are too close: %j', (...given) => {
    const series = [{ label: 'a curve', points: given.map((x) => ({ x, y: x })) }];
    const told = svgOf({ x: { label: 'x', ticks: given }, series });
    const place = axis(told, 'x');
    const texts = [...told.querySelectorAll('g[data-mark="x-axis tick label"] text')];
    expect(texts.at(0)?.textContent).toBe(en.numbers.count(given[0]));
    expect(texts.at(-1)?.textContent).toBe(en.numbers.count(given[given.length - 1]));
    const boxes = texts.map((text) => letters(text, place(Number(text.textContent.replace(',', '')))));
    for (const [i, box] of boxes.slice(1).entries()) expect(box.from).toBeGreaterThan(boxes[i].to);
  });

  test.each([
    ['a curve above it to the right', [-8, -6, -4, -2.5, -1.9, -1.7]],
    ['a curve from above to below it', [0, -1, -1.8, -2.1, -2.3, -2.4]],
    ['one that crosses it between two far points', [-9, -1.6]],
    ['a curve close above it', [-1.7, -1.7, -1.7, -1.7, -1.7, -1.7]],
    ['a curve close below it', [-2.4, -2.4, -2.4, -2.4, -2.4, -2.4]],
  ])('the words of a rule, of %s', (_, ys) => {
    const svg = svgOf({
      y: { label: 'share', scale: 'share', domain: [-9, 0] },
      rules: [{ y: -2, text: 'one percent' }],
      series: [curve('a', ys)],
    });
    const [x, y] = [axis(svg, 'x'), axis(svg, 'y')];
    const words = svg.querySelector('[data-rule]');
    const at = Number(words?.getAttribute('x'));
    const width = 7 * 'one percent'.length;
    const [left, right] = words?.getAttribute('text-anchor') === 'end' ? [at - width, at] : [at, at + width];
    const middle = Number(words?.getAttribute('y'));
    // Where the curve is over the words, on a fine grid.
    const under = Array.from({ length: 400 }, (_unused, i) => (i / 399) * (ys.length - 1))
      .filter((k) => x(k) >= left && x(k) <= right)
      .map((k) => {
        const from = Math.min(ys.length - 2, Math.floor(k));
        return y(ys[from] + (k - from) * (ys[from + 1] - ys[from]));
      });
    for (const height of under) expect(Math.abs(height - middle)).toBeGreaterThan(6);
  });
});
