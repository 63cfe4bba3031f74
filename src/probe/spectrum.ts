/**
 * spectrum: in how many directions, and how strongly, a state still moves the last one: the largest singular values
 * σ₁ ≥ σ₂ ≥ … of the Jacobian by lag k, along the window's first row (where rows begin anew, as records do, along the first
 * of those that read on longest up to the window's end, and over the lags within that), in float64 and without dropout,
 *   own   ∂h_{T−1}/∂h_{T−1−k} and ∂h_{T−1}/∂c_{T−1−k} of one layer: through its own recurrence
 *   top   the same of the top layer's h_{T−1}, through the layers between as well
 * and the participation ratio of their squares over all H of them, (Σσ²)²/Σσ⁴: H where all are alike, 1 where one direction
 * is all that is left (Pennington et al. 2017 of the values; Gao et al. 2017 of the ratio, there of a covariance's λ = σ²).
 *
 * No row is sent through the net H times: each timestep's values are copied H times, and H gradients, at first the unit
 * vectors, go back through the cell's own backward together. They are then the rows of the Jacobian.
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { log10 as decades } from '../base/elementary.js';
import type { Floats, Matrix } from '../base/matrix.js';
import type { Unrolled } from '../bptt/unrolled.js';
import { scoped } from '../kernels/scoped.js';
import type { CellGradients, CellStep } from '../model/cells/cell.js';
import { inFloat64 } from '../model/float64.js';
import type { Network } from '../model/network.js';
import { alongRow, longestRow } from './along-row.js';
import type { LayerProbe } from './declaration.js';
import { bidiagonal, largestValues, participationOf } from './singular-values.js';
import { pointsAt, type Chart, type LayerView } from './view.js';
import { number, numbers, orNulls, type Figure, type Logged } from './log.js';

/** So many of the values are told. */
const LEADING = 8;
/** A value of less beside the largest of its lag can be made of rounding. */
const RESOLVED = 1e-12;
/** H/N for which the presets are made. */
const USUAL_SHARE = 4;

const jacobians = z.looseObject({
  /** log10 σ by lag, in descending order; null is 0, or not resolved: below 10⁻¹² of the largest. */
  log10: listOf(orNulls),
  /** By lag; null where the Jacobian is 0. */
  participation: listOf(number.nullable()),
});
const byState = z.looseObject({ h: jacobians, c: jacobians.nullable() });
const schema = z.looseObject({
  /** Ascending from 0, a factor of √2 apart or so, the longest last. */
  lags: numbers,
  own: byState,
  /** null of the top layer: there it is the layer's own. */
  top: byState.nullable(),
});

/** Singular values of a layer's Jacobians by lag. */
export type Spectrum = Logged<typeof schema>;
type Jacobians = Logged<typeof jacobians>;

declare module '../bptt/report.js' {
  interface LayerReport {
    readonly spectrum?: Spectrum;
  }
}

/** Lags below T: 0, then a factor of √2 apart, and the longest. */
export function lagsIn(timesteps: number): number[] {
  const lags = new Set([0, timesteps - 1]);
  for (let half = 0; 2 ** (half / 2) < timesteps - 1; half++) lags.add(Math.round(2 ** (half / 2)));
  return [...lags].sort((a, b) => a - b);
}

/** σ₁ (log10) and the participation ratio of ∂h_{T−1}/∂h_{T−1−k}, at lag 1 and at the longest that is not 0. */
export interface SpectrumFinding {
  readonly layer: number;
  /** H */
  readonly units: number;
  readonly at: readonly { readonly lag: number; readonly log10: number; readonly directions: number }[];
}
type Key = 'lag' | 'ratio' | 'toTop' | 'byH' | 'byC';

/** Singular values of Jacobians by lag. */
export const spectrum: LayerProbe & LayerView<SpectrumFinding, Key> = {
  name: 'spectrum',
  from: 'own',
  isDeep: true,
  presets: { light: 0, full: 1000 },
  // H gradients beside a step's N.
  dearer: ({ hidden, batch }) => Math.max(1, Math.ceil(hidden / batch / USUAL_SHARE)),
  log: { spectrum: schema },

  *figures({ spectrum: found }) {
    if (!found) return;
    for (const from of ['own', 'top'] as const)
      for (const state of ['h', 'c'] as const) {
        const of = found[from]?.[state];
        if (of) yield* figuresOf(`spectrum.${from}.${state}`, found.lags, of);
      }
  },

  shows: 'spectrum',
  view: (layers) => ({
    ...{ about: null, said: [] },
    pictures: layers.flatMap(({ layer, spectrum: found }) =>
      found ? [{ title: findingOf(layer, found), charts: chartsOf(found) }] : [],
    ),
  }),

  begin: (unrolled) => ({
    view: () => undefined,
    result: () => spectraOf(unrolled).map((found) => ({ spectrum: found })),
  }),
};

function* figuresOf(quantity: string, lags: readonly number[], found: Jacobians): Generator<Figure> {
  for (const [i, lag] of lags.entries()) {
    for (const [j, value] of (found.log10.at(i) ?? []).entries())
      yield { quantity, value, lag, state: String(j + 1) };
    yield { quantity: `${quantity}.participation`, value: found.participation.at(i) ?? null, lag };
  }
}

function findingOf(layer: number, { lags, own: { h } }: Spectrum): SpectrumFinding {
  const known = lags.flatMap((lag, i) => {
    const [log10, directions] = [h.log10[i][0], h.participation[i]];
    return lag > 0 && log10 !== null && directions !== null ? [{ lag, log10, directions }] : [];
  });
  return {
    layer,
    units: Math.round(h.participation[0] ?? 0),
    at: [...new Set([...known.slice(0, 1), ...known.slice(-1)])],
  };
}

/** Of the values these are drawn. */
const DRAWN = [1, 2, 4, 8];

function chartsOf({ lags, own, top }: Spectrum): Chart<Key>[] {
  const x = { label: 'lag', figures: 'count' } as const;
  const leading = ({ log10 }: Jacobians, i: number) => pointsAt(lags, (_, k) => log10[k].at(i - 1) ?? null);
  const values = ({ h, c }: Spectrum['own'], state: 'h' | 'c'): Chart<Key>[] => {
    const of = state === 'h' ? h : c;
    if (!of) return [];
    const toTop = top?.[state];
    return [
      {
        ...{ is: 'curves', x, y: { label: state === 'h' ? 'byH' : 'byC', scale: 'log10' } },
        curves: [
          ...DRAWN.filter((i) => i <= of.log10[0].length).map((i) => ({
            ...{ label: { name: `σ${SUBSCRIPTS[i]}` }, points: leading(of, i) },
          })),
          ...(toTop ? [{ label: 'toTop' as const, points: leading(toTop, 1), isReference: true }] : []),
        ],
      },
    ];
  };
  const ratios = (['h', 'c'] as const).flatMap((state) => {
    const of = own[state];
    return of ? [{ label: { name: state }, points: pointsAt(lags, (_, k) => of.participation[k]) }] : [];
  });
  return [
    ...values(own, 'h'),
    ...values(own, 'c'),
    { is: 'curves', x, y: { label: 'ratio', scale: 'log' }, curves: ratios },
  ];
}
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈';

/** Of the window in memory, by layer. */
export function spectraOf(window: Unrolled): Spectrum[] {
  const { row, begins } = longestRow(window);
  const lags = lagsIn(window.timesteps - begins);
  return scoped(window.network.kernels, () => {
    const network = inFloat64(window.network);
    const along = alongRow(network, window, row, { copies: 1, gradients: false });
    const top = network.shape.layers - 1;
    const fromTop = walk(along, top, 0, lags);
    return along.layers.map((_, l) => ({
      lags,
      own: l === top ? fromTop[0] : walk(along, l, l, lags)[0],
      top: l === top ? null : fromTop[top - l],
    }));
  });
}

// -- the way back -------------------------------------------------------------------------------------

interface Room {
  readonly step: CellStep;
  /** Of the timestep at hand and the one before: they change places at every step. */
  gradients: CellGradients;
}

function roomFor({ kernels, cell, shape, gates }: Network, of: CellStep): Room {
  const H = shape.hidden;
  const like = ({ rows, cols }: Matrix): Matrix => kernels.matrix(rows === 0 ? 0 : H, cols);
  const [h, hPrev, c, cPrev] = [of.h, of.hPrev, of.c, of.cPrev].map(like);
  const [gate, cache, slopes] = [of.gates, of.cache, of.slopes].map(like);
  const delta = kernels.matrix(H, gates * H);
  return {
    step: { h, hPrev, c, cPrev, gates: gate, cache, slopes, scratch: kernels.matrix(H, gates * H) },
    gradients: {
      dh: like(of.h),
      dhPrev: like(of.hPrev),
      dc: like(of.c),
      dcPrev: like(of.cPrev),
      delta,
      deltaRecurrent: cell.joinsBiases ? delta : kernels.matrix(H, gates * H),
    },
  };
}

/** Every row of each buffer becomes the only row of the step's. */
function copyRow(to: CellStep, from: CellStep): void {
  for (const name of ['h', 'hPrev', 'c', 'cPrev', 'gates', 'cache', 'slopes'] as const) {
    const [{ data, rows, cols }, row] = [to[name], from[name].data];
    for (let n = 0; n < rows; n++) data.set(row, n * cols);
  }
}

/** From h_{T−1} of layer `from` back to the states of it and of the layers down to `lowest`: by layer, from above. */
function walk(
  along: Unrolled,
  from: number,
  lowest: number,
  lags: readonly number[],
): { h: Jacobians; c: Jacobians | null }[] {
  const { network, timesteps, layers: memory } = along;
  const { kernels, cell, layers } = network;
  const places = Array.from({ length: from - lowest + 1 }, (_, i) => from - i);
  return scoped(kernels, () => {
    const rooms = places.map((l) => roomFor(network, memory[l].steps[0]));
    const found = places.map(() => ({ h: empty(), c: cell.states.includes('c') ? empty() : null }));
    const first = rooms[0].gradients.dh;
    for (let j = 0; j < first.rows; j++) first.data[j * first.cols + j] = 1;
    /** True gradients are those in the rooms times 2^exponent. */
    let exponent = 0;
    const longest = lags[lags.length - 1];
    for (let t = timesteps - 1; t >= timesteps - 1 - longest; t--) {
      const isAsked = lags.includes(timesteps - 1 - t);
      rooms.forEach((room, i) => {
        const { dh, dhPrev, dc, dcPrev, delta } = room.gradients;
        const { input } = layers[places[i] + 1] ?? { input: null };
        if (i > 0 && input) kernels.product(dh, rooms[i - 1].gradients.delta, input.backward, dh);
        kernels.zero(dhPrev);
        copyRow(room.step, memory[places[i]].steps[t]);
        cell.backward(kernels, room.step, room.gradients, layers[places[i]].recurrent);
        if (isAsked) {
          add(found[i].h, dh, exponent);
          const { c } = found[i];
          if (c) add(c, dc, exponent);
        }
        room.gradients = { ...room.gradients, dh: dhPrev, dhPrev: dh, dc: dcPrev, dcPrev: dc, delta };
      });
      exponent += bringNearOne(kernels, rooms);
    }
    return found;
  });
}

/** Scales what goes on to the timestep before where it has shrunk or grown far. @returns by how many powers of 2 less it is */
function bringNearOne(kernels: Network['kernels'], rooms: readonly Room[]): number {
  const going = rooms.flatMap(({ gradients: { dh, dc } }) => [dh, dc]).filter(({ rows }) => rows > 0);
  let largest = 0;
  for (const { data } of going) largest = Math.max(largest, largestOf(data));
  if (largest === 0 || !Number.isFinite(largest) || (largest > 1e-60 && largest < 1e60)) return 0;
  const by = Math.round(Math.log2(largest));
  for (const one of going) kernels.scale(one, 2 ** -by);
  return by;
}

function largestOf(data: Floats): number {
  let largest = 0;
  for (const x of data) if (!(Math.abs(x) <= largest)) largest = Math.abs(x);
  return largest;
}

interface Growing {
  readonly log10: (number | null)[][];
  readonly participation: (number | null)[];
}
const empty = (): Growing => ({ log10: [], participation: [] });

/** One more lag. */
function add({ log10, participation }: Growing, { data, cols }: Matrix, exponent: number): void {
  const scale = largestOf(data);
  const B = scale > 0 && Number.isFinite(scale) ? bidiagonal(data, cols, scale) : null;
  const values = B === null ? [] : largestValues(B, Math.min(LEADING, cols));
  const least = RESOLVED * (values.at(0) ?? 0);
  const place = decades(scale) + exponent * decades(2);
  log10.push(
    Array.from({ length: Math.min(LEADING, cols) }, (_, i) =>
      i < values.length && values[i] > least ? decades(values[i]) + place : null,
    ),
  );
  participation.push(B === null ? null : participationOf(B));
}
