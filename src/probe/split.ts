/**
 * split: what became of the last loss's state norm S = √(‖∂h‖² + ‖∂c‖²) on its way from timestep t to t − 1, stage by
 * stage, in log10:
 *   gates     (∂h, ∂c) → (δ, direct path): the activation's derivative, or the gates; for an LSTM also what ∂h_{t−1} adds
 *             to ∂c_{t−1} through o∘(1 − tanh²), at the far end
 *   weights   (δ, direct path) → (δ·W_hh, direct path): the product with W_hh, or the vector in its place; null without either
 *   arriving  what the layer above sends to t − 1, added
 * Each stage begins with the norm that the one before ends with, so that the three sum to the step of the lag curve.
 * A step back counts in the rows that make it: not in those that begin anew at t (within.ts).
 * The direct path is the LSTM's ∂c∘f, a state of its own, and the GRU's ∂h∘z, which joins δ·W_hh.
 */
import * as z from 'zod';
import type { Matrix } from '../base/matrix.js';
import { log10Norm } from '../bptt/probing.js';
import type { TapView } from '../bptt/tap.js';
import type { Unrolled } from '../bptt/unrolled.js';
import { normOf } from '../kernels/norm.js';
import { isGated, recurrentSymbol, type Cell, type CellStep } from '../model/cells/cell.js';
import { Within } from './within.js';
import type { LayerProbe } from './declaration.js';
import { type ChartCurve, type LayerView } from './view.js';
import { listed, orNulls, type Logged } from './log.js';

/** (T − 1) numbers each, of the step from lag k to k + 1; null beside an exact 0. */
const schema = z.looseObject({
  gates: orNulls,
  // null: a cell without W_hh.
  weights: orNulls.nullable(),
  arriving: orNulls,
});

/**
 * What became of the state norm √(‖∂h‖² + ‖∂c‖²) of the last loss on its way from lag k to lag k + 1, in log10: the
 * part of the activation's derivative or the gates, the part of W_hh, and what arrives from the layer above. The three
 * sum to the step of the lag curve.
 */
export type Split = Logged<typeof schema>;

declare module '../bptt/report.js' {
  interface LayerReport {
    readonly split?: Split;
  }
}

/** Room for h⁻'s gradient from its own timestep alone, (N, H). */
const roomFor = ({ network: { kernels, shape }, options }: Unrolled): Matrix =>
  kernels.matrix(options.rows, shape.hidden);

type Log10 = number | null;

/** The norm at the beginning of each stage, in log10. */
interface Stages {
  readonly complete: Log10;
  /** The same over the rows that go on to t − 1. */
  readonly staying: Log10;
  /** The rest is of the way to t − 1; null at timestep 0 and beside an exact 0. */
  readonly gated: Log10;
  readonly weighted: Log10;
  readonly arrived: Log10;
}

const minus = (a: Log10, b: Log10): Log10 => (a === null || b === null ? null : a - b);
const plus = (a: Log10, b: Log10): Log10 => (a === null || b === null ? null : a + b);

export interface SplitFinding {
  readonly layer: number;
  readonly gated: boolean;
  /** What W_hh is called in the cell; null where it has none. */
  readonly recurrent: string | null;
  /** Decades a step back, on average; parts that are next to nothing are left out. */
  readonly sum: number;
  readonly parts: readonly (readonly ['gates' | 'weights' | 'arriving', number])[];
}
type Key = 'lag' | 'decades' | 'gates' | 'derivative' | 'arriving' | 'together';

/** A part of less is not told. */
const LEAST_TOLD = 5e-4;

/** The steps of the lag curve, split into gates, weights and the rest. */
export const split: LayerProbe & LayerView<SplitFinding, Key, Pick<SplitFinding, 'gated' | 'recurrent'>> = {
  name: 'split',
  from: 'last',
  presets: { light: 0, full: 50 },
  log: { split: schema },

  *figures(report) {
    for (const part of ['gates', 'weights', 'arriving'] as const)
      yield* listed(`split.${part}`, 'lag', report.split?.[part]);
  },

  shows: 'split',
  view(layers, { cell }) {
    const about = {
      gated: cell !== null && isGated(cell),
      recurrent: cell === null ? 'W_hh' : recurrentSymbol(cell),
    };
    const pictures = layers.flatMap(({ layer, split: found }) => {
      const means = found ? meansOf(found) : null;
      if (!found || !means) return [];
      const { gates, weights, arriving } = means;
      const parts = [
        ['gates', gates] as const,
        ['weights', weights] as const,
        ['arriving', arriving] as const,
      ];
      const title: SplitFinding = {
        ...{ ...about, layer, sum: gates + weights + arriving },
        parts: parts.filter(([, value]) => Math.abs(value) >= LEAST_TOLD),
      };
      const x = { label: 'lag' } as const;
      const y = { label: 'decades', figures: 'short' } as const;
      const rules = [{ y: 0, label: { name: '' } }];
      return [{ title, charts: [{ is: 'curves' as const, x, y, rules, curves: curvesOf(found, about) }] }];
    });
    // In a window of one timestep no gradient has a way back.
    return pictures.length === 0 ? null : { about, said: [], pictures };
  },

  begin(unrolled) {
    const { cell, recurrence } = unrolled.network;
    const last = unrolled.timesteps - 1;
    const own = roomFor(unrolled);
    const within = Within.of(unrolled);
    const steps = (within?.lags ?? unrolled.timesteps) - 1;
    const stages: Stages[][] = unrolled.layers.map(() => []);
    const measure = (view: TapView): Stages => {
      const { kernels, layers } = unrolled.network;
      const { dh, dc, dhPrev, dcPrev, deltaRecurrent } = view.gradients;
      const complete = log10Norm(normOf(kernels, dh, dc), view.exponent);
      const ending = within?.endingAt(view.timestep) ?? [];
      const level = (...parts: readonly Matrix[]): Log10 =>
        log10Norm(
          ending.length === 0 ? normOf(kernels, ...parts) : normWithout(ending, parts),
          view.exponent,
        );
      const staying = ending.length === 0 ? complete : level(dh, dc);
      if (view.timestep === 0) return { complete, staying, gated: null, weighted: null, arrived: null };
      kernels.zero(own);
      const direct = cell.directPath;
      if (direct?.state === 'h') multiplyGate(own, dh, view.step, direct);
      // δ goes no further back where there is no W_hh.
      const toWeights = recurrence === 'none' ? [] : [deltaRecurrent];
      const gated = level(...toWeights, direct?.state === 'h' ? own : dcPrev);
      const { backward, vector } = layers[view.layer].recurrent;
      if (recurrence === 'matrix') kernels.product(own, deltaRecurrent, backward, own);
      if (recurrence === 'vector') kernels.addProducts(own, deltaRecurrent, vector);
      return { complete, staying, gated, weighted: level(own, dcPrev), arrived: level(dhPrev, dcPrev) };
    };
    return {
      view(view) {
        stages[view.layer][last - view.timestep] = measure(view);
      },
      result: () =>
        stages.map((byLag) => {
          const parts = byLag.slice(0, steps).map((from, k) => ({
            gates: plus(minus(from.gated, from.staying), minus(byLag[k + 1].complete, from.arrived)),
            weights: minus(from.weighted, from.gated),
            arriving: minus(from.arrived, from.weighted),
          }));
          return {
            split: {
              gates: parts.map(({ gates }) => gates),
              weights: recurrence === 'none' ? null : parts.map(({ weights }) => weights),
              arriving: parts.map(({ arriving }) => arriving),
            },
          };
        }),
    };
  },
};

/** Decades that each part takes or gives on one step back, on average; null where no step has a number for all three. */
function meansOf(found: Split): { gates: number; weights: number; arriving: number } | null {
  const mean = (values: readonly Log10[]): Log10 => {
    const numbers = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
    return numbers.length === 0 ? null : numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  };
  const [gates, arriving] = [found.gates, found.arriving].map(mean);
  // A cell without W_hh loses nothing there.
  const weights = found.weights === null ? 0 : mean(found.weights);
  return gates === null || weights === null || arriving === null ? null : { gates, weights, arriving };
}

/** Each part added up from lag 0: together they make the curve. */
function curvesOf(
  { gates, weights, arriving }: Split,
  { gated, recurrent }: Pick<SplitFinding, 'gated' | 'recurrent'>,
): ChartCurve<Key>[] {
  const sum = gates.map((step, k) =>
    plus(plus(step, weights === null ? 0 : (weights.at(k) ?? null)), arriving.at(k) ?? null),
  );
  return [
    { label: gated ? 'gates' : 'derivative', points: addedUp(gates) },
    ...(weights === null ? [] : [{ label: { name: recurrent ?? 'W_hh' }, points: addedUp(weights) }]),
    { label: 'arriving', points: addedUp(arriving) },
    { label: 'together', isReference: true, points: addedUp(sum) },
  ];
}

/** Steps in log10, from 0 on. */
export function addedUp(steps: readonly Log10[]): ChartCurve['points'] {
  let sum = 0;
  return [{ x: 0, y: 0 }, ...steps.map((step, k) => ({ x: k + 1, y: (sum += step ?? 0) }))];
}

/** √Σ a² over all rows but some, in float64. */
function normWithout(rows: readonly number[], parts: readonly Matrix[]): number {
  let sum = 0;
  for (const { data, rows: N, cols } of parts)
    for (let n = 0; n < N; n++) {
      if (rows.includes(n)) continue;
      for (let j = n * cols, end = j + cols; j < end; j++) sum += data[j] * data[j];
    }
  return Math.sqrt(sum);
}

/** to (N, H) = a ∘ block `gate` of gates (N, G·H), or a ∘ (1 − that) */
function multiplyGate(
  to: Matrix,
  a: Matrix,
  { gates, slopes }: CellStep,
  { gate, complement }: NonNullable<Cell['directPath']>,
): void {
  const { rows, cols: hidden } = to;
  const [product, x, y] = [to.data, a.data, gates.data];
  for (let n = 0; n < rows; n++)
    for (let j = 0; j < hidden; j++) {
      const open = y[n * gates.cols + gate * hidden + j];
      const factor =
        complement === undefined
          ? open
          : slopes.rows > 0
            ? slopes.data[n * slopes.cols + complement * hidden + j]
            : 1 - open;
      product[n * hidden + j] = x[n * hidden + j] * factor;
    }
}
