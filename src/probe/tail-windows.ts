/**
 * The tail of the lag curve elsewhere too. One window's last loss is one draw: another place in the text, or another
 * timestep's loss, gives another tail. Here it is measured in four windows spread over the text, from four timesteps in each.
 */
import { mean } from '../base/figures.js';
import { backward } from '../bptt/backward.js';
import { forward } from '../bptt/forward.js';
import { loss } from '../bptt/loss.js';
import { Unrolled } from '../bptt/unrolled.js';
import { scoped } from '../kernels/scoped.js';
import type { Network } from '../model/network.js';
import { fillStreams, type WindowSize } from '../text/windows.js';
import type { TailOverWindows } from './memory.js';
import { rowNorms } from './row-norms.js';
import { fittedFrom, standardErrorOf, tailLine } from './tail.js';
import { joinedNorms } from './within.js';

const WINDOWS = 4;
const SOURCES = 4;
/** Rows of each: an eighth of the window's own, so that all of it costs about as much as two passes of that. */
const ROWS = 4;
const ROW_SHARE = 8;

/**
 * By layer; null where the text has no room for four rows of the window, or the window none for a tail, and of a model
 * of records, whose rows are too few for that where they begin anew. A layer's is null too where one of its curves has no tail.
 */
export function tailsOverWindows(
  network: Network,
  symbols: Uint16Array,
  { rows, timesteps }: WindowSize,
): (TailOverWindows | null)[] {
  const none = network.layers.map(() => null);
  const sources = sourcesIn(timesteps);
  const available = Math.floor((symbols.length - 1) / (WINDOWS * timesteps));
  const inEach = Math.min(available, ROWS, Math.max(1, Math.floor(rows / ROW_SHARE)));
  if (inEach < 1 || sources.length === 0 || network.shape.end !== undefined) return none;

  return scoped(network.kernels, () => tailsOf(network, symbols, timesteps, inEach, sources));
}

function tailsOf(
  network: Network,
  symbols: Uint16Array,
  timesteps: number,
  inEach: number,
  sources: readonly number[],
): (TailOverWindows | null)[] {
  // All windows side by side: the first rows are the first window's, from the beginning of the text on.
  const size = { rows: WINDOWS * inEach, timesteps };
  const unrolled = new Unrolled(network, { ...size, gradients: true, dropout: 0 });
  const stream = Math.floor((symbols.length - 1) / size.rows);
  fillStreams(symbols, stream, 0, size, unrolled.inputs, unrolled.targets);
  forward(unrolled, timesteps);
  loss(unrolled);
  /** By layer, window and source. */
  const slopes: number[][][] = network.layers.map(() => Array.from({ length: WINDOWS }, () => []));
  for (const source of sources) {
    slopesFrom(unrolled, source, inEach).forEach((byWindow, layer) => {
      byWindow.forEach((slope, w) => {
        if (slope !== null) slopes[layer][w].push(slope);
      });
    });
  }
  return slopes.map((byWindow) => {
    if (byWindow.some((some) => some.length < sources.length)) return null;
    // Losses of one window go back over the same timesteps: only windows are independent of each other.
    const means = byWindow.map(mean);
    const [decadesPerStep, standardError] = [mean(means), standardErrorOf(means)];
    return { decadesPerStep, standardError, windows: WINDOWS, sources: sources.length };
  });
}

/**
 * The last timestep, and three evenly spaced ones before it, down to three quarters of the window: of each the lags
 * ≥ T/2 are a tail of at least half the length. Fewer where that leaves less than three lags.
 */
export function sourcesIn(timesteps: number): number[] {
  const [last, least] = [timesteps - 1, fittedFrom(timesteps) + 2];
  const all = Array.from(
    { length: SOURCES },
    (_, i) => last - Math.round((i * timesteps) / 4 / (SOURCES - 1)),
  );
  return [...new Set(all)].filter((source) => source >= least);
}

/** The tail's slope by layer and window, of the loss of one timestep; null where there is none. */
function slopesFrom(unrolled: Unrolled, source: number, inEach: number): (number | null)[][] {
  const curves: (number | null)[][][] = unrolled.layers.map(() =>
    Array.from({ length: WINDOWS }, () => new Array<number | null>(source + 1).fill(null)),
  );
  backward(unrolled, {
    from: source,
    into: null,
    rescale: true,
    tap: {
      view(view) {
        const norms = rowNorms(view);
        curves[view.layer].forEach((curve, w) => {
          curve[source - view.timestep] = joinedNorms(norms.slice(w * inEach, (w + 1) * inEach));
        });
      },
    },
  });
  // The lags are those of the whole window's tail, so that all are of the same stretch.
  const from = fittedFrom(unrolled.timesteps);
  return curves.map((byWindow) => byWindow.map((curve) => tailLine(curve, from)?.decadesPerStep ?? null));
}
