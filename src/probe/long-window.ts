/**
 * A window several times as long as the one trained with, to see what that one cuts off: its rows stand at even distances over
 * the text, the carry zero. A window of k timesteps that is carried on gives exactly the lags below k.
 */
import type { Matrix } from '../base/matrix.js';
import { forward } from '../bptt/forward.js';
import { loss } from '../bptt/loss.js';
import { Unrolled } from '../bptt/unrolled.js';
import type { Network } from '../model/network.js';
import type { Parameters } from '../model/parameters.js';
import type { Symbols } from '../text/symbols.js';
import { fillStreams } from '../text/windows.js';
import { chosenLayers, pointsAt, type ChartCurve } from './view.js';

/** The long window, in windows. */
export const LENGTHS = 4;

/** Lags from 1 to below 4T, a factor of √2 apart, T among them. */
export function cutsFor(window: number): number[] {
  const cuts = new Set<number>();
  for (let half = -Math.ceil(2 * Math.log2(window)); half < 2 * Math.log2(LENGTHS); half++)
    cuts.add(Math.max(1, Math.round(window * 2 ** (half / 2))));
  return [...cuts].sort((a, b) => a - b);
}

/** Which of the cuts is the window that is trained with. */
export const placeOf = (cuts: readonly number[], window: number): number =>
  Math.max(
    0,
    cuts.findLastIndex((cut) => cut <= window),
  );

/** A curve over the cuts of all layers together and, where there are several, one of each. */
export const curvesOver = (
  cuts: readonly number[],
  all: readonly (number | null)[],
  byLayer: readonly (readonly (number | null)[])[],
  valueOf: (measured: number | null) => number | null,
): ChartCurve<'all'>[] => {
  const points = (values: readonly (number | null)[]) =>
    pointsAt(cuts, (_, i) => valueOf(values.at(i) ?? null));
  const layers = byLayer.map((values, layer) => ({ label: { layer }, points: points(values) }));
  return [{ label: 'all', points: points(all) }, ...(layers.length > 1 ? chosenLayers(layers) : [])];
};

/** Those of a layer that are there. */
export const tensorsOf = ({ layers }: Parameters, l: number): Matrix[] =>
  Object.values<Matrix>({ ...layers[l] }).filter(({ rows }) => rows > 0);

/** As many rows as a text has room for, up to `mostRows`. */
export const longRows = (window: number, mostRows: number, length: number): number =>
  Math.min(mostRows, Math.floor((length - 1) / (LENGTHS * window)));

/** null where the text has no room for a row. */
export function longWindow(
  network: Network,
  window: number,
  mostRows: number,
  length: number,
): Unrolled | null {
  const timesteps = LENGTHS * window;
  const rows = longRows(window, mostRows, length);
  return rows < 1 ? null : new Unrolled(network, { rows, timesteps, gradients: true, dropout: 0 });
}

/**
 * Reads the text into it, and passes it forward; its carry is and stays zero.
 * @param start where in each of the rows' streams it begins; beyond the end it begins again
 */
export function fillLong(long: Unrolled, text: Uint16Array | Symbols, start: number): void {
  const { rows, timesteps } = long.options;
  const stream = Math.floor((text.length - 1) / rows);
  const from = start % (stream - timesteps + 1);
  fillStreams(text, stream, from, { rows, timesteps }, long.inputs, long.targets);
  forward(long, timesteps);
  loss(long);
}
