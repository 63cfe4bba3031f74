/** Entropies and counting models, against hand-computed cases and a naive twin over strings. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { predictability } from '../../../src/study/corpus/measure.js';
import { Ngrams } from '../../../src/study/ngrams/ngrams.js';
import { asSymbols } from '../../../src/text/symbols.js';

const idsOf = (text: string): Uint16Array => Uint16Array.from(text, (symbol) => symbol.charCodeAt(0) - 97);

function counted(text: string, size: number, orders = 3): Ngrams {
  const ngrams = new Ngrams(size, orders);
  ngrams.add(idsOf(text));
  return ngrams;
}

/** By the definition: over all places of the text that have k characters before them. */
function naiveEntropy(text: string, k: number): number {
  const contexts = new Map<string, Map<string, number>>();
  for (let i = k; i < text.length; i++) {
    const next = contexts.get(text.slice(i - k, i)) ?? new Map<string, number>();
    next.set(text[i], (next.get(text[i]) ?? 0) + 1);
    contexts.set(text.slice(i - k, i), next);
  }
  let sum = 0;
  for (const next of contexts.values()) {
    const total = [...next.values()].reduce((a, b) => a + b);
    for (const count of next.values()) sum -= count * Math.log2(count / total);
  }
  return text.length > k ? sum / (text.length - k) : 0;
}

/** P_k of symbol x after `before`, in a model counted on `text`. */
function naiveP(text: string, size: number, before: string, x: string, k: number): number {
  if (k < 0) return 1 / size;
  const shorter = naiveP(text, size, before, x, k - 1);
  if (before.length < k) return shorter;
  const context = before.slice(before.length - k);
  const next: string[] = [];
  for (let i = k; i < text.length; i++) if (text.slice(i - k, i) === context) next.push(text[i]);
  if (next.length === 0) return shorter;
  const distinct = new Set(next).size;
  return (next.filter((symbol) => symbol === x).length + distinct * shorter) / (next.length + distinct);
}

describe('entropies', () => {
  test('by hand', () => {
    // Half a, half b; after an a always b, after a b always a.
    expect(counted('abababab', 2).entropies()).toEqual([1, 0, 0, 0]);
    // a: 3 of 4, so ¾·log₂(4/3) + ¼·log₂4; pairs aa ab ba: after a one of each, after b an a.
    const [h0, h1] = counted('aaba', 2).entropies();
    expect(h0).toBeCloseTo(0.75 * Math.log2(4 / 3) + 0.5, 12);
    expect(h1).toBeCloseTo(2 / 3, 12);
    // De Bruijn: every pair of bits once round, so nothing is known after one bit, and everything after two.
    expect(counted('aabba', 2).entropies().slice(1)).toEqual([1, 0, 0]);
    expect(counted('aaaa', 1).entropies()).toEqual([0, 0, 0, 0]);
    expect(counted('', 2).entropies()).toEqual([0, 0, 0, 0]);
  });

  test('are those of the naive twin, in pieces or at once', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('abcde')), maxLength: 200 });
    fc.assert(
      fc.property(text, fc.nat(200), (text, cut) => {
        const ngrams = new Ngrams(5, 4);
        ngrams.add(idsOf(text.slice(0, cut)));
        ngrams.add(idsOf(text.slice(cut)));
        ngrams.entropies().forEach((entropy, k) => {
          expect(entropy).toBeCloseTo(naiveEntropy(text, k), 9);
        });
      }),
    );
  });

  test('stay right when the tables grow many times', () => {
    let state = 7;
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    const text = Array.from({ length: 6000 }, () => 'abcdefghijklmnop'[Math.floor(16 * random() ** 2)]).join(
      '',
    );
    counted(text, 16, 5)
      .entropies()
      .forEach((entropy, k) => {
        expect(entropy).toBeCloseTo(naiveEntropy(text, k), 9);
      });
  });
});

describe('counting models', () => {
  test('by hand: Witten–Bell', () => {
    // After aab over {a, b}: P₀(b) = (1 + 2·½)/(3 + 2); after a: {a, b} once each, P₁(b) = (1 + 2·P₀)/(2 + 2).
    const ngrams = counted('aab', 2, 1);
    ngrams.forget();
    ngrams.follow(idsOf('a'));
    const [p0, p1] = [0.4, (1 + 0.8) / 4];
    const bits = ngrams.bitsOf(idsOf('b'));
    expect(bits[0]).toBeCloseTo(-Math.log2(p0), 12);
    expect(bits[1]).toBeCloseTo(-Math.log2(p1), 12);
  });

  test('are those of the naive twin, and sum to 1 over the alphabet', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('abc')), maxLength: 40 });
    fc.assert(
      fc.property(text, text, (text, held) => {
        const ngrams = counted(text, 4);
        const bits = ngrams.bitsOf(idsOf(held));
        for (let k = 0; k <= 3; k++) {
          let expected = 0;
          for (let i = 0; i < held.length; i++)
            expected -= Math.log2(naiveP(text, 4, text + held.slice(0, i), held[i], k));
          expect(bits[k]).toBeCloseTo(expected, 8);
          const sum = Array.from('abcd').reduce((p, x) => p + naiveP(text, 4, text, x, k), 0);
          expect(sum).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test('what is measured does not count: the same bits twice', () => {
    const ngrams = counted('abcabcaab', 4);
    const twice = [0, 1].map(() => {
      ngrams.forget();
      return ngrams.bitsOf(idsOf('abcd'));
    });
    expect(twice[0]).toEqual(twice[1]);
  });
});

describe('predictability', () => {
  test('counts the whole for the entropies, and the training part alone for the models', () => {
    const text = 'banana da bandana, a banda e a dana. '.replace(/[^a-z]/g, 'z').repeat(4);
    const [training, held] = [text.slice(0, 100), text.slice(100)];
    const report = predictability(asSymbols(idsOf(training)), asSymbols(idsOf(held)), 26);
    expect(report.measured).toBe(text.length);
    const ngrams = counted(training, 26, 5);
    const bits = ngrams.bitsOf(idsOf(held));
    report.orders.forEach(({ order, entropy, heldOut }) => {
      expect(entropy).toBeCloseTo(naiveEntropy(text, order), 9);
      expect(heldOut).toBeCloseTo(bits[order] / held.length, 12);
    });
    const none = predictability(asSymbols(idsOf(text)), asSymbols(new Uint16Array()), 26);
    expect(none.orders.map(({ heldOut }) => heldOut)).toEqual(new Array(6).fill(null));
  });
});

test('of a text with more n-grams than are counted, as much is measured as they reach', () => {
  // Nearly every two symbols are new.
  let state = 1;
  const ids = Uint16Array.from({ length: 60_000 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 20;
  });
  const [training, held] = [asSymbols(ids.subarray(0, 50_000)), asSymbols(ids.subarray(50_000))];
  const whole = predictability(training, held, 5000);
  expect(whole.measured).toBe(60_000);
  const part = predictability(training, held, 5000, 100_000);
  expect(part.measured).toBeGreaterThan(5000);
  expect(part.measured).toBeLessThan(45_000);
  // Held out is as large a part of what is held out.
  const [first] = part.orders;
  expect(first.heldOut).toBeGreaterThan(10);
});
