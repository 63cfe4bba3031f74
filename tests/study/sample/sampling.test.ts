/** Many samples at once are those of their seeds alone; where they begin, and where they end. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../../src/kernels/reference.js';
import { CELLS } from '../../../src/model/shape.js';
import type { Model } from '../../../src/study/model/model.js';
import { sampleMany, Sampler, sampleOptions, type SampleEnd } from '../../../src/study/sample/sample.js';
import { symbolsOf, UNKNOWN } from '../../../src/text/alphabet.js';
import { engines } from '../../engines.js';
import { messageOf } from '../../store/fixtures.js';
import { makeModel, SYMBOLS } from '../models.js';

/** Flat enough that all six symbols come. */
const TEMPERATURE = 8;

interface Made {
  readonly text: string;
  readonly end: SampleEnd | null;
}

/** The samples by their number; fails where events of one come after its end. */
function many(model: Model, options: Record<string, unknown>, mostRows?: number): Made[] {
  const made = new Map<number, Made>();
  for (const { sample, seed, text, end } of sampleMany(model, sampleOptions.parse(options), mostRows)) {
    expect(seed).toBe(Number(options.seed ?? 1) + sample);
    const before = made.get(sample) ?? { text: '', end: null };
    expect(before.end).toBeNull();
    made.set(sample, { text: before.text + text, end });
  }
  return Array.from({ length: made.size }, (_, i) => made.get(i) as Made);
}

/** One alone, without ends: symbol by symbol through a window of one row. */
const alone = (model: Model, options: Record<string, unknown>): string =>
  [...new Sampler(model).run(sampleOptions.parse(options))].join('');

describe('many samples are those of their seeds alone, bit for bit', () => {
  test.each(engines)('$name', { timeout: 60_000 }, async ({ open }) => {
    for (const cell of CELLS) {
      const model = makeModel(await open(), { cell });
      const options = { prompt: 'zaç', length: 70, temperature: TEMPERATURE, seed: 7 };
      // Rows of the products' tiles and their ends; more samples than rows.
      for (const [count, rows] of [
        [1, 64],
        [5, 64],
        [13, 64],
        [13, 4],
      ]) {
        const found = many(model, { ...options, count }, rows).map(({ text }) => text);
        const expected = Array.from({ length: count }, (_, i) => alone(model, { ...options, seed: 7 + i }));
        expect(found, `${cell}, ${count} in ${rows}`).toEqual(expected);
        expect(new Set(found).size).toBe(count);
      }
    }
  });

  test('also where each ends elsewhere, and rows are taken by the next', () => {
    const model = makeModel(openReference());
    const options = { length: 20, temperature: TEMPERATURE, lines: 2 };
    const expected = Array.from({ length: 23 }, (_, i) => many(model, { ...options, seed: 1 + i })[0]);
    for (const rows of [1, 2, 5, 16, 64])
      expect(many(model, { ...options, count: 23 }, rows)).toEqual(expected);
    expect(new Set(expected.map(({ text }) => text.length)).size).toBeGreaterThan(8);
    expect(new Set(expected.map(({ end }) => end))).toEqual(new Set(['lines', 'length']));
  });

  test('after a prompt longer than the window it is read in', () => {
    const model = makeModel(openReference());
    const prompt = 'aç z🙂\n'.repeat(100);
    for (const length of [255, 256, 257, 600]) {
      const options = {
        prompt: symbolsOf(prompt).slice(0, length).join(''),
        length: 20,
        temperature: TEMPERATURE,
      };
      expect(many(model, { ...options, count: 3 })[2].text).toBe(alone(model, { ...options, seed: 3 }));
    }
  });

  test('none of length 0 is missing', () => {
    expect(many(makeModel(openReference()), { length: 0, count: 3 })).toEqual(
      Array.from({ length: 3 }, () => ({ text: '', end: 'length' })),
    );
  });
});

describe('a sample ends', () => {
  const model = makeModel(openReference());
  const free = (seed: number): string => alone(model, { length: 400, temperature: TEMPERATURE, seed });

  // Texts that begin in themselves; the last one may begin again in its midst.
  test.each(['z', 'aa', 'zz ', 'aza', '\n\n', 'aaz', '🙂a', ' z za'])(
    'before the stop text %j (seeds 1–40)',
    (stop) => {
      const options = { length: 400, temperature: TEMPERATURE, stop, count: 40 };
      const made = many(model, options);
      const ends = new Set<string>();
      made.forEach(({ text, end }, i) => {
        const whole = free(1 + i);
        const at = whole.indexOf(stop);
        expect(text).toBe(at < 0 ? whole : whole.slice(0, at));
        expect(end).toBe(at < 0 ? 'length' : 'stop');
        ends.add(end ?? '');
        // The single sampler ends in the same place.
        expect(alone(model, { ...options, seed: 1 + i })).toBe(text);
      });
      expect(ends).toContain('stop');
    },
  );

  test('a stop text that is not whole at the last character is text', () => {
    const whole = free(1);
    const before = whole.slice(0, whole.indexOf('aza'));
    const length = symbolsOf(before).length + 2;
    expect(before).not.toBe('');
    const options = { length, temperature: TEMPERATURE };
    expect(many(model, { ...options, stop: 'aza' })).toEqual([{ text: `${before}az`, end: 'length' }]);
    expect(many(model, { ...options, length: length + 1, stop: 'aza' })).toEqual([
      { text: before, end: 'stop' },
    ]);
  });

  test('the stop text is looked for in what is made, not in the prompt', () => {
    const [{ text, end }] = many(model, { prompt: 'az', stop: 'zç', length: 200, temperature: TEMPERATURE });
    const whole = alone(model, { prompt: 'az', length: 200, temperature: TEMPERATURE });
    expect(text).toBe(whole.slice(0, whole.indexOf('zç')));
    expect(end).toBe('stop');
  });

  test.each([1, 2, 5])('after %d lines, without the last line feed (seeds 1–20)', (lines) => {
    many(model, { lines, length: 400, temperature: TEMPERATURE, count: 20 }).forEach(({ text, end }, i) => {
      expect(text).toBe(
        free(1 + i)
          .split('\n')
          .slice(0, lines)
          .join('\n'),
      );
      expect(end).toBe('lines');
    });
  });

  test('what can never come is refused', async () => {
    const refused = (options: Record<string, unknown>, of = model): Promise<string> =>
      messageOf(() => many(of, options));
    expect(await refused({ stop: 'aQ' })).toMatch(/^--stop: .*'Q' \(U\+0051\)/);
    const unknowing = makeModel(openReference(), { symbols: [...SYMBOLS.slice(1), UNKNOWN] });
    expect(await refused({ stop: 'aQ' }, unknowing)).toMatch(/^--stop: .*'Q'/);
    expect(await refused({ stop: `a${UNKNOWN}` }, unknowing)).toMatch(/^--stop: .*unknown/);
    expect(await refused({ lines: 1 }, unknowing)).toMatch(/^--lines: .*line feed/);
    expect(await refused({ start: 'line' }, unknowing)).toMatch(/^--start line: .*line feed/);
    expect(await refused({ count: 2, seed: 2 ** 31 - 1 })).toMatch(/^--count: .*2147483648/);
  });
});

describe('a sample begins', () => {
  const model = makeModel(openReference());
  const made = (options: Record<string, unknown>): string =>
    many(model, { length: 30, temperature: 2, ...options })[0].text;

  test('where a word or a line begins: as after a space or a line feed', () => {
    expect(made({ start: 'word' })).toBe(made({ prompt: ' ' }));
    expect(made({ start: 'line' })).toBe(made({ prompt: '\n' }));
    expect(made({ start: 'word', prompt: 'az' })).toBe(made({ prompt: ' az' }));
    expect(made({ start: 'line', prompt: 'az' })).toBe(made({ prompt: '\naz' }));
    const hundred = (start: string): string[] =>
      many(model, { start, length: 3, temperature: 0.5, count: 100 }).map(({ text }) => text);
    expect(hundred('word')).not.toEqual(hundred('line'));
  });

  test('after what is left of a prompt with strangers in it', async () => {
    expect(made({ prompt: 'aQz', unknown: 'skip' })).toBe(made({ prompt: 'az' }));
    expect(made({ prompt: 'aÇz', unknown: 'replace' })).toBe(made({ prompt: 'açz' }));
    expect(made({ prompt: 'QQ', unknown: 'skip' })).toBe(made({ prompt: '' }));
    expect(await messageOf(() => made({ prompt: 'aQz' }))).toMatch(/^--prompt: /);
    const unknowing = makeModel(openReference(), { symbols: [...SYMBOLS, UNKNOWN] });
    const of = (options: Record<string, unknown>): string =>
      many(unknowing, { length: 30, ...options })[0].text;
    expect(of({ prompt: 'aQz' })).toBe(of({ prompt: `a${UNKNOWN}z` }));
    expect(of({ prompt: 'aQz', unknown: 'skip' })).toBe(of({ prompt: 'az' }));
    expect(await messageOf(() => of({ prompt: 'aQz', unknown: 'refuse' }))).toMatch(/^--prompt: .*'Q'/);
  });
});
