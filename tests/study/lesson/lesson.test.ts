/** The lesson whole, on tiny networks: what it trains, what it tells on its way, what it ends with. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import { openReference } from '../../../src/kernels/reference.js';
import { initialise } from '../../../src/model/init.js';
import { Parameters } from '../../../src/model/parameters.js';
import { strictJson } from '../../../src/store/json.js';
import { measureLesson, SECTIONS, type LessonProgress } from '../../../src/study/lesson/lesson.js';
import { briefOptions, net, Nets, type Doing } from '../../../src/study/lesson/nets.js';
import { BATCH } from '../../../src/study/lesson/setup.js';
import { parseTrainOptions } from '../../../src/train/options.js';
import { Trainer } from '../../../src/train/trainer.js';
import { TEXT, tinySetup } from './tiny.js';

async function toEnd<Y, T>(running: AsyncGenerator<Y, T>): Promise<{ told: Y[]; value: T }> {
  const told: Y[] = [];
  for (;;) {
    const next = await running.next();
    if (next.done === true) return { told, value: next.value };
    told.push(next.value);
  }
}

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
    expect(setup.measured).toBe(text.slice(-held).slice(0, rows * 10 + 1));
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
      /^tiny: 300 characters, at least 356 for 16 rows of 20 timesteps/,
    );
  });
});

describe('a network', () => {
  test('is trained as `train` would, once, and kept as it was before', async () => {
    const setup = tinySetup();
    const nets = new Nets(setup);
    const spec = net('gru');
    const { told, value: run } = await toEnd(nets.get(spec));
    expect(told.map((doing: Doing) => doing.kind === 'training' && doing.step)).toEqual([1, 2, 3]);

    const kernels = openReference();
    const options = parseTrainOptions(briefOptions(setup, spec));
    const shape = { cell: 'gru', layers: 1, hidden: 4, symbols: setup.alphabet.size } as const;
    const { training, validation } = setup;
    const trainer = new Trainer({ kernels, shape, options, training, validation, probes: [], where: '' });
    const norms = [...trainer.run()].flatMap((event) => (event.kind === 'step' ? event.gradientNorm : []));
    expect(run.gradientNorms).toEqual(norms);
    expect(run.end?.parameters).toEqual(trainer.network.parameters.toFloat32());
    expect(run.validationLossNats).toBe(trainer.best?.lossNats);
    const fresh = new Parameters(kernels, shape);
    initialise(fresh, options, Rng.fromSeed(setup.seed));
    expect(run.start.parameters).toEqual(fresh.toFloat32());

    const again = await toEnd(nets.get({ ...spec }));
    expect(again.told).toEqual([]);
    expect(again.value).toBe(run);
    expect((await toEnd(nets.get({ ...spec, layers: 2 }))).value).not.toBe(run);
  });

  test('without a limit the gradient is left as it is', async () => {
    const setup = tinySetup();
    expect(parseTrainOptions(briefOptions(setup, net('relu', { clip: false }))).clipMode).toBe('none');
    const { value } = await toEnd(new Nets(setup).get(net('relu', { clip: false })));
    expect(value.clipped).toBe(0);
  });
});

test('six sections, one after the other, told from beginning to end', async () => {
  const { told, value } = await toEnd(measureLesson(tinySetup()));
  const done = told.map((progress: LessonProgress) => progress.done);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(done[0]).toBeLessThan(0.02);
  expect(done.at(-1)).toBeCloseTo(1, 9);
  const order = told.map(({ section }) => SECTIONS.indexOf(section));
  expect(order).toEqual([...order].sort((a, b) => a - b));

  const { setup, sections } = value;
  expect(setup).toMatchObject({ hidden: 4, window: 8, steps: 3, seed: 1, batch: BATCH, text: 'tiny.txt' });
  expect(Object.keys(sections)).toEqual([...SECTIONS]);
  expect(sections.sensitivity.nets.map(({ cell }) => cell)).toEqual(['sigmoid', 'tanh', 'relu']);
  expect(sections.depth.nets.map(({ byDepth }) => byDepth.length)).toEqual([8, 8, 8]);
  // With sigmoid the first layer gets less with every layer above it, even in networks this small.
  const first = sections.depth.nets[0].byDepth.map(({ start }) => start.first);
  expect(first).toEqual([...first].sort((a, b) => b - a));
  expect(sections.methods.contenders.map(({ cell, init }) => `${cell} ${init}`)).toEqual([
    'sigmoid uniform',
    'tanh uniform',
    'relu uniform',
    'relu identity',
    'lstm uniform',
    'gru uniform',
  ]);
  expect(sections.methods.contenders.map(({ freeNorms }) => freeNorms !== null)).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
  ]);
  // All of it can be written down: what is no number is null by its type, never by JSON's silence.
  expect(JSON.parse(strictJson(value))).toEqual(value);
});
