/** Sections 2 to 4: their figures against independent computations, their verdicts for each outcome. */
import { describe, expect, test } from 'vitest';
import { forward } from '../../../src/bptt/forward.js';
import { loss } from '../../../src/bptt/loss.js';
import { Unrolled } from '../../../src/bptt/unrolled.js';
import { openReference } from '../../../src/kernels/reference.js';
import { openWasm } from '../../../src/kernels/wasm.js';
import { inspect } from '../../../src/study/inspect/measure.js';
import { relativeCurve } from '../../../src/probe/curve.js';
import { factorsOf } from '../../../src/study/lesson/curve.js';
import { Nets } from '../../../src/study/lesson/nets.js';
import { crossingOf, depthVerdict, measureEnds } from '../../../src/study/lesson/sections/depth.js';
import { keptByInit, type Deep, type DrawnDepths } from '../../../src/words/lesson/depth.js';
import {
  distance,
  measureRegions,
  regionsOf,
  regionsVerdict,
  shrinks,
} from '../../../src/study/lesson/sections/regions.js';
import { leftInLast, type Region } from '../../../src/words/lesson/regions.js';
import {
  BINS,
  CURVES,
  preActivations,
  RANGE,
  squashingVerdict,
} from '../../../src/study/lesson/sections/squashing.js';
import { loadModel, type ModelContents } from '../../../src/study/model/model.js';
import { Alphabet } from '../../../src/text/alphabet.js';
import { fillStreams } from '../../../src/text/windows.js';
import { expectEachClose } from '../../close.js';
import { toEnd } from './run.js';
import { TEXT, tinyContents, tinySetup } from './tiny.js';

const SIZE = { rows: 3, timesteps: 7 };

function windowOf(contents: ModelContents, kernels = openReference()): Unrolled {
  const { network, alphabet } = loadModel(kernels, contents);
  const unrolled = new Unrolled(network, { ...SIZE, gradients: false, dropout: 0 });
  fillStreams(alphabet.encode(TEXT, ''), SIZE.timesteps, 0, SIZE, unrolled.inputs, unrolled.targets);
  forward(unrolled, SIZE.timesteps);
  return unrolled;
}
const inspected = (contents: ModelContents) =>
  inspect(loadModel(openReference(), contents), TEXT, SIZE, 'tiny').layers;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('2, squashing', () => {
  // Wide enough that some units are on the flat parts, and some beyond the histogram.
  const inverse = { tanh: Math.atanh, sigmoid: (y: number) => Math.log(y / (1 - y)) };
  const slope = { tanh: (y: number) => 1 - y * y, sigmoid: (y: number) => y * (1 - y) };
  test.each(['tanh', 'sigmoid'] as const)('%s: pre-activations read back from the states', (cell) => {
    const contents = tinyContents(cell, { spread: 6 });
    const found = preActivations(contents, new Alphabet(contents.alphabet).encode(TEXT, ''), SIZE);
    const states = Array.from(windowOf(contents).layers[0].output.data);
    const histogram = new Array<number>(BINS).fill(0);
    for (const y of states) {
      const a = Math.max(-RANGE, Math.min(RANGE - 1e-9, inverse[cell](y)));
      histogram[Math.floor((a + RANGE) / ((2 * RANGE) / BINS))] += 1 / states.length;
    }
    expectEachClose(found.histogram, histogram, 1e-9, 'histogram');
    expect(histogram[0] + histogram[BINS - 1]).toBeGreaterThan(0);
    expect(found.slope).toBeCloseTo(Math.sqrt(mean(states.map((y) => slope[cell](y) ** 2))), 10);
    const probe = inspected(contents)[0].saturation[cell];
    expect(found.flat).toBeCloseTo(mean(probe), 12);
    expect(found.flat).toBeGreaterThan(0);
    expect(found.flat).toBeLessThan(1);
  });

  test('the curves: each slope is its curve’s difference quotient', () => {
    for (const { y, slope } of Object.values(CURVES))
      for (const a of [-7, -1.3, 0, 0.4, 5])
        expect((y(a + 1e-5) - y(a - 1e-5)) / 2e-5).toBeCloseTo(slope(a), 8);
  });

  test('a step back is the derivative’s factor times that of W_hh', () => {
    const [layer] = inspected(tinyContents('tanh', { spread: 0.5 }));
    const { factor, activation, weights } = factorsOf(layer);
    const last = Number(relativeCurve(layer).at(-1));
    expect(factor).toBeCloseTo(10 ** (last / (SIZE.timesteps - 1)), 12);
    expect(activation * weights).toBeCloseTo(factor, 12);
    expect(activation).toBeLessThan(1);
  });

  const at = (slope: number, flat: number, start = 1, hasLearnt = true) => ({
    ...{ start: { slope: start, flat: 0 }, end: { slope, flat }, validationLossNats: 1, hasLearnt },
  });
  const both = (sigmoid: ReturnType<typeof at>, tanh: ReturnType<typeof at>) => [
    { cell: 'sigmoid' as const, ...sigmoid },
    { cell: 'tanh' as const, ...tanh },
  ];
  test.each([
    ['holds', both(at(0.2, 0.1, 0.2), at(0.6, 0.1, 0.8))],
    ['partly', both(at(0.2, 0.1, 0.2), at(0.6, 0.1, 0.95))],
    ['partly', both(at(0.2, 0.01, 0.2), at(0.6, 0.04, 0.8))],
    ['fails', both(at(0.99, 0.01), at(0.95, 0.04))],
    // What a training left that taught nothing does not count.
    ['fails', both(at(0.2, 0.1, 1, false), at(0.2, 0.1, 1, false))],
    ['holds', both(at(1, 0, 0.2, false), at(1, 0, 0.2, false))],
  ] as const)('the verdict: %s', (outcome, found) => {
    expect(squashingVerdict(found).outcome).toBe(outcome);
  });
});

describe('3, regions', () => {
  const inverse = { tanh: Math.atanh, sigmoid: (y: number) => Math.log(y / (1 - y)) };
  /** √ of the mean over pairs of rows, units and the later timesteps, pair by pair. */
  const byPairs = (values: ArrayLike<number>, hidden: number): number => {
    const squares: number[] = [];
    for (let t = Math.floor(SIZE.timesteps / 2); t < SIZE.timesteps; t++)
      for (let m = 0; m < SIZE.rows; m++)
        for (let n = 0; n < m; n++)
          for (let j = 0; j < hidden; j++) {
            const at = (row: number): number => values[(t * SIZE.rows + row) * hidden + j];
            squares.push((at(m) - at(n)) ** 2);
          }
    return Math.sqrt(mean(squares));
  };

  test.each([
    ['tanh', openReference],
    ['sigmoid', openReference],
    ['sigmoid', async () => (await openWasm()).float64],
  ] as const)('%s: the distances pair by pair, before the activation and after it', async (cell, open) => {
    const unrolled = windowOf(tinyContents(cell, { layers: 3 }), await open());
    const found = regionsOf(unrolled);
    unrolled.layers.forEach(({ output }, l) => {
      expect(found[l].after).toBeCloseTo(byPairs(output.data, 4), 12);
      const before = Array.from(output.data, inverse[cell]);
      expect(found[l].before).toBeCloseTo(byPairs(before, 4), 9);
    });
  });

  test('rows that are the same have no distance', () => {
    const unrolled = windowOf(tinyContents('tanh'));
    const { output } = unrolled.layers[0];
    output.data.fill(0.3);
    expect(distance(output, SIZE.rows)).toBe(0);
    // A difference in the last place is rounding.
    output.data[output.length - 1] *= 1 + Number.EPSILON;
    expect(distance(output, SIZE.rows)).toBe(0);
  });

  test('a hundred times the input: more before the first activation, hardly more after it', () => {
    const { value } = toEnd(measureRegions(new Nets(tinySetup())));
    for (const { cell, drawn } of value.nets) {
      const usual = drawn.filter(({ input }) => input === 1);
      const large = drawn.filter(({ input }) => input === 100);
      expect(usual.map(({ init, seed }) => [init, seed])).toEqual(
        large.map(({ init, seed }) => [init, seed]),
      );
      usual.forEach(({ layers: [first] }, i) => {
        const [other] = large[i].layers;
        expect(other.before).toBeGreaterThan(20 * first.before);
        if (cell === 'sigmoid') expect(other.after).toBeLessThan(1);
      });
    }
  });

  const layers = (...after: number[]): Region[] => after.map((value) => ({ before: 1, after: value }));
  const net = (cell: 'sigmoid' | 'tanh' | 'relu', ...all: Region[][]) => ({
    cell,
    drawn: all.map((one) => ({ init: 'uniform' as const, seed: 1, input: 1 as const, layers: one })),
  });
  test('each layer is to be smaller than the one below', () => {
    expect(shrinks(layers(1, 0.5, 0.4))).toBe(true);
    expect(shrinks(layers(1, 0.5, 0.5))).toBe(false);
    expect(shrinks(layers(1, 0, 0))).toBe(true);
    expect(leftInLast(layers(1, 0.5, 0.4))).toBe(0.4);
  });
  const [down, up] = [layers(1, 0.5), layers(1, 2)];
  test.each([
    ['holds', [net('sigmoid', down, down), net('tanh', down), net('relu', up)]],
    ['partly', [net('sigmoid', down), net('tanh', down, up)]],
    ['fails', [net('sigmoid', up), net('tanh', up), net('relu', down)]],
    ['open', [net('sigmoid'), net('tanh')]],
  ] as const)('the verdict: %s', (outcome, nets) => {
    expect(regionsVerdict(nets).outcome).toBe(outcome);
  });
});

describe('4, depth', () => {
  test('the end layers’ gradients are the loss’s difference quotients', () => {
    const contents = tinyContents('sigmoid', { layers: 3, hidden: 3, spread: 2 });
    const lossWith = (name: string, entry: number, by: number): number => {
      const { network, alphabet } = loadModel(openReference(), contents);
      network.parameters.tensor(name).data[entry] += by;
      network.refresh();
      const unrolled = new Unrolled(network, { ...SIZE, gradients: false, dropout: 0 });
      fillStreams(alphabet.encode(TEXT, ''), SIZE.timesteps, 0, SIZE, unrolled.inputs, unrolled.targets);
      forward(unrolled, SIZE.timesteps);
      return loss(unrolled).window;
    };
    const normOf = (layer: number): number =>
      Math.hypot(
        ...[`rnn.weight_ih_l${layer}`, `rnn.weight_hh_l${layer}`].flatMap((name) =>
          Array.from(
            { length: contents.parameters.get(name)?.length ?? 0 },
            (_, j) => (lossWith(name, j, 1e-5) - lossWith(name, j, -1e-5)) / 2e-5,
          ),
        ),
      );
    const { network, alphabet } = loadModel(openReference(), contents);
    const found = measureEnds(network, alphabet.encode(TEXT, ''), SIZE);
    expectEachClose([found.first, found.last], [normOf(0), normOf(2)], 1e-5, 'norms');
    expect(found.first).toBeLessThan(found.last);
  });

  test('where the curves cross', () => {
    expect(crossingOf([[-4, -5, -6], [], [-1, -4, -8]])).toBe(2);
    expect(
      crossingOf([
        [-4, -6, -8],
        [-1, -3, -5],
      ]),
    ).toBe(null);
    expect(
      crossingOf([
        [-1, -2],
        [-2, -2],
      ]),
    ).toBe(null); // it does not begin below
    expect(
      crossingOf([
        [-4, -5],
        [-1, null],
      ]),
    ).toBe(1); // nothing at all is left of the last one's
  });

  /** Networks with the first layer's norm by depth, for each of several seeds. */
  const deep = (cell: Deep['cell'], ...first: number[][]): Pick<Deep, 'cell' | 'drawn'> => ({
    cell,
    drawn: first.map((norms, i): DrawnDepths => ({
      init: i % 2 === 0 ? 'uniform' : 'glorot',
      seed: i,
      byDepth: norms.map((norm) => ({ first: norm, last: 1 })),
    })),
  });
  test('what the first of most layers gets beside a single one, by initialisation', () => {
    const found = keptByInit(deep('tanh', [2, 1, 0.5], [1, 3], [4, 1], [0, 0]));
    expect(found.map(({ init, kept }) => [init, kept])).toEqual([
      ['uniform', [0.25, 0.25]],
      ['glorot', [3]],
      ['orthogonal', []],
      ['normal', []],
    ]);
  });
  const [little, much] = [
    [1, 0.01],
    [1, 0.5],
  ];
  test.each([
    ['holds', [deep('sigmoid', little, little), deep('tanh', little), deep('relu', much)]],
    // It depends on the seed, or on the initialisation.
    ['partly', [deep('sigmoid', little), deep('tanh', little, much)]],
    ['partly', [deep('sigmoid', little), deep('tanh', much)]],
    ['fails', [deep('sigmoid', much), deep('tanh', much), deep('relu', little)]],
  ] as const)('the verdict: %s', (outcome, nets) => {
    expect(depthVerdict(nets).outcome).toBe(outcome);
  });

  test('the part of each activation says in how many of its networks', () => {
    const { parts } = depthVerdict([deep('sigmoid', little, little), deep('tanh', little, much, much)]);
    expect(parts.map(({ name, held, cases }) => [name, held, cases])).toEqual([
      ['sigmoid', 2, 2],
      ['tanh', 1, 3],
    ]);
  });
});
