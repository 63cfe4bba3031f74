/** Lag curves and saturation of brain.js's nets, against differences and activations of the float64 twin. */
import { expect, test } from 'vitest';
import { memoryOf, stateLog10 } from '../../../src/probe/memory.js';
import { crossEntropy, ExactGraph } from '../../../src/study/brainjs/graph.js';
import { layersOf } from '../../../src/study/brainjs/layers.js';
import type { NetName, Rnn } from '../../../src/study/brainjs/library.js';
import { makeNet } from '../../../src/study/brainjs/make.js';
import { naiveSteps, nats } from './naive.js';

const HIDDEN = 4;
const cases = (['LSTM', 'RNN'] as const).flatMap((name) =>
  [1, 2].flatMap((layers) => [false, true].map((repaired) => ({ name, layers, repaired }))),
);

/** With weights large enough that gates are now open, now shut. */
function lively(name: NetName, layers: number, repaired: boolean, by = 12): Rnn {
  const net = makeNet({ net: name, repaired, layers, hidden: HIDDEN, symbols: Array.from('abcde'), seed: 3 });
  for (const { weights } of net.model.allMatrices) weights.forEach((x, i) => (weights[i] = by * x));
  return net;
}

const ids = Uint16Array.of(0, 3, 2, 2, 4, 1, 0, 4, 3, 1, 1, 0, 2);
const size = { rows: 2, timesteps: 6 };

test.each(cases)(
  '$name, $layers layers, repaired $repaired: the lag curve is that of differences',
  (made) => {
    const { name, layers, repaired } = made;
    const net = lively(name, layers, repaired);
    const found = layersOf(net, name, ids, size);
    expect(found.map(({ layer }) => layer)).toEqual(Array.from({ length: layers }, (_, l) => l));
    for (const { layer, lagLog10 } of found) {
      const expected = Array.from({ length: size.timesteps }, (_, lag) => {
        let squares = 0;
        for (let row = 0; row < size.rows; row++) {
          const shown = Array.from(ids.subarray(row * size.timesteps, (row + 1) * size.timesteps));
          const lossAt = (unit: number, by: number): number => {
            const nudge = { layer, timestep: size.timesteps - lag, unit, by };
            const last = naiveSteps(net, name, shown, nudge)[size.timesteps];
            return nats([...last.logits], ids[(row + 1) * size.timesteps] + 1) / size.rows;
          };
          for (let unit = 0; unit < HIDDEN; unit++)
            squares += ((lossAt(unit, 1e-5) - lossAt(unit, -1e-5)) / 2e-5) ** 2;
        }
        return squares === 0 ? null : Math.log10(squares) / 2;
      });
      expect(expected.filter((x) => x !== null).length).toBeGreaterThan(1);
      expected.forEach((x, lag) => {
        if (x === null) expect(lagLog10?.h[lag]).toBeNull();
        else expect(lagLog10?.h[lag]).toBeCloseTo(x, 4);
      });
      expect(lagLog10?.h).toHaveLength(size.timesteps);
      expect(lagLog10?.c).toBeNull();
    }
  },
);

test.each(cases)('$name, $layers layers, repaired $repaired: saturation is counted by activation', (made) => {
  const { name, layers, repaired } = made;
  const net = lively(name, layers, repaired, 60);
  const isFlat = (kind: string, y: number): boolean =>
    kind === 'relu' ? y === 0 : (kind === 'g' || kind === 'tanh' ? 1 - y * y : y * (1 - y)) < 0.05;
  const rows = [0, 1].map((row) =>
    naiveSteps(net, name, Array.from(ids.subarray(6 * row, 6 * row + 6))).slice(1),
  );
  let between = 0;
  layersOf(net, name, ids, size).forEach(({ saturation }, layer) => {
    expect(Object.keys(saturation ?? {}).sort()).toEqual(Object.keys(rows[0][0].activations[layer]).sort());
    for (const [kind, shares] of Object.entries(saturation ?? {})) {
      const expected = rows[0].map((_, t) => {
        const units = rows.flatMap((steps) => steps[t].activations[layer][kind]);
        return units.filter((y) => isFlat(kind, y)).length / units.length;
      });
      shares.forEach((share, t) => {
        expect(share).toBeCloseTo(expected[t], 12);
        if (share > 0 && share < 1) between++;
      });
    }
  });
  expect(between).toBeGreaterThan(1);
});

test('the memory is that of our nets', () => {
  const [{ lagLog10, memory }] = layersOf(lively('LSTM', 1, false), 'LSTM', ids, size);
  const { tail, ...others } = memory ?? { tail: null };
  const alone = lagLog10 && memoryOf(lagLog10);
  expect(alone).toMatchObject(others);
  // Only its rows tell how sure the tail is.
  expect(alone?.tail?.decadesPerStep).toBe(tail?.decadesPerStep);
  expect(memory?.verdict).toBe('vanishing');
});

test('300 timesteps back the gradient is still a number, as in float64', () => {
  const timesteps = 300;
  const long = Uint16Array.from({ length: timesteps + 1 }, (_, i) => (i * i) % 5);
  const net = lively('LSTM', 2, false, 2);
  const found = layersOf(net, 'LSTM', long, { rows: 1, timesteps });
  const graph = new ExactGraph(net, timesteps + 1);
  graph.probe(() => {
    const shown = Array.from(long.subarray(0, timesteps));
    const logits = [0, ...shown.map((id) => id + 1)].map((row, t) => graph.equations[t].runIndex(row));
    crossEntropy(logits[timesteps], long[timesteps] + 1);
    net.backpropagate(shown);
  });
  for (const { layer, lagLog10 } of found) {
    const curve = lagLog10 ? stateLog10(lagLog10) : [];
    for (const lag of [0, 1, 50, 150, 299])
      expect(curve[lag]).toBeCloseTo(
        Math.log10(Math.hypot(...graph.states[timesteps - lag][layer].deltas)),
        3,
      );
    // Far below what float32 can hold.
    expect(curve[299]).toBeLessThan(-80);
  }
});
