/** Which characters the window of `inspect` holds, and the shape of what it says. */
import { describe, expect, test } from 'vitest';
import { forward } from '../../../src/bptt/forward.js';
import { loss } from '../../../src/bptt/loss.js';
import { backwardWithProbes } from '../../../src/bptt/probing.js';
import { Unrolled } from '../../../src/bptt/unrolled.js';
import { openReference } from '../../../src/kernels/reference.js';
import { CELLS } from '../../../src/model/shape.js';
import { lag } from '../../../src/probe/lag.js';
import { recurrent } from '../../../src/probe/recurrent.js';
import { total } from '../../../src/probe/total.js';
import { inspect } from '../../../src/study/inspect/measure.js';
import { symbolsOf } from '../../../src/text/alphabet.js';
import { messageOf } from '../../store/fixtures.js';
import { makeModel } from '../models.js';

const TEXT = 'aç z\na🙂za çzaa\nç🙂 zaç';
const [N, T] = [3, 5];
const characters = symbolsOf(TEXT);

test.each(CELLS)('row n is characters n·T … n·T + T, its targets one on, the carry zero: %s', (cell) => {
  const model = makeModel(openReference(), { cell });
  const { network, alphabet } = model;
  const unrolled = new Unrolled(network, { rows: N, timesteps: T, gradients: true, dropout: 0 });
  for (let t = 0; t < T; t++)
    for (let n = 0; n < N; n++) {
      unrolled.inputs.data[t * N + n] = alphabet.idOf(characters[n * T + t]) ?? NaN;
      unrolled.targets.data[t * N + n] = alphabet.idOf(characters[n * T + t + 1]) ?? NaN;
    }
  forward(unrolled, T);
  const expected = loss(unrolled);
  const layers = backwardWithProbes(unrolled, null, [total, lag, recurrent]);

  const report = inspect(model, TEXT, { rows: N, timesteps: T }, 'text');
  expect(report.model).toEqual({ cell, layers: 2, hidden: 6, symbols: 6 });
  expect(report.window).toEqual({ timesteps: T, rows: N });
  expect(report.loss).toEqual(expected);
  expect(report.layers).toMatchObject(layers ?? []);
  // 5 timesteps are too few for a tail, wherever it is looked for.
  expect(report.layers.map(({ memory }) => memory.tailOverWindows)).toEqual([null, null]);
});

test('the losses are of the window and of its last timestep alone', () => {
  const model = makeModel(openReference());
  const { window, last } = inspect(model, TEXT, { rows: 1, timesteps: 4 }, 'text').loss;
  const shorter = inspect(model, TEXT, { rows: 1, timesteps: 3 }, 'text').loss;
  // Four losses, of which the first three are the shorter window's.
  expect(4 * window - 3 * shorter.window).toBeCloseTo(last, 12);
});

describe('its shape', () => {
  test.each([
    ['tanh', ['tanh']],
    ['relu', ['relu']],
    ['sigmoid', ['sigmoid']],
    ['lstm', ['i', 'f', 'g', 'o', 'c']],
    ['gru', ['r', 'z', 'n']],
  ] as const)('%s', (cell, gates) => {
    const report = inspect(makeModel(openReference(), { cell }), TEXT, { rows: N, timesteps: T }, 'text');
    for (const [l, layer] of report.layers.entries()) {
      expect(layer.layer).toBe(l);
      const byTimestep = [
        layer.total.h,
        layer.lagLog10.h,
        layer.recurrent,
        ...Object.values(layer.saturation),
      ];
      for (const curve of byTimestep) expect(curve).toHaveLength(T);
      if (cell === 'lstm') expect([layer.total.c, layer.lagLog10.c].map((c) => c?.length)).toEqual([T, T]);
      else expect([layer.total.c, layer.lagLog10.c]).toEqual([null, null]);
      expect(Object.keys(layer.saturation)).toHaveLength(gates.length);
      expect(Object.keys(layer.memory).sort()).toEqual([
        ...['drop', 'halfLife', 'lag1e6', 'lag1pct', 'tail', 'tailOverWindows', 'timeConstant', 'verdict'],
      ]);
    }
    // Nothing is lost in JSON: no NaN, no undefined.
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('a text of just the length needed will do, a shorter one is told what it lacks', async () => {
    const model = makeModel(openReference());
    const exact = characters.slice(0, N * T + 1).join('');
    expect(inspect(model, exact, { rows: N, timesteps: T }, 'text').layers).toHaveLength(2);
    const short = characters.slice(0, N * T).join('');
    expect(await messageOf(() => inspect(model, short, { rows: N, timesteps: T }, 'file'))).toBe(
      'file: the text has 15 characters, expected at least 16 for 3 sequences of 5 timesteps; give a longer text, or a smaller --window or --rows',
    );
  });
});
