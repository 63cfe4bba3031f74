/** What is drawn, how often, and from what: the sampler against softmax. */
import { beforeEach, describe, expect, test } from 'vitest';
import { forward } from '../../../src/bptt/forward.js';
import { Unrolled } from '../../../src/bptt/unrolled.js';
import { openReference } from '../../../src/kernels/reference.js';
import type { Model } from '../../../src/study/model/model.js';
import { Sampler, sampleOptions } from '../../../src/study/sample/sample.js';
import { symbolsOf, UNKNOWN } from '../../../src/text/alphabet.js';
import { messageOf } from '../../store/fixtures.js';
import { makeModel, SYMBOLS } from '../models.js';

let model: Model;
beforeEach(() => {
  model = makeModel(openReference());
});

const sample = (options: Record<string, unknown>, of = model): string[] => [
  ...new Sampler(of).run(sampleOptions.parse(options)),
];

/** The logits after each of `shown`, the carry from zero: one window over all of it, not symbol by symbol. */
function logitsAfter(shown: readonly string[], of = model): number[][] {
  const { network, alphabet } = of;
  const options = { rows: 1, timesteps: shown.length, gradients: false, dropout: 0 };
  const unrolled = new Unrolled(network, options);
  unrolled.inputs.data.set(shown.map((symbol) => alphabet.idOf(symbol) ?? NaN));
  forward(unrolled, shown.length);
  return shown.map((_, t) => [...unrolled.logits.rowRange(t, 1).data]);
}

function softmax(logits: readonly number[], temperature: number): number[] {
  const weights = logits.map((logit) => Math.exp(logit / temperature));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

const DRAWS = 4000;

/** How often each symbol is the first one made, over seeds 1 to DRAWS. */
function firstDraws(options: Record<string, unknown>, of = model): number[] {
  const counts = new Map(of.alphabet.symbols.map((symbol) => [symbol, 0]));
  const sampler = new Sampler(of);
  for (let seed = 1; seed <= DRAWS; seed++) {
    const [symbol] = sampler.run(sampleOptions.parse({ ...options, length: 1, seed }));
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** Σ (found − expected)² / expected; infinite where something was drawn that cannot be. */
const chiSquare = (counts: readonly number[], probabilities: readonly number[]): number =>
  probabilities.reduce(
    (sum, p, i) => sum + (counts[i] === 0 && p === 0 ? 0 : (counts[i] - DRAWS * p) ** 2 / (DRAWS * p)),
    0,
  );
/** Chi-square with five degrees of freedom is above this once in 10,000 cases. */
const LIMIT = 25.7;

/** The probabilities with all but `kept` at 0, and the others raised to sum to 1. */
function cutTo(probabilities: readonly number[], kept: (rank: number, before: number) => boolean): number[] {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
  let before = 0;
  const chosen = new Set<number>();
  order.forEach((id, rank) => {
    if (kept(rank, before)) chosen.add(id);
    before += probabilities[id];
  });
  const sum = [...chosen].reduce((total, id) => total + probabilities[id], 0);
  return probabilities.map((p, id) => (chosen.has(id) ? p / sum : 0));
}

describe(`${DRAWS} draws of the first symbol (seeds 1–${DRAWS}, model seed 3)`, () => {
  const after = (prompt: string): number[] => logitsAfter(symbolsOf(prompt)).at(-1) ?? [];

  test.each([0.5, 1, 2.5])('at temperature %d they are softmax(logits / temperature)', (temperature) => {
    const probabilities = softmax(after('za'), temperature);
    const counts = firstDraws({ prompt: 'za', temperature });
    expect(chiSquare(counts, probabilities)).toBeLessThan(LIMIT);
    // The bound can tell: the neighbouring temperature does not fit.
    expect(chiSquare(counts, softmax(after('za'), temperature * 1.3))).toBeGreaterThan(LIMIT);
  });

  test('top-k beyond the alphabet takes nothing away', () => {
    const counts = firstDraws({ prompt: 'a', temperature: 1, topK: 100 });
    expect(chiSquare(counts, softmax(after('a'), 1))).toBeLessThan(LIMIT);
  });

  test.each([1, 2, 4])('top-k %d: the k likeliest only, in their proportions', (topK) => {
    const probabilities = cutTo(softmax(after('a'), 1), (rank) => rank < topK);
    const counts = firstDraws({ prompt: 'a', temperature: 1, topK });
    expect(counts.filter((count) => count > 0)).toHaveLength(topK);
    expect(chiSquare(counts, probabilities)).toBeLessThan(LIMIT);
  });

  test.each([0.3, 0.6, 0.9])('top-p %d: the fewest that together reach p', (topP) => {
    const whole = softmax(after('a'), 1);
    const probabilities = cutTo(whole, (_, before) => before < topP);
    const counts = firstDraws({ prompt: 'a', temperature: 1, topP });
    expect(chiSquare(counts, probabilities)).toBeLessThan(LIMIT);
    expect(counts.map((count) => count > 0)).toEqual(probabilities.map((p) => p > 0));
    expect(probabilities.filter((p) => p > 0).length).toBeLessThan(SYMBOLS.length);
  });

  test('top-p is taken of what top-k leaves', () => {
    const three = cutTo(softmax(after('a'), 1), (rank) => rank < 3);
    const probabilities = cutTo(three, (_, before) => before < 0.8);
    const counts = firstDraws({ prompt: 'a', temperature: 1, topK: 3, topP: 0.8 });
    expect(chiSquare(counts, probabilities)).toBeLessThan(LIMIT);
  });
});

describe('the sampler', () => {
  test('top-p 1 takes nothing away', () => {
    const free = sample({ length: 200 });
    expect(free).toHaveLength(200);
    expect(sample({ length: 200, topP: 1 })).toEqual(free);
  });

  test('at temperature 0 always takes the likeliest, whatever the seed', () => {
    const made = sample({ prompt: 'aç', length: 30, temperature: 0 });
    expect(sample({ prompt: 'aç', length: 30, temperature: 0, seed: 77, topK: 3 })).toEqual(made);
    // The carry goes through prompt and text: each symbol against one window over all before it.
    const logits = logitsAfter(['a', 'ç', ...made]);
    const likeliest = logits.slice(1, -1).map((row) => SYMBOLS[row.indexOf(Math.max(...row))]);
    expect(made).toEqual(likeliest);
    expect(new Set(made).size).toBeGreaterThan(1);
  });

  test('the same seed gives the same text, another seed another', () => {
    const text = sample({ length: 50, seed: 5 });
    expect(sample({ length: 50, seed: 5 })).toEqual(text);
    expect(sample({ length: 50, seed: 6 })).not.toEqual(text);
    // A sampler used before begins anew.
    const sampler = new Sampler(model);
    expect([...sampler.run(sampleOptions.parse({ prompt: 'zz', length: 9 }))]).toHaveLength(9);
    expect([...sampler.run(sampleOptions.parse({ length: 50, seed: 5 }))]).toEqual(text);
  });

  test('without a prompt begins after a line feed; without one in the alphabet after its first symbol', () => {
    expect(sample({ length: 40 })).toEqual(sample({ length: 40, prompt: '\n' }));
    const symbols = ['b', 'a', 'c'];
    const other = makeModel(openReference(), { symbols, cell: 'tanh', layers: 1 });
    const made = (prompt: string): string[] =>
      [1, 2, 3, 4, 5].flatMap((seed) => sample({ length: 40, temperature: 3, prompt, seed }, other));
    expect(made('')).toEqual(made('b'));
    expect(made('')).not.toEqual(made('a'));
  });

  test('the prompt is read in NFC, and is not part of what is made', () => {
    const composed = sample({ length: 20, prompt: 'a\u00e7' });
    expect(sample({ length: 20, prompt: 'ac\u0327' })).toEqual(composed);
    expect(composed).toHaveLength(20);
    expect(sample({ length: 0, prompt: 'a' })).toEqual([]);
  });

  test('a prompt with symbols it does not have names them, before anything is made', async () => {
    const refused = await messageOf(() => sample({ prompt: 'aжa\tQ' }));
    expect(refused).toMatch(
      /^--prompt: .* 'ж' \(U\+0436\), U\+0009, 'Q' \(U\+0051\), .* 6 .*: aç🙂z;.*--unknown skip/u,
    );
  });

  test('the symbol for unknown ones is never made, however likely', () => {
    const symbols = [...SYMBOLS, UNKNOWN];
    const other = makeModel(openReference(), { symbols });
    const { readoutBias } = other.network.parameters;
    readoutBias.data[6] = 50;
    other.network.refresh();
    // A stranger is read as the unknown symbol.
    for (const temperature of [0, 1]) {
      const made = sample({ prompt: 'жa', length: 100, temperature }, other);
      expect(made).toHaveLength(100);
      expect(made).not.toContain(UNKNOWN);
    }
  });

  test('huge logits overflow at no temperature', () => {
    const other = makeModel(openReference(), { scale: 1e6 });
    for (const temperature of [1e-300, 1e-3, 1, 1e3]) {
      const made = sample({ length: 30, temperature }, other);
      expect(made.every((symbol) => SYMBOLS.includes(symbol))).toBe(true);
    }
    // Near 0 the likeliest has all of the probability.
    expect(sample({ length: 30, temperature: 1e-3 }, other)).toEqual(
      sample({ length: 30, temperature: 0 }, other),
    );
  });

  test.each(['tanh', 'sigmoid', 'relu', 'lstm', 'gru'] as const)(
    'symbol by symbol as in one window: %s',
    (cell) => {
      const other = makeModel(openReference(), { cell });
      const made = sample({ prompt: 'z', length: 12, temperature: 0 }, other);
      const logits = logitsAfter(['z', ...made], other).slice(0, -1);
      expect(made).toEqual(logits.map((row) => SYMBOLS[row.indexOf(Math.max(...row))]));
    },
  );
});
