/**
 * Section 3: it gets worse with every layer. ‖∂L/∂W‖ of the first and of the last layer (W_ih and W_hh together) for 1 to
 * 8 stacked layers, before and after a brief training; and, since the way down is not the way back, the lag curves of
 * the layers of one deep sigmoid network beside each other.
 */
import { backward } from '../../bptt/backward.js';
import { forward } from '../../bptt/forward.js';
import { loss } from '../../bptt/loss.js';
import { Unrolled } from '../../bptt/unrolled.js';
import type { Kernels } from '../../kernels/kernels.js';
import { Parameters } from '../../model/parameters.js';
import { fillStreams, type WindowSize } from '../../text/windows.js';
import { inspect } from '../inspect.js';
import { loadModel, type ModelContents } from '../model.js';
import { net, type Measuring, type Nets, type NetSpec } from './nets.js';
import { outcomeOf, type BeforeAndAfter, type Outcome } from './outcome.js';

const CELLS = ['sigmoid', 'tanh', 'relu'] as const;
const MOST_LAYERS = 8;
/** The network whose layers' lag curves are laid side by side: deep enough that a brief training does not get it going. */
const DEEP = net('sigmoid', { layers: 5 });

/** The first of 8 layers gets less than a tenth of what a single layer gets: worse with depth. */
export const WORSE_BELOW = 0.1;

export interface EndLayers {
  readonly first: number;
  readonly last: number;
}

export interface Deep {
  readonly cell: NetSpec['cell'];
  /** ‖∂L/∂W‖ of the first and last layer, for 1 layer, 2 layers … */
  readonly byDepth: readonly BeforeAndAfter<EndLayers>[];
}

export interface LayersByLag {
  /** log10 ‖∂ℓ/∂h‖ by layer and lag. */
  readonly layers: readonly (readonly (number | null)[])[];
  /** The first lag at which the first layer has no less than the last, having begun with less; null where there is none. */
  readonly crossing: number | null;
}

export interface DepthFigures {
  readonly nets: readonly Deep[];
  /** Of one deep sigmoid network. */
  readonly lags: BeforeAndAfter<LayersByLag>;
  readonly outcome: Outcome;
}

export const depthNets: readonly NetSpec[] = CELLS.flatMap((cell) =>
  Array.from({ length: MOST_LAYERS }, (_, i) => net(cell, { layers: i + 1 })),
);

export async function* measureDepth(nets: Nets): Measuring<DepthFigures> {
  const { measured, size, open, where } = nets.setup;
  const found = new Map<NetSpec['cell'], BeforeAndAfter<EndLayers>[]>(CELLS.map((cell) => [cell, []]));
  for (const spec of depthNets) {
    const { start, end } = yield* nets.get(spec);
    const take = async (contents: ModelContents): Promise<EndLayers> =>
      endLayers(await open(), contents, measured, size);
    found.get(spec.cell)?.push({ start: await take(start), end: end && (await take(end)) });
  }
  const { start, end } = yield* nets.get(DEEP);
  const lags = async (contents: ModelContents): Promise<LayersByLag> => {
    const found = inspect(loadModel(await open(), contents), measured, size, where);
    const layers = found.layers.map(({ lagLog10 }) => lagLog10.h);
    return { layers, crossing: crossingOf(layers) };
  };
  const deep = [...found].map(([cell, byDepth]) => ({ cell, byDepth }));
  return {
    nets: deep,
    lags: { start: await lags(start), end: end && (await lags(end)) },
    outcome: depthOutcome(deep),
  };
}

/** ‖∂L/∂(W_ih, W_hh)‖ of the first and the last layer, on one window. */
export function endLayers(
  kernels: Kernels,
  contents: ModelContents,
  text: string,
  size: WindowSize,
): EndLayers {
  const { network, alphabet } = loadModel(kernels, contents);
  const unrolled = new Unrolled(network, { ...size, gradients: true, dropout: 0 });
  const symbols = alphabet.encode(text, '');
  fillStreams(symbols, size.timesteps, 0, size, unrolled.inputs, unrolled.targets);
  forward(unrolled, size.timesteps);
  loss(unrolled);
  const into = new Parameters(kernels, network.shape);
  backward(unrolled, { from: 'window', into, rescale: false, tap: null });
  const normOf = (layer: number): number => {
    const { weightIh, weightHh } = into.layers[layer];
    return Math.sqrt(kernels.sumSquares(weightIh) + kernels.sumSquares(weightHh));
  };
  return { first: normOf(0), last: normOf(network.shape.layers - 1) };
}

/** The first lag at which the first layer's curve is no longer below the last one's, having begun below it. */
export function crossingOf(layers: readonly (readonly (number | null)[])[]): number | null {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const isBelow = (k: number): boolean => (first[k] ?? -Infinity) < (last[k] ?? -Infinity);
  if (!isBelow(0)) return null;
  const k = first.findIndex((_, lag) => !isBelow(lag));
  return k < 0 ? null : k;
}

/** What the first layer of the deepest network gets beside what a single layer gets. */
export const kept = (byDepth: readonly EndLayers[]): number =>
  byDepth[byDepth.length - 1].first / byDepth[0].first;

/** The claim is of sigmoid and tanh, at the start, where every training has to begin. */
export const depthOutcome = (found: readonly Deep[]): Outcome =>
  outcomeOf(
    found
      .filter(({ cell }) => cell !== 'relu')
      .map(({ byDepth }) => kept(byDepth.map(({ start }) => start)) < WORSE_BELOW),
  );
