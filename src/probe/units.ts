/**
 * units: what the norms over a layer hide, unit by unit.
 *   the lag curve of each unit j, √Σ_n (∂ℓ/∂h_{n,j})² + (∂ℓ/∂c_{n,j})² at timestep T−1−k, told by its quantiles over the
 *   units at each lag (linear between two units, as numpy and PyTorch have it), in log10; where rows begin anew on the way,
 *   each unit's counts a step back only in the rows that make it (within.ts)
 *   the time constant of each unit of a gated cell, τ_j = −1/ln of the mean over rows and timesteps (but those in which a row
 *   begins anew, whose gate carries nothing) of the gate that carries
 *   its state on without W_hh: the LSTM's f, the GRU's z (in PyTorch's form h = (1 − z)∘n + z∘h⁻), the minGRU's 1 − z.
 *   A state that only ever passes through that gate is down to 1/e after τ timesteps (Gers et al. 2000 of f; Tallec &
 *   Ollivier 2018 of gates as time constants).
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { log } from '../base/elementary.js';
import { log10Norm } from '../bptt/probing.js';
import type { TapView } from '../bptt/tap.js';
import type { Unrolled } from '../bptt/unrolled.js';
import type { Cell, CellStep } from '../model/cells/cell.js';
import type { LayerProbe } from './declaration.js';
import { pointsOf, type Chart, type LayerView } from './view.js';
import { Within } from './within.js';
import { listed, number, numbers, orNulls, type Logged } from './log.js';

export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

const schema = z.looseObject({
  /** Ascending, from 0 to 1. */
  quantiles: numbers,
  /** log10 of the units' lag curves, [quantile][lag]; null is an exact 0. */
  lagLog10: listOf(orNulls),
  /** By unit, in timesteps; null of a unit whose gate is 1 throughout. Of a cell that is not gated null altogether. */
  timeConstants: listOf(number.nullable()).nullable(),
});

/** A layer unit by unit. */
export type Units = Logged<typeof schema>;

declare module '../bptt/report.js' {
  interface LayerReport {
    readonly units?: Units;
  }
}

/** How far the units of a layer differ. */
export interface UnitsFinding {
  readonly layer: number;
  /** Decades between the outermost quantiles at the longest lag; null beside an exact 0. */
  readonly spread: { readonly lag: number; readonly decades: number } | null;
  /** Timesteps that half of the units and a tenth of them exceed, Infinity where never; units whose constant exceeds the window. */
  readonly constants: {
    readonly units: number;
    readonly half: number;
    readonly tenth: number;
    readonly beyond: number;
    readonly timesteps: number;
  } | null;
}
type Key = 'lag' | 'norm' | 'constant' | 'units' | 'window';

/** Quantiles of lag curves over the units, and the units' time constants. */
export const units: LayerProbe & LayerView<UnitsFinding, Key> = {
  name: 'units',
  from: 'last',
  presets: { light: 0, full: 100 },
  log: { units: schema },

  *figures({ units: found }) {
    for (const [i, quantile] of (found?.quantiles ?? []).entries())
      yield* listed('units.lagLog10', 'lag', found?.lagLog10.at(i), String(quantile));
    for (const [unit, value] of (found?.timeConstants ?? []).entries())
      yield { quantity: 'units.timeConstant', value, state: String(unit) };
  },

  shows: 'units',
  view: (layers) => ({
    ...{ about: null, said: [] },
    pictures: layers.flatMap(({ layer, units: found }) =>
      found ? [{ title: findingOf(layer, found), charts: chartsOf(found) }] : [],
    ),
  }),

  begin(unrolled) {
    const { cell, shape } = unrolled.network;
    const last = unrolled.timesteps - 1;
    const lagLog10: (number | null)[][][] = unrolled.layers.map(() => QUANTILES.map(() => []));
    const sums = unrolled.layers.map(() => new Float64Array(shape.hidden));
    const within = Within.of(unrolled);
    const lags = within?.lags ?? unrolled.timesteps;
    /** By layer and unit: decades that the rows left out had at the steps before which they were. */
    const gone = unrolled.layers.map(() => new Float64Array(shape.hidden));
    return {
      view(view) {
        const norms = unitNorms(view);
        const before = gone[view.layer];
        const sorted = norms.map((norm, j) => norm + before[j]).sort((a, b) => a - b);
        const ending = within?.endingAt(view.timestep) ?? [];
        if (ending.length > 0)
          unitNorms(view, ending).forEach((staying, j) => {
            // Of nothing nothing is left, whichever rows it is taken over.
            if (norms[j] > -Infinity) before[j] += staying === -Infinity ? -Infinity : norms[j] - staying;
          });
        QUANTILES.forEach((quantile, i) => {
          const value = quantileOf(sorted, quantile);
          lagLog10[view.layer][i][last - view.timestep] = Number.isFinite(value) ? value : null;
        });
        const begun = unrolled.starts.get(view.timestep) ?? [];
        if (cell.directPath) addGate(sums[view.layer], view.step, cell.directPath, begun);
      },
      result: () =>
        lagLog10.map((curves, layer) => ({
          units: {
            quantiles: QUANTILES,
            lagLog10: curves.map((byLag) => byLag.slice(0, lags)),
            timeConstants:
              cell.directPath &&
              timeConstantsOf(sums[layer], unrolled, cell.directPath.complement !== undefined),
          },
        })),
    };
  },
};

const sortedConstants = ({ timeConstants }: Units): number[] | null =>
  timeConstants?.map((steps) => steps ?? Infinity).sort((a, b) => a - b) ?? null;

function findingOf(layer: number, found: Units): UnitsFinding {
  const timesteps = found.lagLog10[0].length;
  const [low, high] = [found.lagLog10[0].at(-1) ?? null, found.lagLog10.at(-1)?.at(-1) ?? null];
  const sorted = sortedConstants(found);
  return {
    layer,
    spread: low === null || high === null ? null : { lag: timesteps - 1, decades: high - low },
    constants: sorted && {
      ...{ units: sorted.length, timesteps },
      half: sorted[Math.floor(sorted.length / 2)],
      tenth: sorted[Math.ceil(0.9 * sorted.length) - 1],
      beyond: sorted.filter((steps) => steps > timesteps).length,
    },
  };
}

function chartsOf(found: Units): Chart<Key>[] {
  const middle = found.quantiles.indexOf(0.5);
  const start = found.lagLog10.at(middle)?.at(0) ?? 0;
  const relative = (values: readonly (number | null)[]) =>
    values.map((value) => (value === null ? null : value - start));
  const sorted = sortedConstants(found);
  return [
    {
      ...{ is: 'curves', x: { label: 'lag', figures: 'count' }, y: { label: 'norm', scale: 'log10' } },
      curves: found.quantiles.map((quantile, i) => ({
        label: { name: `${Number((100 * quantile).toPrecision(3))}%` },
        points: pointsOf(relative(found.lagLog10[i])),
      })),
    },
    ...(sorted ? [histogramOf(sorted, found.lagLog10[0].length)] : []),
  ];
}

/** Bars a factor of √2 wide; the outermost ones hold what is beyond them as well. */
function histogramOf(sorted: readonly number[], timesteps: number): Chart<Key> {
  const binOf = (steps: number): number => Math.max(-6, Math.min(27, Math.floor(2 * Math.log2(steps))));
  const [first, last] = [binOf(sorted[0]), Math.max(binOf(sorted[sorted.length - 1]), binOf(timesteps))];
  const heights = new Array<number>(last - first + 1).fill(0);
  for (const steps of sorted) heights[binOf(steps) - first]++;
  return {
    ...{
      is: 'bars',
      x: { label: 'constant', scale: 'log', figures: 'short' },
      y: { label: 'units', figures: 'count' },
    },
    bars: heights.map((height, i) => ({
      ...{ from: 2 ** ((first + i) / 2), to: 2 ** ((first + i + 1) / 2), height },
    })),
    rules: [{ x: timesteps, label: 'window' }],
  };
}

/** log10 of each unit's state norm over the rows but some; −∞ for an exact 0. */
function unitNorms(
  { gradients: { dh, dc }, exponent }: TapView,
  without: readonly number[] = [],
): Float64Array {
  const squares = new Float64Array(dh.cols);
  for (const { data, rows, cols } of [dh, dc])
    for (let n = 0; n < rows; n++)
      if (!without.includes(n)) for (let j = 0; j < cols; j++) squares[j] += data[n * cols + j] ** 2;
  return squares.map((sum) => log10Norm(Math.sqrt(sum), exponent) ?? -Infinity);
}

/** @param sorted ascending */
export function quantileOf(sorted: ArrayLike<number>, quantile: number): number {
  const place = quantile * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  // From −∞ on there is nothing but −∞.
  return low === -Infinity ? low : low + (high - low) * (place - Math.floor(place));
}

type DirectPath = NonNullable<Cell['directPath']>;

/** sums (H) += the gate's block over the rows but some. */
function addGate(
  sums: Float64Array,
  { gates }: CellStep,
  { gate }: DirectPath,
  without: readonly number[],
): void {
  const H = sums.length;
  for (let n = 0; n < gates.rows; n++)
    if (!without.includes(n))
      for (let j = 0, start = n * gates.cols + gate * H; j < H; j++) sums[j] += gates.data[start + j];
}

function timeConstantsOf(
  sums: Float64Array,
  { options, timesteps, starts }: Unrolled,
  isComplement: boolean,
): (number | null)[] {
  const begun = [...starts.values()].reduce((sum, rows) => sum + rows.length, 0);
  const counted = options.rows * timesteps - begun;
  return Array.from(sums, (sum) => {
    const mean = sum / counted;
    const steps = -1 / log(isComplement ? 1 - mean : mean);
    return Number.isFinite(steps) ? steps : null;
  });
}
