/** The brain.js baseline: its training is the library's own, and it is scored by our definitions. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import { BrainNet, type BrainSetup } from '../../../src/study/brainjs/net.js';
import { makeNet, type NetKind } from '../../../src/study/brainjs/make.js';
import { withSeed } from '../../../src/study/brainjs/seeded.js';
import { netParameterCount } from '../../../src/study/brainjs/size.js';
import { sampleOptions } from '../../../src/study/sample/sample.js';
import { Alphabet } from '../../../src/text/alphabet.js';
import { messageOf } from '../../store/fixtures.js';
import { naiveSteps, nats } from './naive.js';

const alphabet = new Alphabet(['\n', ' ', 'a', 'b', 'ç', '🙂']);
const kinds: NetKind[] = (['LSTM', 'RNN'] as const).flatMap((net) => [
  { net, repaired: false },
  { net, repaired: true },
]);
const setupOf = (kind: NetKind, rest: Partial<BrainSetup> = {}): BrainSetup => ({
  ...kind,
  layers: 1,
  hidden: 5,
  alphabet,
  seed: 1,
  ...rest,
});
/** The library's own object, for the same weights. */
const twinOf = (setup: BrainSetup) => makeNet({ ...setup, symbols: setup.alphabet.symbols });

function idsOf(length: number, seed: number): Uint16Array {
  const rng = Rng.fromSeed(seed);
  return Uint16Array.from({ length }, () => rng.uint32() % alphabet.size);
}
const symbolsAt = (ids: Uint16Array): string[] => Array.from(ids, (id) => alphabet.symbols[id]);

/** So many updates. */
function train(net: BrainNet, ids: Uint16Array, updates: number, { window = 7, lr = 0.002 } = {}) {
  const steps = net.train(ids, { window, lr });
  return Array.from({ length: updates }, () => steps.next().value);
}
const bits = (net: BrainNet): number => net.evaluate(idsOf(40, 9), 'text').bitsPerChar;

describe('a net', () => {
  test.each(kinds)('$net repaired $repaired: has the parameters counted for its shape', (kind) => {
    for (const [layers, hidden] of [
      [1, 5],
      [2, 4],
      [3, 1],
    ])
      expect(new BrainNet(setupOf(kind, { layers, hidden })).parameters).toBe(
        netParameterCount(kind.net, { layers, hidden }, alphabet.size),
      );
  });

  test('counted by hand: V = 2, H = 3', () => {
    // Embedding 3×2, four times 3×2 + 3×3 + 3, readout 3×3 + 3.
    expect(netParameterCount('LSTM', { layers: 1, hidden: 3 }, 2)).toBe(6 + 4 * 18 + 12);
    expect(netParameterCount('RNN', { layers: 1, hidden: 3 }, 2)).toBe(6 + 18 + 12);
  });

  test('is made from its seed', () => {
    const [one, again, other] = [1, 1, 2].map((seed) => bits(new BrainNet(setupOf(kinds[0], { seed }))));
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  test('untrained, it needs log₂ V bits', () => {
    for (const kind of kinds) {
      const report = new BrainNet(setupOf(kind, { hidden: 16 })).evaluate(idsOf(2000, 3), 'text');
      expect(Math.abs(report.bitsPerChar - Math.log2(alphabet.size))).toBeLessThan(0.01);
      expect(report.predictions).toBe(1999);
    }
  });
});

describe('a seed for Math.random', () => {
  test('gives the same numbers again, and puts it back', () => {
    const before = Math.random;
    const draw = (seed: number): number[] => withSeed(seed, () => [Math.random(), Math.random()]);
    expect(draw(4)).toEqual(draw(4));
    expect(draw(5)).not.toEqual(draw(4));
    expect(Math.random).toBe(before);
    expect(() =>
      withSeed(4, () => {
        throw new RangeError('made so');
      }),
    ).toThrow('made so');
    expect(Math.random).toBe(before);
  });
});

describe('training', () => {
  test.each(kinds)(
    '$net repaired $repaired: is its own loop, over strings in order and round again',
    (kind) => {
      const setup = setupOf(kind);
      // Three strings of 7; the rest is left out.
      const ids = idsOf(24, 2);
      const strings = [0, 7, 14, 0, 7].map((from) => symbolsAt(ids.subarray(from, from + 7)));
      const net = new BrainNet(setup);
      const steps = train(net, ids, 5);
      const twin = twinOf(setup);
      twin.train(strings, { iterations: 1, errorThresh: 1e-9, learningRate: 0.002 });
      const held = Array.from(idsOf(40, 9));
      const logits = naiveSteps(twin, kind.net, held).slice(1);
      const expected = held
        .slice(1)
        .reduce((sum, id, t) => sum + nats(logits[t].logits.slice(1), id) / Math.LN2, 0);
      // The twin is in float64.
      expect(bits(net)).toBeCloseTo(expected / 39, 6);
      expect(steps.map(({ step, characters }) => [step, characters])).toEqual(
        [1, 2, 3, 4, 5].map((step) => [step, 7 * step]),
      );
      expect(net.charactersSeen).toBe(35);
    },
  );

  test.each(kinds)('$net repaired $repaired: tells the loss of the string before its update', (kind) => {
    const setup = setupOf(kind);
    const ids = idsOf(7, 2);
    const [{ lossNats }] = train(new BrainNet(setup), ids, 1);
    // Row 0 is END.
    const rows = [...Array.from(ids, (id) => id + 1), 0];
    const steps = naiveSteps(twinOf(setup), kind.net, Array.from(ids));
    const expected = steps.reduce((sum, { logits }, t) => sum + nats(logits, rows[t]), 0) / 8;
    expect(lossNats).toBeCloseTo(expected, 5);
  });

  test('asked again, it goes on where it was', () => {
    const [whole, parts] = [new BrainNet(setupOf(kinds[1])), new BrainNet(setupOf(kinds[1]))];
    const ids = idsOf(50, 2);
    train(whole, ids, 9);
    train(parts, ids, 4);
    expect(train(parts, ids, 5).map(({ step }) => step)).toEqual([5, 6, 7, 8, 9]);
    expect(bits(parts)).toBe(bits(whole));
  });

  test.each(kinds)('$net repaired $repaired: is not disturbed by a bit by reading and probing', (kind) => {
    const [left, asked] = [new BrainNet(setupOf(kind)), new BrainNet(setupOf(kind))];
    const ids = idsOf(70, 2);
    for (let round = 0; round < 4; round++) {
      train(left, ids, 2);
      train(asked, ids, 2);
      asked.evaluate(idsOf(20, 5), 'text');
      asked.sample(sampleOptions.parse({ prompt: 'ab' })).next();
      asked.layers(idsOf(13, 6), { rows: 2, timesteps: 6 });
    }
    expect(bits(asked)).toBe(bits(left));
  });

  test.each(kinds)('$net repaired $repaired: learns', (kind) => {
    const net = new BrainNet(setupOf(kind, { hidden: 8 }));
    const ids = Uint16Array.from({ length: 60 }, (_, i) => [2, 3, 4][i % 3]);
    const losses = train(net, ids, 200, { window: 12, lr: 0.003 }).map(({ lossNats }) => lossNats);
    expect(losses[0]).toBeCloseTo(Math.log(alphabet.size + 1), 1);
    // What is left is END, which comes at no place the net could know of beforehand.
    expect(losses[199]).toBeLessThan(0.5);
  });

  test('the repaired net is another than the one shipped', () => {
    const [shipped, repaired] = [kinds[0], kinds[1]].map((kind) => {
      const net = new BrainNet(setupOf(kind));
      const before = bits(net);
      train(net, idsOf(50, 2), 5);
      return { before, after: bits(net) };
    });
    expect(repaired.before).toBe(shipped.before);
    expect(repaired.after).not.toBe(shipped.after);
  });

  test('says so where it cannot be, in a line', async () => {
    const net = new BrainNet(setupOf(kinds[0]));
    expect(await messageOf(() => train(net, idsOf(6, 2), 1))).toBe(
      'brain.js: 6 characters to train on in windows of 7, expected at least one window, and of 2 characters or more; ' +
        'give a longer text, or another --window',
    );
    expect(await messageOf(() => train(net, idsOf(6, 2), 1, { window: 1 }))).toMatch(/windows of 1/);
    expect(await messageOf(() => train(net, idsOf(50, 2), 9, { lr: 1e38 }))).toMatch(
      /^brain\.js: its loss is NaN after \d updates? \(diverged\); give a smaller learning rate than 1e\+38$/,
    );
  });
});

describe('scored', () => {
  test('by the bytes of what it predicts', () => {
    const net = new BrainNet(setupOf(kinds[0]));
    // The first is not predicted: ç has two bytes, the face four.
    const { bitsPerChar, bitsPerByte } = net.evaluate(Uint16Array.of(5, 2, 4, 5), 'text');
    expect(bitsPerByte).toBeCloseTo((bitsPerChar * 3) / (1 + 2 + 4), 12);
  });

  test('too short a text is refused', async () => {
    const net = new BrainNet(setupOf(kinds[0]));
    expect(await messageOf(() => net.evaluate(Uint16Array.of(1), 'held out'))).toBe(
      'held out: the text has 1 character, expected at least 2: one to read, one to predict',
    );
  });
});

describe('sampled', () => {
  const trained = (): BrainNet => {
    const net = new BrainNet(setupOf(kinds[1], { hidden: 12 }));
    train(
      net,
      Uint16Array.from({ length: 60 }, (_, i) => [2, 3, 2, 4][i % 4]),
      300,
      { window: 12, lr: 0.003 },
    );
    return net;
  };
  const sample = (net: BrainNet, options: Record<string, unknown>): string =>
    [...net.sample(sampleOptions.parse({ length: 12, ...options }))].join('');

  test('it goes on from the prompt, its last symbol included', () => {
    const net = trained();
    expect(sample(net, { prompt: 'abaça', temperature: 0 })).toBe('baçabaçabaça');
    expect(sample(net, { prompt: 'abaçab', temperature: 0 })).toBe('açabaçabaçab');
  });

  test('same seed, same text', () => {
    const net = new BrainNet(setupOf(kinds[0]));
    expect(sample(net, { seed: 3 })).toBe(sample(net, { seed: 3 }));
    expect(sample(net, { seed: 4 })).not.toBe(sample(net, { seed: 3 }));
  });
});
