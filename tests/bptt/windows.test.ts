/**
 * What a window must not depend on, bit for bit: where it is cut (the carry hands everything on), who listens, what
 * was in memory before; and how the gradients are scaled on their way.
 */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { backward } from '../../src/bptt/backward.js';
import { forward } from '../../src/bptt/forward.js';
import { loss, type WindowLoss } from '../../src/bptt/loss.js';
import { backwardWithProbes, type Probe } from '../../src/bptt/probing.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { initialise } from '../../src/model/init.js';
import { Network } from '../../src/model/network.js';
import { Parameters } from '../../src/model/parameters.js';
import { WITH_MATRIX } from '../cells.js';
import { CELLS, type CellName } from '../../src/model/shape.js';
import { lag } from '../../src/probe/lag.js';
import { recurrent } from '../../src/probe/recurrent.js';
import { saturation } from '../../src/probe/saturation.js';
import { total } from '../../src/probe/total.js';
import { engines } from '../engines.js';

const [N, T, SYMBOLS] = [3, 7, 9];
const SEED = 5;

/** A model and, by timestep and row, 3T inputs and targets for it, all from the seed. */
function setUp(kernels: Kernels, cell: CellName, layers: number, hidden: number) {
  const rng = Rng.fromSeed(SEED);
  const network = new Network(kernels, { cell, layers, hidden, symbols: SYMBOLS });
  initialise(network.parameters, { init: 'uniform', forgetBias: 1 }, rng);
  network.refresh();
  const draw = (): number[] => Array.from({ length: 3 * T * N }, () => rng.uint32() % SYMBOLS);
  const [inputs, targets] = [draw(), draw()];
  const carries = Array.from({ length: 2 * layers * N * hidden }, () => Math.fround(rng.normal() / 2));

  const windowOf = (timesteps: number, dropout = 0): Unrolled => {
    const unrolled = new Unrolled(network, { rows: N, timesteps, gradients: true, dropout });
    unrolled
      .carries()
      .flat()
      .forEach(({ data }, i) => {
        data.set(carries.slice(i * N * hidden, i * N * hidden + data.length));
      });
    return unrolled;
  };
  /** Fills in the symbols from timestep `from` on and passes forward. */
  const pass = (
    unrolled: Unrolled,
    from: number,
    masks: Rng | null = null,
    timesteps?: number,
  ): WindowLoss => {
    const length = timesteps ?? unrolled.options.timesteps;
    unrolled.inputs.data.set(inputs.slice(from * N, (from + length) * N));
    unrolled.targets.data.set(targets.slice(from * N, (from + length) * N));
    forward(unrolled, length, masks);
    return loss(unrolled);
  };
  return { network, windowOf, pass };
}

/** dh, dc and the carry's gradients as a tap sees them, by layer and timestep, scaled back to their true size. */
function sentBack(unrolled: Unrolled, from: 'window' | 'last', rescale: boolean) {
  const seen: number[][] = [];
  let rescaled = 0;
  backward(unrolled, {
    from,
    into: null,
    rescale,
    tap: {
      view({ exponent, gradients: { dh, dc, dhPrev, dcPrev }, timestep }) {
        rescaled += exponent === 0 ? 0 : 1;
        const states = timestep === 0 ? [dh, dc, dhPrev, dcPrev] : [dh, dc];
        seen.push(states.flatMap(({ data }) => Array.from(data, (x) => x * 2 ** exponent)));
      },
    },
  });
  return { seen, rescaled };
}

const models = CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers })));

describe.each(engines)('$name', ({ open }) => {
  describe.each(models)(`$cell, $layers layers (seed ${SEED})`, ({ cell, layers }) => {
    // 13 units: no row but the first begins on a vector's boundary.
    const hidden = 13;

    test('one window of 3T is three carried windows of T', async () => {
      const { windowOf, pass } = setUp(await open(), cell, layers, hidden);
      const [whole, part] = [windowOf(3 * T), windowOf(T)];
      pass(whole, 0);
      for (let piece = 0; piece < 3; piece++) {
        pass(part, piece * T);
        const from = piece * T * N;
        expect([...part.losses.data]).toEqual([...whole.losses.rowRange(from, T * N).data]);
        expect([...part.logits.data].length).toBe(T * N * SYMBOLS);
        part.layers.forEach(({ h, c }, l) => {
          const rows = (T + 1) * N;
          expect([...h.data]).toEqual([...whole.layers[l].h.rowRange(from, rows).data]);
          if (c.rows > 0) expect([...c.data]).toEqual([...whole.layers[l].c.rowRange(from, rows).data]);
        });
        part.carryOn();
      }
    });

    test('a shorter window in the memory of a longer one is the same window', async () => {
      const { network, windowOf, pass } = setUp(await open(), cell, layers, hidden);
      const [exact, roomy] = [windowOf(T), windowOf(3 * T)];
      const run = (unrolled: Unrolled): unknown => {
        const losses = pass(unrolled, 0, null, T);
        const gradients = new Parameters(network.kernels, network.shape);
        gradients.flat.data.fill(NaN);
        backward(unrolled, { from: 'window', into: gradients, rescale: false, tap: null });
        const { seen } = sentBack(unrolled, 'last', true);
        return { losses, gradients: [...gradients.flat.data], seen };
      };
      // The longer window leaves its states and gradients behind.
      pass(roomy, 0);
      backward(roomy, { from: 'window', into: null, rescale: false, tap: null });
      expect(run(roomy)).toEqual(run(exact));
      roomy.carryOn();
      exact.carryOn();
      const carried = (unrolled: Unrolled): number[] =>
        unrolled.carries().flatMap(([h, c]) => [...h.data, ...c.data]);
      expect(carried(roomy)).toEqual(carried(exact));
    });

    test('probes change no bit of the gradients', async () => {
      const { network, windowOf, pass } = setUp(await open(), cell, layers, hidden);
      const unrolled = windowOf(T, 0.3);
      const run = (probes: readonly Probe[]): number[] => {
        const gradients = new Parameters(network.kernels, network.shape);
        gradients.flat.data.fill(NaN);
        pass(unrolled, 0, Rng.fromSeed(SEED));
        backwardWithProbes(unrolled, gradients, probes);
        return [...gradients.flat.data];
      };
      const bare = run([]);
      expect(bare.every(Number.isFinite)).toBe(true);
      expect(run([total, lag, recurrent, saturation])).toEqual(bare);
      expect(run([lag])).toEqual(bare);
    });

    test('the same window twice gives the same bits', async () => {
      const { network, windowOf, pass } = setUp(await open(), cell, layers, hidden);
      const unrolled = windowOf(T, 0.3);
      const run = (): number[][] => {
        const gradients = new Parameters(network.kernels, network.shape);
        pass(unrolled, 0, Rng.fromSeed(SEED));
        backward(unrolled, { from: 'window', into: gradients, rescale: false, tap: null });
        const { seen } = sentBack(unrolled, 'last', true);
        return [[...unrolled.losses.data], [...gradients.flat.data], ...seen];
      };
      const first = run();
      // Another window in between: nothing of it may stay.
      pass(unrolled, 2 * T);
      backward(unrolled, { from: 'window', into: null, rescale: true, tap: null });
      expect(run()).toEqual(first);
    });

    // What a net without W_hh, or of open ReLUs, sends back need not become small.
    test.runIf(WITH_MATRIX.includes(cell))(
      'rescaling, where it has something to do, changes no bit of the true gradients',
      async () => {
        const kernels = await open();
        const { network, windowOf, pass } = setUp(kernels, cell, layers, hidden);
        // Small weights: 2⁻⁴⁰ is passed within 3T timesteps, while float32 ends at 2⁻¹²⁶.
        kernels.scale(network.parameters.flat, cell === 'sigmoid' ? 0.5 : 0.2);
        // An LSTM's forget gate, a GRU's update gate: shut, or they would keep the gradient.
        const shut = { lstm: -1.5, gru: -2 };
        if (cell === 'lstm' || cell === 'gru')
          for (const { biasIh } of network.parameters.layers)
            biasIh.data.fill(shut[cell], hidden, 2 * hidden);
        network.refresh();
        const unrolled = windowOf(3 * T);
        for (const from of ['last', 'window'] as const) {
          pass(unrolled, 0);
          const plain = sentBack(unrolled, from, false);
          pass(unrolled, 0);
          const rescaled = sentBack(unrolled, from, true);
          expect(plain.rescaled).toBe(0);
          expect(rescaled.seen).toHaveLength(layers * 3 * T);
          if (from === 'last') expect(rescaled.rescaled).toBeGreaterThan(0);
          expect(rescaled.seen).toEqual(plain.seen);
        }
      },
    );
  });
});
