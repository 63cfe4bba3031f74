/**
 * split: its stages sum to the lag curve's steps; each stage against norms built from finite differences of the naive
 * pass and the formulas written out.
 */
import { cellOf } from '../../src/model/cells/index.js';
import { describe, expect, test } from 'vitest';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import type { LayerReport } from '../../src/bptt/report.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { initialise } from '../../src/model/init.js';
import { CELLS, type CellName } from '../../src/model/shape.js';
import { Rng } from '../../src/base/rng.js';
import { lag } from '../../src/probe/lag.js';
import { stateLog10 } from '../../src/probe/memory.js';
import { split } from '../../src/probe/split.js';
import { expectClose } from '../close.js';
import { engines } from '../engines.js';
import { differences, drawModel, naivePass, norm, passIn, type NaiveModel } from './naive.js';
import { longWindow } from './windows.js';

const SEED = 11;
/** No ReLU layer of it is closed as a whole. */
const NUDGED_SEED = 3;
const models = CELLS.flatMap((cell) => [1, 2, 3].map((layers) => ({ cell, layers })));
const spreadOf = (cell: CellName): number => (cell === 'sigmoid' ? 2 : 1);

/** The largest |gates + weights + arriving − step of the lag curve|, and how many steps were compared. */
function worstSum({ split: stages, lagLog10 }: LayerReport): { worst: number; compared: number } {
  if (!stages || !lagLog10) throw new Error('not measured');
  const curve = stateLog10(lagLog10);
  let [worst, compared] = [0, 0];
  stages.gates.forEach((gates, k) => {
    const [from, to] = [curve[k], curve[k + 1]];
    const [weights, arriving] = [stages.weights === null ? 0 : stages.weights[k], stages.arriving[k]];
    if (gates === null || weights === null || arriving === null || from === null || to === null) return;
    compared++;
    worst = Math.max(worst, Math.abs(gates + weights + arriving - (to - from)));
  });
  return { worst, compared };
}

describe.each(models)(`$cell, $layers layers (seed ${SEED})`, ({ cell, layers }) => {
  test('the stages sum to the steps of the lag curve, far below what a float64 holds', () => {
    const unrolled = longWindow(
      openReference(),
      { cell, layers, hidden: 7, timesteps: 400, seed: SEED },
      (parameters) => {
        initialise(parameters, { init: 'orthogonal', forgetBias: 0 }, Rng.fromSeed(SEED));
        parameters.flat.data.forEach((w, j, all) => (all[j] = 0.5 * w));
        // f and z, both the second block, are shut, or they keep the gradient.
        if (cell === 'gru' || cell === 'lstm')
          for (const { biasIh } of parameters.layers) biasIh.data.fill(-2, 7, 14);
      },
    );
    const report = backwardWithProbes(unrolled, null, [lag, split]) ?? [];
    expect(report).toHaveLength(layers);
    for (const layer of report) {
      const lengths = [layer.split?.gates.length, layer.split?.weights?.length, layer.split?.arriving.length];
      expect(lengths).toEqual([399, cell === 'mingru' ? undefined : 399, 399]);
      const { worst, compared } = worstSum(layer);
      expect(compared).toBe(layer.lagLog10?.h.includes(null) ? compared : 399);
      expect(compared).toBeGreaterThan(20);
      expect(worst).toBeLessThan(1e-9);
    }
    if (cell !== 'relu') expect(report[0].lagLog10?.h.at(-1)).toBeLessThan(-100);
    // Nothing comes from above to the top layer: not even a rounding.
    const { arriving = [] } = report[layers - 1].split ?? {};
    expect(arriving.filter((x) => x !== null && x !== 0)).toEqual([]);
  });

  test(`each stage, from nudges (seed ${NUDGED_SEED})`, () => {
    const model = drawModel(cell, layers, NUDGED_SEED, spreadOf(cell));
    const report = backwardWithProbes(passIn(openReference(), model).unrolled, null, [split]) ?? [];
    report.forEach(({ split: stages }, l) => {
      const twin = stagesFromNudges(model, l);
      for (const stage of ['gates', 'weights', 'arriving'] as const) {
        const power = (xs: readonly (number | null)[] | null | undefined) => xs?.map((x) => 10 ** (x ?? NaN));
        if (cell === 'mingru' && stage === 'weights') expect(stages?.weights).toBeNull();
        else expectClose(power(stages?.[stage]), power(twin[stage]) ?? [], 1e-5, `${stage}, layer ${l}`);
      }
    });
  });
});

/** The split with every norm from a difference quotient; W_hh's product and the gates' passing written out. */
function stagesFromNudges(model: NaiveModel, layer: number) {
  const { shape, rows, timesteps, weights } = model;
  const { cell, hidden: H } = shape;
  const width = cellOf(cell).blocks * H;
  const whh = weights.get(`rnn.weight_hh_l${layer}`) ?? [];
  const { activations } = naivePass(model);
  const at = (what: 'h' | 'c' | 'preactivation', timestep: number, count: number): number[] =>
    differences(model, 'last', { what, layer, timestep }, count);
  const stages = { gates: [] as number[], weights: [] as number[], arriving: [] as number[] };
  for (let t = timesteps - 1; t > 0; t--) {
    const [dh, dhBefore] = [at('h', t, rows * H), at('h', t - 1, rows * H)];
    const hasC = cell === 'lstm';
    const [dc, dcBefore] = hasC ? [at('c', t, rows * H), at('c', t - 1, rows * H)] : [[], []];
    // The gradient that W_hh, or u, takes back; minGRU has neither.
    const delta = cell === 'mingru' ? [] : at('preactivation', t, rows * width);
    const seen = activations[layer][t];
    const direct = hasC
      ? dc.map((x, j) => x * seen.f[j])
      : cell === 'gru'
        ? dh.map((x, j) => x * seen.z[j])
        : cell === 'mingru'
          ? dh.map((x, j) => x * (1 - seen.z[j]))
          : [];
    const throughW = Array.from({ length: rows * H }, (_, u) => {
      const [n, k] = [Math.floor(u / H), u % H];
      if (cell === 'mingru') return direct[u];
      if (cell === 'indrnn') return delta[u] * whh[k];
      let sum = cell === 'gru' ? direct[u] : 0;
      for (let r = 0; r < width; r++) sum += delta[n * width + r] * whh[r * H + k];
      return sum;
    });
    const levels = {
      complete: norm([...dh, ...dc]),
      gated: norm([...delta, ...direct]),
      weighted: norm(hasC ? [...throughW, ...direct] : throughW),
      arrived: norm(hasC ? [...dhBefore, ...direct] : dhBefore),
      next: norm([...dhBefore, ...dcBefore]),
    };
    stages.gates.push(Math.log10((levels.gated / levels.complete) * (levels.next / levels.arrived)));
    stages.weights.push(Math.log10(levels.weighted / levels.gated));
    stages.arriving.push(Math.log10(levels.arrived / levels.weighted));
  }
  return stages;
}

test.each(engines.slice(1))('$name: as in float64, to 1e-3', async ({ open }) => {
  for (const cell of CELLS) {
    const make = (kernels: Kernels) => {
      const unrolled = longWindow(
        kernels,
        { cell, layers: 2, hidden: 8, timesteps: 60, seed: SEED },
        (parameters) => {
          initialise(parameters, { init: 'uniform', forgetBias: 1 }, Rng.fromSeed(SEED));
        },
      );
      return backwardWithProbes(unrolled, null, [split]) ?? [];
    };
    const [found, expected] = [make(await open()), make(openReference())];
    expected.forEach(({ split: stages }, l) => {
      for (const stage of ['gates', 'weights', 'arriving'] as const)
        (stages?.[stage] ?? []).forEach((x, k) => {
          const y = found[l].split?.[stage]?.[k] ?? null;
          expect(Math.abs((y ?? NaN) - (x ?? NaN)), `${cell}, ${stage}, layer ${l}, lag ${k}`).toBeLessThan(
            1e-3,
          );
        });
    });
  }
});

test('closed units: null beside an exact 0, and the numbers before it stay', () => {
  const unrolled = longWindow(
    openReference(),
    { cell: 'relu', layers: 1, hidden: 3, timesteps: 6, seed: SEED },
    (parameters) => {
      parameters.flat.data.fill(0.5);
      // Symbol 0 shuts every unit.
      parameters.layers[0].weightIh.data.forEach((_, j, w) => (w[j] = j % 5 === 0 ? -100 : 1));
    },
  );
  unrolled.inputs.data.forEach((_, j, ids) => (ids[j] = Math.floor(j / 2) === 2 ? 0 : 1));
  longWindow.pass(unrolled);
  const [{ split: stages, lagLog10 }] = backwardWithProbes(unrolled, null, [split, lag]) ?? [];
  expect(lagLog10?.h.map((x) => x === null)).toEqual([false, false, false, false, true, true]);
  expect(stages?.gates.map((x) => x === null)).toEqual([false, false, false, true, true]);
  expect(stages?.weights?.map((x) => x === null)).toEqual([false, false, false, true, true]);
});
