/** The n-gram contender: by hand, and scored as anything that predicts. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import { evaluatePredictor } from '../../../src/study/evaluate/evaluate.js';
import { NgramModel } from '../../../src/study/ngrams/model.js';
import { sampleOptions } from '../../../src/study/sample/sample.js';
import { Alphabet } from '../../../src/text/alphabet.js';
import { asSymbols } from '../../../src/text/symbols.js';
import { messageOf } from '../../store/fixtures.js';

const alphabet = new Alphabet(['a', 'b', 'ç']);
const ids = (text: string): Uint16Array => alphabet.encode(text, 'text');

describe('by hand', () => {
  // Counted on aabaab, V = 3:
  //   P₀(a) = (4 + 2/3)/8 = 7/12, P₀(b) = (2 + 2/3)/8 = 1/3, P₀(ç) = (0 + 2/3)/8 = 1/12
  //   after a (met 4 times, followed by a twice, by b twice): P₁(a) = (2 + 2·7/12)/6 = 19/36, P₁(b) = (2 + 2/3)/6 = 4/9
  //   after b (followed once, by a): P₁(a) = (1 + 7/12)/2 = 19/24, P₁(b) = (1/3)/2 = 1/6, P₁(ç) = 1/24
  const model = new NgramModel(ids('aabaab'), ids('abaab'), alphabet, 'text', 1);

  test('the order is the one that tells the validation text best', () => {
    // b a a b after the first a.
    const order0 = (2 * Math.log2(3) + 2 * Math.log2(12 / 7)) / 4;
    const order1 = (Math.log2(9 / 4) + Math.log2(24 / 19) + Math.log2(36 / 19) + Math.log2(9 / 4)) / 4;
    expect(model.validationBits[0]).toBeCloseTo(order0, 12);
    expect(model.validationBits[1]).toBeCloseTo(order1, 12);
    expect(model.order).toBe(1);
    // What was never met says nothing for looking back.
    expect(new NgramModel(ids('aabaab'), ids('bbbb'), alphabet, 'text', 1).order).toBe(0);
  });

  test('bits per character and per byte', () => {
    const report = model.evaluate(ids('bça'), 'text');
    // ç was not met: nothing is known of what follows it but P₀.
    const bits = Math.log2(24) + Math.log2(12 / 7);
    expect(report.predictions).toBe(2);
    expect(report.bitsPerChar).toBeCloseTo(bits / 2, 12);
    expect(report.bitsPerByte).toBeCloseTo(bits / 3, 12);
    expect(report.lossNats).toBeCloseTo((bits / 2) * Math.LN2, 12);
  });

  test('the n-grams counted are its parameters', () => {
    // a, b; aa, ab, ba.
    expect(model.parameters).toBe(5);
    expect(new NgramModel(ids('aabaab'), ids('bbbb'), alphabet, 'text', 1).parameters).toBe(2);
  });

  test('what comes next', () => {
    model.reset();
    const expected = [19 / 24, 1 / 6, 1 / 24];
    Array.from(model.show(1), Math.exp).forEach((p, id) => {
      expect(p).toBeCloseTo(expected[id], 12);
    });
  });
});

describe('a longer text', () => {
  const rng = Rng.fromSeed(11);
  // More than a piece of it, and not all equally likely.
  const text = Uint16Array.from({ length: 70_000 }, (_, i) => Math.floor(3 * rng.uniform() ** (1 + (i % 3))));
  const model = new NgramModel(text, asSymbols(text.subarray(0, 66_000)), alphabet, 'text', 3);

  test('is scored as by what it says of every next symbol, piece by piece', () => {
    const held = text.subarray(0, 66_000);
    const report = model.evaluate(held, 'text');
    const expected = evaluatePredictor(model, held, alphabet, 'text');
    expect(report.predictions).toBe(65_999);
    expect(report.bitsPerChar).toBeCloseTo(expected.bitsPerChar, 9);
    expect(report.bitsPerByte).toBeCloseTo(expected.bitsPerByte, 9);
    expect(model.validationBits[model.order]).toBeCloseTo(report.bitsPerChar, 12);
  });

  test('is sampled by seed', () => {
    const sample = (seed: number): string =>
      [...model.sample(sampleOptions.parse({ length: 60, seed }))].join('');
    expect(sample(1)).toHaveLength(60);
    expect(sample(1)).toBe(sample(1));
    expect(sample(2)).not.toBe(sample(1));
  });

  test('at temperature 0 the likeliest is taken', () => {
    const model = new NgramModel(ids('abçabçabç'), ids('abçabç'), alphabet, 'text');
    const options = sampleOptions.parse({ prompt: 'ab', length: 6, temperature: 0 });
    expect([...model.sample(options)].join('')).toBe('çabçab');
  });
});

test('without a validation text there is no order to choose', async () => {
  expect(await messageOf(() => new NgramModel(ids('aabaab'), ids('a'), alphabet, 'book.txt'))).toBe(
    'book.txt: the text has 1 character, expected at least 2: one to read, one to predict',
  );
});
