/** The loss of a text: against a loop that shows the network one symbol after the other. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import { forward } from '../../../src/bptt/forward.js';
import { Unrolled } from '../../../src/bptt/unrolled.js';
import { openReference } from '../../../src/kernels/reference.js';
import { CELLS } from '../../../src/model/shape.js';
import { bitsOf, evaluate, evaluatePredictor } from '../../../src/study/evaluate/evaluate.js';
import type { Model } from '../../../src/study/model/model.js';
import { Sampler } from '../../../src/study/sample/sample.js';
import { asSymbols, type Symbols } from '../../../src/text/symbols.js';
import { Evaluator, streamsFor, type Evaluation } from '../../../src/train/evaluate.js';
import { expectEachClose } from '../../close.js';
import { engines } from '../../engines.js';
import { messageOf } from '../../store/fixtures.js';
import { makeModel, SYMBOLS } from '../models.js';

/** −log softmax of each symbol but the first, the carry kept throughout. */
function naiveLosses({ network, alphabet }: Model, text: readonly string[]): number[] {
  const unrolled = new Unrolled(network, { rows: 1, timesteps: 1, gradients: false, dropout: 0 });
  const ids = text.map((symbol) => alphabet.idOf(symbol) ?? NaN);
  return ids.slice(1).map((next, t) => {
    unrolled.inputs.data[0] = ids[t];
    forward(unrolled, 1);
    unrolled.carryOn();
    const logits = [...unrolled.logits.data];
    return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[next];
  });
}

const textOf = (length: number, seed: number): string[] => {
  const rng = Rng.fromSeed(seed);
  return Array.from({ length }, () => SYMBOLS[rng.uint32() % SYMBOLS.length]);
};
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('evaluate', () => {
  // 256 timesteps share a product: lengths on both sides of its end.
  test.each([2, 3, 256, 257, 258, 600])('%d characters, every cell: as a loop has it (seed 4)', (length) => {
    const text = textOf(length, 4);
    for (const cell of CELLS) {
      const model = makeModel(openReference(), { cell });
      const losses = naiveLosses(model, text);
      const report = evaluate(model, text.join(''), 'text');
      expect(report.predictions).toBe(length - 1);
      expectEachClose([report.lossNats], [mean(losses)], 1e-12, cell);
      expectEachClose([report.bitsPerChar], [mean(losses) / Math.log(2)], 1e-12, cell);
      // The first character is not predicted: its bytes do not count.
      const bytes = Buffer.byteLength(text.slice(1).join(''));
      const bits = losses.reduce((sum, x) => sum + x, 0) / Math.log(2);
      expectEachClose([report.bitsPerByte], [bits / bytes], 1e-12, cell);
    }
  });

  test.each(engines)('$name agrees (seed 5)', async ({ open, tolerance }) => {
    const text = textOf(300, 5);
    const expected = mean(naiveLosses(makeModel(openReference()), text));
    const { lossNats } = evaluate(makeModel(await open()), text.join(''), 'text');
    expectEachClose([lossNats], [expected], tolerance, 'loss');
  });

  test('asked twice it answers the same', () => {
    const model = makeModel(openReference());
    const text = textOf(300, 6).join('');
    expect(evaluate(model, text, 'text')).toEqual(evaluate(model, text, 'text'));
  });

  test('too short, or with strangers in it: says so', async () => {
    const model = makeModel(openReference());
    expect(await messageOf(() => evaluate(model, 'a', 'file'))).toBe(
      'file: the text has 1 character, expected at least 2: one to read, one to predict',
    );
    expect(await messageOf(() => evaluate(model, 'aéa', 'file'))).toMatch(
      /^file: the model's alphabet does not have 'é' \(U\+00E9\)/,
    );
    // One character, though two code units.
    expect(await messageOf(() => evaluate(model, '🙂', 'file'))).toMatch(/^file: the text has 1 character/);
  });

  test('whatever predicts symbol by symbol is scored the same', async () => {
    const model = makeModel(openReference());
    const text = textOf(300, 8).join('');
    const ids = model.alphabet.encode(text, 'text');
    const report = evaluate(model, text, 'text');
    for (const given of [ids, asSymbols(ids)]) {
      const found = evaluatePredictor(new Sampler(model), given, model.alphabet, 'text');
      expect(found.predictions).toBe(report.predictions);
      expectEachClose(
        [found.lossNats, found.bitsPerChar, found.bitsPerByte],
        [report.lossNats, report.bitsPerChar, report.bitsPerByte],
        1e-12,
        'predictor',
      );
    }
    expect(
      await messageOf(() =>
        evaluatePredictor(new Sampler(model), ids.subarray(0, 1), model.alphabet, 'file'),
      ),
    ).toMatch(/^file: the text has 1 character/);
  });

  test('bits of nats', () => {
    expect(bitsOf(Math.log(8))).toBeCloseTo(3, 14);
  });
});

describe('an evaluator of several streams', () => {
  test.each([1, 2, 3, 7])('%d: each as a text of its own, begun from zero (seed 7)', (streams) => {
    const model = makeModel(openReference(), { cell: 'lstm' });
    const text = textOf(101, 7);
    const length = Math.floor((text.length - 1) / streams);
    // Stream n begins where stream n − 1 has made its last prediction.
    const losses = Array.from({ length: streams }, (_, n) =>
      naiveLosses(model, text.slice(n * length, (n + 1) * length + 1)),
    ).flat();
    for (const timesteps of [1, 8, 128]) {
      const evaluator = new Evaluator(model.network, streams, timesteps);
      const found = evaluator.run(model.alphabet.encode(text.join(''), 'text'));
      expect(found.predictions).toBe(losses.length);
      expectEachClose([found.lossNats], [mean(losses)], 1e-12, `${timesteps} timesteps`);
      // Nothing of the run before is left.
      expect(evaluator.run(model.alphabet.encode(text.join(''), 'text'))).toEqual(found);
    }
  });

  test('as many streams as leave each 1024 symbols, 32 at most', () => {
    expect([2, 1023, 1024, 2047, 2048, 32 * 1024, 1e6].map(streamsFor)).toEqual([1, 1, 1, 1, 2, 32, 32]);
  });
});

/** The losses of predictions `from` to `to` of a text, read from prediction `read` on with nothing before. */
const lossesOf = (model: Model, text: readonly string[], read: number, from: number, to: number): number[] =>
  naiveLosses(model, text.slice(read, to + 1)).slice(from - read);

describe('a part of a text', () => {
  test.each([1, 3, 5])('%d passages, evenly spread, each after what stands before it (seed 9)', (streams) => {
    const model = makeModel(openReference(), { cell: 'gru' });
    const [length, count] = [1_500, 60];
    const text = textOf(length, 9);
    const symbols = asSymbols(model.alphabet.encode(text.join(''), 'text'));
    const each = count / streams;
    const apart = streams > 1 ? (length - 1 - each) / (streams - 1) : 0;
    const expected = Array.from({ length: streams }, (_, n) => {
      const begin = Math.floor(n * apart);
      return lossesOf(model, text, Math.max(0, begin - 128), begin, begin + each);
    }).flat();
    expect(expected).toHaveLength(count);
    for (const timesteps of [7, 128]) {
      const evaluator = new Evaluator(model.network, streams, timesteps);
      const found = evaluator.runPart(symbols, count);
      expect(found.predictions).toBe(count);
      expectEachClose([found.lossNats], [mean(expected)], 1e-12, `${timesteps} timesteps`);
      expect(evaluator.runPart(symbols, count)).toEqual(found);
    }
  });
});

describe('all of a text', () => {
  const whole = (evaluator: Evaluator, symbols: Symbols): Evaluation => {
    const reading = evaluator.runWhole(symbols);
    for (;;) {
      const { done, value } = reading.next();
      if (done === true) return value;
    }
  };

  test.each([2, 3, 1023, 2047, 2048, 5000])(
    '%d characters in several streams: every prediction, as one stream makes it (seed 3)',
    (length) => {
      const model = makeModel(openReference(), { cell: 'lstm' });
      const text = textOf(length, 3).join('');
      const symbols = asSymbols(model.alphabet.encode(text, 'text'));
      const { predictions, lossNats } = evaluate(model, text, 'text');
      const evaluator = new Evaluator(model.network, 32);
      const found = whole(evaluator, symbols);
      expect(found.predictions).toBe(predictions);
      expectEachClose([found.lossNats], [lossNats], 1e-12, 'loss');
      // A shorter one after it is read in fewer streams, and nothing of the longer one is left.
      const part = text.slice(0, 60);
      const short = whole(evaluator, asSymbols(model.alphabet.encode(part, 'text')));
      if (length >= 60)
        expectEachClose([short.lossNats], [evaluate(model, part, 'text').lossNats], 1e-12, 'part');
    },
  );
});
