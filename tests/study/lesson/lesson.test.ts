/** The lesson whole, on tiny networks: what it trains, what it tells on its way, what it ends with. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import { openReference } from '../../../src/kernels/reference.js';
import { initialise } from '../../../src/model/init.js';
import { Parameters } from '../../../src/model/parameters.js';
import { strictJson } from '../../../src/store/json.js';
import { net } from '../../../src/study/lesson/doing.js';
import type { Doing } from '../../../src/words/lesson/doing.js';
import { freshNets } from '../../../src/study/lesson/fresh.js';
import { INITIALISATIONS, SEEDS } from '../../../src/words/lesson/fresh.js';
import { measureLesson } from '../../../src/study/lesson/lesson.js';
import { SECTIONS, type LessonProgress } from '../../../src/words/lesson/figures.js';
import { hasLearnt, levelsOf } from '../../../src/study/lesson/levels.js';
import { MARGIN_NATS } from '../../../src/words/lesson/levels.js';
import { briefOptions, Nets } from '../../../src/study/lesson/nets.js';
import { claimPart, verdictOf } from '../../../src/study/lesson/outcome.js';
import { sound } from '../../../src/words/lesson/outcome.js';
import { BATCH, seedOf, shortestLesson } from '../../../src/study/lesson/setup.js';
import { asSymbols } from '../../../src/text/symbols.js';
import { parseTrainOptions } from '../../../src/train/options.js';
import { Trainer } from '../../../src/train/trainer.js';
import { toEnd } from './run.js';
import { TEXT, tinySetup } from './tiny.js';

describe('the setup', () => {
  test('the end of the text is held out and measured on, with as many rows as it has room for', () => {
    // The text repeats itself: its end is to be another than its beginning.
    const text = TEXT.slice(0, -7);
    const setup = tinySetup({ window: 10 }, text);
    const held = Math.floor(text.length / 10);
    expect(setup.validation.length).toBe(held);
    expect(setup.training.length).toBe(text.length - held);
    const rows = Math.min(BATCH, Math.floor((held - 1) / 10));
    expect(setup.size).toEqual({ rows, timesteps: 10 });
    expect(setup.alphabet.decode(setup.measured)).toBe(text.slice(-held).slice(0, rows * 10 + 1));
  });

  test.each([2, 5, 64])('the shortest text that is taken has a row to measure on: window %i', (window) => {
    const long = TEXT.repeat(2);
    let length = BATCH * window;
    const isTaken = (): boolean => {
      try {
        return tinySetup({ window }, long.slice(0, length)).size.rows >= 1;
      } catch {
        return false;
      }
    };
    while (length < long.length && !isTaken()) length++;
    const { size, measured } = tinySetup({ window }, long.slice(0, length));
    expect(size.rows).toBe(1);
    expect(measured).toHaveLength(window + 1);
  });

  test('a text that is too short is refused, saying how long it must be', () => {
    expect(() => tinySetup({ window: 20 }, TEXT.slice(0, 300))).toThrow(
      /^tiny: has 300 characters, expected at least 356 for 16 sequences of 20 timesteps/,
    );
  });

  test.each([
    // The held-out tenth fills the window measured on.
    { window: 8, steps: 3, needed: 10 * (BATCH * 8 + 1) },
    { window: 64, steps: 100, needed: 10 * (BATCH * 64 + 1) },
    // A hundred passes over what is trained on.
    { window: 64, steps: 1000, needed: Math.ceil((1000 * BATCH * 64) / 100 / 0.9) },
  ])(
    'the shortest text that carries a lesson: $window timesteps, $steps updates',
    ({ needed, ...options }) => {
      expect(shortestLesson({ hidden: 4, seed: 1, ...options })).toBe(needed);
    },
  );

  test('seeds count on, beyond the largest too', () => {
    expect([0, 1, 2].map((i) => seedOf({ seed: 7 }, i))).toEqual([7, 8, 9]);
    expect(seedOf({ seed: 2 ** 31 - 1 }, 1)).toBe(-(2 ** 31));
    expect(() => parseTrainOptions({ seed: seedOf({ seed: 2 ** 31 - 1 }, 4) })).not.toThrow();
  });

  test('the levels: all symbols alike, and each as often as it comes (Witten–Bell: seen 3 and 1 times of 4)', () => {
    const ids = (...numbers: number[]) => asSymbols(Uint16Array.from(numbers));
    const { even, unigram } = levelsOf(ids(0, 0, 1, 0), ids(0, 1, 2), 3);
    expect(even).toBeCloseTo(Math.log(3), 12);
    const [p0, p1, p2] = [3, 1, 0].map((times) => (times + 2 / 3) / (4 + 2));
    expect(unigram).toBeCloseTo(-(Math.log(p0) + Math.log(p1) + Math.log(p2)) / 3, 12);
    expect(hasLearnt(unigram - MARGIN_NATS, { even, unigram })).toBe(true);
    expect(hasLearnt(unigram - MARGIN_NATS / 2, { even, unigram })).toBe(false);
    expect(hasLearnt(null, { even, unigram })).toBe(false);
  });
});

describe('an outcome', () => {
  test('of a part: all cases, some, none; and none to be looked at', () => {
    const outcomes = [[true, true], [true, false], [false, false], []].map((cases) => claimPart('x', cases));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['holds', 'partly', 'fails', 'open']);
    expect(outcomes[1]).toMatchObject({ held: 1, cases: 2 });
  });

  test('of a claim: from the parts that something can be said of, and that it is about', () => {
    const [yes, no, open] = [claimPart('yes', [true]), claimPart('no', [false]), claimPart('open', [])];
    const beside = claimPart('beside', [false], true);
    expect(verdictOf([yes, yes, open, beside]).outcome).toBe('holds');
    expect(verdictOf([yes, no]).outcome).toBe('partly');
    expect(verdictOf([no, open]).outcome).toBe('fails');
    expect(verdictOf([open, beside]).outcome).toBe('open');
    expect(verdictOf([claimPart('some', [true, false])]).outcome).toBe('partly');
  });

  test('nothing is concluded from what a training left that taught nothing', () => {
    const net = { start: 1, end: 2, validationLossNats: 3 };
    expect(sound({ ...net, hasLearnt: true })).toEqual([1, 2]);
    expect(sound({ ...net, hasLearnt: false })).toEqual([1]);
    expect(sound({ ...net, end: null, hasLearnt: false })).toEqual([1]);
  });
});

describe('a network', () => {
  test('is trained as `train` would, once, and kept as it was before', () => {
    const setup = tinySetup();
    const nets = new Nets(setup);
    const spec = net('gru', { repeat: 2 });
    const { told, value: run } = toEnd(nets.get(spec));
    expect(told.map((doing: Doing) => doing.kind === 'training' && doing.done)).toEqual([1, 2, 3]);

    const kernels = openReference();
    const options = parseTrainOptions(briefOptions(setup, spec));
    expect(options.seed).toBe(setup.seed + 2);
    const shape = { cell: 'gru', layers: 1, hidden: 4, symbols: setup.alphabet.size } as const;
    const { training, validation } = setup;
    const trainer = new Trainer({ kernels, shape, options, training, validation, probes: [], where: '' });
    const norms = [...trainer.run()].flatMap((event) => (event.kind === 'step' ? event.gradientNorm : []));
    expect(run.gradientNorms).toEqual(norms);
    expect(run.end?.parameters).toEqual(trainer.network.parameters.toFloat32());
    expect(run.validationLossNats).toBe(trainer.best?.lossNats);
    const fresh = new Parameters(kernels, shape);
    initialise(fresh, options, Rng.fromSeed(setup.seed + 2));
    expect(run.start.parameters).toEqual(fresh.toFloat32());

    const again = toEnd(nets.get({ ...spec }));
    expect(again.told).toEqual([]);
    expect(again.value).toBe(run);
    expect(toEnd(nets.get({ ...spec, layers: 2 })).value).not.toBe(run);
    expect(toEnd(nets.get({ ...spec, repeat: 0 })).value).not.toBe(run);
  });

  test('has learnt where it predicts better than the frequencies do', () => {
    // The text repeats itself: a few hundred updates learn it.
    const setup = tinySetup({ hidden: 16, steps: 400, window: 8 });
    const { value } = toEnd(new Nets(setup).get(net('gru')));
    expect(value.validationLossNats).toBeLessThan(setup.levels.unigram - MARGIN_NATS);
    expect(value.hasLearnt).toBe(true);
    expect(toEnd(new Nets(tinySetup()).get(net('gru'))).value.hasLearnt).toBe(false);
  });

  test('without a limit the gradient is left as it is', () => {
    const setup = tinySetup();
    expect(parseTrainOptions(briefOptions(setup, net('relu', { clip: false }))).clipMode).toBe('none');
    const { value } = toEnd(new Nets(setup).get(net('relu', { clip: false })));
    expect(value.clipped).toBe(0);
  });

  test('as it is drawn: every initialisation with every seed, the weights `train` would begin with', () => {
    const setup = tinySetup({ seed: 5 });
    const found: string[] = [];
    for (const { init, seed, network } of freshNets(setup, 'tanh', 2)) {
      found.push(`${init} ${seed}`);
      const options = parseTrainOptions({ cell: 'tanh', layers: 2, hidden: 4, init, seed });
      const own = new Parameters(openReference(), network.shape);
      initialise(own, options, Rng.fromSeed(seed));
      expect(network.parameters.toFloat32()).toEqual(own.toFloat32());
    }
    expect(found).toEqual(
      INITIALISATIONS.flatMap((init) => Array.from({ length: SEEDS }, (_, i) => `${init} ${5 + i}`)),
    );
  });
});

test('ten sections, one after the other, told from beginning to end', () => {
  const { told, value } = toEnd(measureLesson(tinySetup()));
  const done = told.map((progress: LessonProgress) => progress.done);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(done[0]).toBeLessThan(0.02);
  expect(done.at(-1)).toBeCloseTo(1, 9);
  const order = told.map(({ section }) => SECTIONS.indexOf(section));
  expect(order).toEqual([...order].sort((a, b) => a - b));

  const { setup, sections } = value;
  expect(setup).toMatchObject({ hidden: 4, window: 8, steps: 3, seed: 1, batch: BATCH, text: 'tiny.txt' });
  expect(setup.insteadOf).toBeNull();
  expect(Object.keys(sections)).toEqual([...SECTIONS]);
  expect(sections.sensitivity.nets.map(({ cell }) => cell)).toEqual(['sigmoid', 'tanh', 'relu']);
  for (const { drawn } of [...sections.sensitivity.nets, ...sections.depth.nets])
    expect(drawn).toHaveLength(20);
  for (const { drawn } of sections.regions.nets) expect(drawn).toHaveLength(40);
  for (const { drawn } of sections.depth.nets)
    expect(drawn.map(({ byDepth }) => byDepth.length)).toEqual(new Array<number>(20).fill(8));
  // With sigmoid the first layer gets less with every layer above it, even in networks this small.
  const first = sections.depth.nets[0].drawn[0].byDepth.map((one) => one.first);
  expect(first).toEqual([...first].sort((a, b) => b - a));
  expect(sections.methods.contenders.map(({ cell, init }) => `${cell} ${init}`)).toEqual([
    'sigmoid uniform',
    'tanh uniform',
    'relu uniform',
    'relu identity',
    'lstm uniform',
    'gru uniform',
  ]);
  expect(sections.methods.contenders.map(({ attempts }) => attempts.map(({ seed }) => seed))).toEqual(
    new Array(6).fill([1, 2, 3]),
  );
  expect(sections.methods.contenders.map(({ attempts }) => attempts[0].freeNorms !== null)).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
  ]);
  // Three updates teach nothing: nothing is concluded from what they left.
  for (const { hasLearnt } of sections.methods.contenders.flatMap(({ attempts }) => attempts))
    expect(hasLearnt).toBe(false);
  expect(sections.methods.outcome).toBe('open');
  // All of it can be written down: what is no number is null by its type, never by JSON's silence.
  expect(JSON.parse(strictJson(value))).toEqual(value);
});
