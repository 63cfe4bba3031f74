/** One contender from one seed: the same figures that the parts give alone, the budget, the cap, what diverges. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../../src/kernels/reference.js';
import { parameterCount } from '../../../src/model/shape.js';
import { CONTENDER_NAMES, hiddenOf, type ContenderName } from '../../../src/study/compare/contenders.js';
import { runJob } from '../../../src/study/compare/job.js';
import { parseCompareOptions } from '../../../src/study/compare/options.js';
import type { JobEvent, JobResult } from '../../../src/study/compare/result.js';
import { evaluate } from '../../../src/study/evaluate/evaluate.js';
import { inspect } from '../../../src/study/inspect/measure.js';
import { Alphabet } from '../../../src/text/alphabet.js';
import { splitText } from '../../../src/text/split.js';
import { asSymbols } from '../../../src/text/symbols.js';
import { parseTrainOptions } from '../../../src/train/options.js';
import { Trainer } from '../../../src/train/trainer.js';

const TEXT = 'O vento não diz nada; quem o ouve é que responde.\n'.repeat(60);
const alphabet = Alphabet.of(TEXT, 'text');
const ids = alphabet.encode(TEXT, 'text');
const split = splitText(asSymbols(ids), 0.2);
const held = TEXT.slice(TEXT.length - split.validation.length);
const SMALL = { hidden: 6, window: 8, batch: 3, scored: 200, characters: 600 };

/** @param tick seconds between two looks at the clock */
function eventsOf(contender: ContenderName, given: object = {}, tick = 0.001): JobEvent[] {
  let seconds = 0;
  const setup = {
    job: { contender, seed: 5 },
    options: parseCompareOptions({ ...SMALL, ...given }),
    ...{ alphabet, ...split, where: 'text', kernels: openReference() },
    now: () => 1000 * (seconds += tick),
  };
  return [...runJob(setup)];
}

function resultOf(...args: Parameters<typeof eventsOf>): JobResult {
  const last = eventsOf(...args).at(-1);
  if (last?.kind !== 'result') throw new Error('no result');
  return last.result;
}

describe('each contender', () => {
  test.each(CONTENDER_NAMES)('%s: is the same twice, and complete', (contender) => {
    const result = resultOf(contender);
    expect(resultOf(contender)).toEqual(result);
    expect(result).toMatchObject({ contender, seed: 5, ended: 'budget' });
    expect(result.heldOut?.predictions).toBe(199);
    expect(Array.from(result.sample)).toHaveLength(1000);
    expect(result.quality?.words).toBeGreaterThan(0);
    expect(result.parameters).toBeGreaterThan(0);
    if (contender === 'ngram') {
      expect(result).toMatchObject({ start: null, end: null, charactersSeen: split.training.length });
      return;
    }
    expect(result.charactersSeen).toBeGreaterThanOrEqual(600);
    expect(result.charactersSeen).toBeLessThan(600 + 24);
    expect(result.curve[0]).toMatchObject({ characters: 0, seconds: 0 });
    expect(result.curve.at(-1)).toMatchObject({ characters: result.charactersSeen, seconds: result.seconds });
    expect(result.curve).toHaveLength(11);
    for (const layer of [...(result.start ?? []), ...(result.end ?? [])])
      expect(layer.lagLog10?.h).toHaveLength(8);
    // The whole of the scored text is that of the curve here.
    expect(result.curve.at(-1)?.bitsPerChar).toBeCloseTo(result.heldOut?.bitsPerChar ?? NaN, 10);
  });

  test('brain.js untrained guesses: log₂ of the symbols', () => {
    expect(resultOf('brainjs').curve[0].bitsPerChar).toBeCloseTo(Math.log2(alphabet.size), 2);
  });

  test('brain.js comes with its gradient check, wrong as shipped and right repaired', () => {
    const right = (contender: ContenderName): number | undefined =>
      resultOf(contender).gradientCheck?.filter((one) => one.right).length;
    expect([right('brainjs'), right('brainjs-repaired')]).toEqual([9, 15]);
    expect(resultOf('tanh').gradientCheck).toBeUndefined();
  });
});

test('an LSTM has the figures that training, evaluate and inspect give alone', () => {
  const result = resultOf('lstm', { layers: 2 });
  const kernels = openReference();
  const shape = { cell: 'lstm', layers: 2, hidden: 6, symbols: alphabet.size } as const;
  const trainer = new Trainer({
    ...{ kernels, shape, training: split.training, validation: new Uint16Array(), probes: [], where: 'text' },
    options: parseTrainOptions({
      cell: 'lstm',
      layers: 2,
      hidden: 6,
      window: 8,
      batch: 3,
      seed: 5,
      steps: 25,
    }),
  });
  const model = { network: trainer.network, alphabet };
  const layersNow = () =>
    inspect(model, held, { rows: 8, timesteps: 8 }, 'text').layers.map(
      // Elsewhere in the text only `inspect` looks.
      ({ layer, lagLog10, saturation, memory: { tailOverWindows, ...memory } }) => {
        expect(tailOverWindows).toBeDefined();
        return { layer, lagLog10, saturation, memory };
      },
    );
  expect(result.start).toEqual(layersNow());
  expect([...trainer.run()].at(-1)?.kind).toBe('finished');
  expect(result.end).toEqual(layersNow());
  expect(evaluate(model, held.slice(0, 200), 'text')).toMatchObject(result.heldOut ?? {});
  expect(result.heldOut?.predictions).toBe(199);
  expect(result.parameters).toBe(parameterCount(shape));
});

describe('the budget', () => {
  test('brain.js is stopped by the clock as well, ours is not', () => {
    const slow = { characters: 600, baselineMinutes: 0.1 };
    const brain = resultOf('brainjs', slow, 1);
    // Two looks at the clock around each update: a second each.
    expect(brain).toMatchObject({ ended: 'cap', seconds: 6, charactersSeen: 6 * 8 });
    expect(resultOf('tanh', slow, 1)).toMatchObject({ ended: 'budget', charactersSeen: 600 });
  });

  test('minutes hold for all, and are no cap', () => {
    for (const contender of ['tanh', 'brainjs'] as const)
      expect(resultOf(contender, { characters: undefined, minutes: 0.2 }, 1)).toMatchObject({
        ended: 'budget',
        seconds: 12,
      });
  });

  test('progress goes from little to nearly all', () => {
    const shares = eventsOf('gru', {}, 0.1).flatMap((event) =>
      event.kind === 'progress' ? event.share : [],
    );
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(20);
    expect(shares[0]).toBeLessThan(0.1);
    expect(shares.at(-1)).toBeLessThan(1);
  });
});

test.each(['relu', 'brainjs'] as const)(
  '%s, whose numbers are no longer finite, is told as diverged',
  (contender) => {
    const result = resultOf(contender, { lr: 1e200, clip: 1e300, baselineLr: 1e60 });
    expect(result).toMatchObject({ ended: 'diverged', heldOut: null, end: null, sample: '', quality: null });
    expect(() => JSON.stringify(result)).not.toThrow();
    expect(result.curve.every(({ bitsPerChar }) => Number.isFinite(bitsPerChar))).toBe(true);
  },
);

test('as many parameters as the LSTM of that size, within the width of a unit', () => {
  const size = { layers: 1, hidden: 32, match: 'parameters' } as const;
  expect(hiddenOf('lstm', size, 40)).toBe(32);
  expect(hiddenOf('ngram', size, 40)).toBeNull();
  const target = parameterCount({ cell: 'lstm', layers: 1, hidden: 32, symbols: 40 });
  for (const cell of ['tanh', 'gru'] as const) {
    const hidden = hiddenOf(cell, size, 40) ?? 0;
    const off = (units: number): number =>
      Math.abs(parameterCount({ cell, layers: 1, hidden: units, symbols: 40 }) - target);
    expect(off(hidden)).toBeLessThanOrEqual(Math.min(off(hidden - 1), off(hidden + 1)));
  }
  expect(hiddenOf('tanh', { ...size, match: 'hidden' }, 40)).toBe(32);
});
