/** What --minutes chooses, on machines and texts that need not be there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parameterCount } from '../../src/model/shape.js';
import { flagsFor } from '../../src/train/flags.js';
import { parseTrainOptions, type TrainOptions } from '../../src/train/options.js';
import { recipe, type Recipe } from '../../src/train/recipes.js';

interface Given {
  readonly characters: number;
  readonly symbols?: number;
  readonly seconds: number;
  /** Floating-point operations of training a second. */
  readonly speed?: number;
  readonly own?: Record<string, unknown>;
}

/** About what two cores with wide vectors do. */
const QUICK = 1.9e11;

const weightsOf = ({ cell, layers, hidden }: TrainOptions, symbols: number): number =>
  parameterCount({ cell, layers, hidden, symbols });

/** The choice, on a machine whose steps take what their products do; `asked` is what it had to time. */
function choose({ characters, symbols = 100, seconds, speed = QUICK, own = {} }: Given) {
  const choosing = recipe({ characters, symbols, own });
  const asked: TrainOptions[] = [];
  let step = choosing.next();
  while (step.done !== true) {
    const options = step.value;
    asked.push(options);
    const secondsPerStep = (6 * weightsOf(options, symbols) * options.batch * options.window) / speed;
    step = choosing.next({ secondsPerStep, secondsLeft: seconds });
  }
  return { ...step.value, asked, weights: weightsOf(step.value.options, symbols) };
}

const passesOf = ({ options }: Recipe, characters: number): number =>
  ((options.steps ?? NaN) * options.batch * options.window) / characters;

describe('the time', () => {
  test.each([
    [1_000_000, 60],
    [1_000_000, 300],
    [1_000_000, 600],
    [10_000_000, 60],
    [300_000_000, 36_000],
  ])('%i characters, %i seconds: all of it is planned for, and no more', (characters, seconds) => {
    const chosen = choose({ characters, seconds });
    expect(chosen.limit).toBe('time');
    expect(chosen.seconds).toBeLessThanOrEqual(seconds);
    expect(chosen.seconds).toBeGreaterThan(0.99 * seconds);
  });

  test('what a text has no use for is not planned for', () => {
    const [hour, day] = [3600, 86_400].map((seconds) => choose({ characters: 1_000_000, seconds }));
    expect([hour.limit, day.limit]).toEqual(['text', 'text']);
    expect(day.options).toEqual(hour.options);
    expect(hour.seconds).toBeLessThan(3600);
  });

  test('more of it, or a faster machine, never makes a smaller model', () => {
    for (const characters of [3000, 20_000, 200_000, 1_000_000, 20_000_000]) {
      const bySeconds = [6, 20, 60, 300, 1800, 36_000].map(
        (seconds) => choose({ characters, seconds }).weights,
      );
      expect(bySeconds).toEqual([...bySeconds].sort((a, b) => a - b));
      const bySpeed = [1e9, 1e10, 1e11, 1e12].map(
        (speed) => choose({ characters, seconds: 60, speed }).weights,
      );
      expect(bySpeed).toEqual([...bySpeed].sort((a, b) => a - b));
    }
  });

  test('a machine too slow for anything still gets the smallest model, and a step', () => {
    const { options, limit } = choose({ characters: 1_000_000, seconds: 6, speed: 1e4 });
    expect(options).toMatchObject({ layers: 1, steps: 1 });
    expect(limit).toBe('time');
  });

  test('what is timed grows from small to large, and stops at the first that is too slow', () => {
    const { asked, options } = choose({ characters: 1_000_000, seconds: 60 });
    const largest = Math.max(...asked.map(({ layers, hidden }) => layers * hidden));
    expect(largest).toBeLessThan(4 * options.layers * options.hidden);
    expect(new Set(asked.map(({ layers, hidden }) => `${layers}×${hidden}`)).size).toBe(asked.length);
  });
});

describe('the text', () => {
  test.each([300, 3000, 20_000, 200_000])('%i characters are not read without end', (characters) => {
    const chosen = choose({ characters, seconds: 36_000 });
    expect(chosen.limit).toBe('text');
    expect(chosen.seconds).toBeLessThan(36_000);
    expect(passesOf(chosen, characters)).toBeLessThan(40);
    // So small that many updates are made in these passes, and that the text fills its window.
    const { batch, window } = chosen.options;
    expect(batch * window * 10).toBeLessThan(characters);
  });

  test('the longer it is, the larger a model it feeds', () => {
    const weights = [300, 3000, 20_000, 200_000, 2_000_000].map(
      (characters) => choose({ characters, seconds: 36_000 }).weights,
    );
    expect(weights).toEqual([...new Set(weights)].sort((a, b) => a - b));
  });

  test('one that is read a few times has one layer, one that is read often several, with dropout', () => {
    const long = choose({ characters: 5_000_000, seconds: 60 });
    expect(passesOf(long, 5_000_000)).toBeLessThan(4);
    expect(long.options).toMatchObject({ layers: 1, dropout: 0 });
    const short = choose({ characters: 200_000, seconds: 60 });
    expect(short.options.layers).toBe(2);
    expect(short.options.dropout).toBeGreaterThan(0.3);
    const more = choose({ characters: 400_000, seconds: 60 });
    expect(more.options.dropout).toBeLessThan(short.options.dropout);
  });

  test('of a large alphabet the logits of a window stay within 128 MB', () => {
    for (const symbols of [100, 3000, 60_000]) {
      const { batch, window } = choose({ characters: 50_000_000, symbols, seconds: 60 }).options;
      expect(batch * window * symbols).toBeLessThanOrEqual(2 ** 25);
    }
  });
});

describe("the user's own flags", () => {
  test.each([
    { cell: 'lstm' },
    { cell: 'relu', init: 'identity' },
    { hidden: 100 },
    { layers: 4 },
    { layers: 1, hidden: 333 },
    { batch: 5, window: 77 },
    { lr: 0.01, schedule: 'linear', minLr: 0.001 },
    { dropout: 0 },
    { optimizer: 'sgd', lr: 0.5, momentum: 0.9 },
    { average: 0.99, clip: 0.3, warmup: 0, weightDecay: 0 },
    { lowercase: true, validation: 0, seed: 3 },
  ])('%j stays, the rest is chosen around it', (own) => {
    const chosen = choose({ characters: 300_000, seconds: 50, own });
    expect(chosen.options).toMatchObject(own);
    expect(chosen.limit).toBe('time');
    expect(chosen.options.schedule).not.toBe('constant');
    for (const asked of chosen.asked) expect(asked).toMatchObject(own);
  });

  test('a rate for Adam is not given to another optimiser', () => {
    const { options } = choose({ characters: 300_000, seconds: 60, own: { optimizer: 'sgd' } });
    const usual = parseTrainOptions({});
    expect(options).toMatchObject({ lr: usual.lr, weightDecay: usual.weightDecay });
  });

  test.each([{ epochs: 3 }, { steps: 2000 }])('%j: the largest model that makes them in time', (own) => {
    const given = { characters: 1_000_000, seconds: 300, own };
    const { options, limit, seconds, weights } = choose(given);
    expect(options).toMatchObject(own);
    expect(Object.keys(options).filter((name) => name === 'steps' || name === 'epochs')).toEqual(
      Object.keys(own),
    );
    expect(limit).toBe('own');
    expect(seconds).toBeLessThanOrEqual(300);
    expect(choose({ ...given, seconds: 30 }).weights).toBeLessThan(weights);
  });

  test('more passes than there is time for are still made, by the smallest model', () => {
    const { options, limit, seconds } = choose({ characters: 1e6, seconds: 6, own: { epochs: 5000 } });
    expect(limit).toBe('own');
    expect(seconds).toBeGreaterThan(6);
    expect(options).toMatchObject({ epochs: 5000, layers: 1 });
  });
});

test('whatever the text, the time and the machine, the options are a run that can be made (seed 5)', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 9.5, noNaN: true }),
      fc.integer({ min: 1, max: 65_535 }),
      fc.double({ min: 0, max: 7, noNaN: true }),
      fc.double({ min: 3, max: 13, noNaN: true }),
      (log10Characters, symbols, log10Seconds, log10Speed) => {
        const characters = Math.floor(10 ** log10Characters);
        const { options, seconds } = choose({
          ...{ characters, symbols, seconds: 10 ** log10Seconds, speed: 10 ** log10Speed },
        });
        expect(parseTrainOptions(options)).toEqual(options);
        expect(options.steps).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeGreaterThan(0);
        expect(options.warmup).toBeLessThanOrEqual(options.steps ?? 0);
        // 16 characters and one are the least that any window takes.
        if (characters > 16) expect(options.batch * options.window).toBeLessThan(characters);
        // Its flags give it back.
        expect(parseTrainOptions(optionsOf(flagsFor(options)))).toEqual(options);
      },
    ),
    { seed: 5, numRuns: 200 },
  );
});

/** Flags as the command reads them: `--weight-decay 0.01` → weightDecay: 0.01 */
function optionsOf(flags: readonly string[]): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (let i = 0; i < flags.length; i++) {
    const name = flags[i].slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const value = flags.at(i + 1);
    if (value === undefined || value.startsWith('--')) options[name] = true;
    else options[name] = Number.isNaN(Number(flags[++i])) ? value : Number(value);
  }
  return options;
}

test('flags: what differs from the defaults, a preset and a schedule of its own too', () => {
  const given = { probe: 'full', lagEvery: 7, lowercase: true, threads: 2, seed: -5, minLr: 1e-5 };
  const options = parseTrainOptions(given);
  expect(parseTrainOptions(optionsOf(flagsFor(options).map((flag) => flag)))).toEqual(options);
  expect(flagsFor(parseTrainOptions({}))).toEqual([]);
  expect(flagsFor(options)).toHaveLength(2 * 6 - 1);
});
