/**
 * Section 4: it gets worse with every layer. ‖∂L/∂W‖ of the first and of the last layer (W_ih and W_hh together) for 1 to
 * 8 stacked layers: of networks as they are drawn, with every initialisation and several seeds; then what became of some
 * of them in a brief training. And, since the way down is not the way back, the lag curves of the layers of one deep
 * sigmoid network beside each other.
 */
import { backward } from '../../../bptt/backward.js';
import { forward } from '../../../bptt/forward.js';
import { loss } from '../../../bptt/loss.js';
import { windowOf } from '../../../bptt/window.js';
import { scoped } from '../../../kernels/scoped.js';
import type { Network } from '../../../model/network.js';
import { Parameters } from '../../../model/parameters.js';
import type { WindowSize } from '../../../text/windows.js';
import type { Log10 } from '../../../words/lesson/curve.js';
import { net, type Measuring } from '../doing.js';
import type { NetSpec } from '../../../words/lesson/doing.js';
import { drawing, drawingCost, freshNets } from '../fresh.js';
import type { Initialisation } from '../../../words/lesson/fresh.js';
import type { Nets } from '../nets.js';
import { claimPart, verdictOf } from '../outcome.js';
import type { ClaimVerdict } from '../../../words/lesson/outcome.js';
import type { LessonSetup } from '../setup.js';
import {
  keptByInit,
  type Deep,
  type DepthPart,
  type EndLayers,
  type DepthFigures,
  type LayersByLag,
  WORSE_BELOW,
} from '../../../words/lesson/depth.js';

const CELLS = ['sigmoid', 'tanh', 'relu'] as const;

export const DEEPEST_NET = 8;

/** Trained: each doubling of the depth. */
export const TRAINED_LAYERS = [1, 2, 4, 8] as const;

/** The network whose layers' lag curves are laid side by side. */
const DEEP = net('sigmoid', { layers: 4 });

export const depthNets: readonly NetSpec[] = CELLS.flatMap((cell) =>
  TRAINED_LAYERS.map((layers) => net(cell, { layers })),
);

const DRAWING_STEPS = 4;

const DEPTHS = Array.from({ length: DEEPEST_NET }, (_, i) => i + 1);

export const depthCost = (setup: LessonSetup): number =>
  CELLS.flatMap((cell) => DEPTHS.map((layers) => drawingCost(setup, cell, layers, DRAWING_STEPS))).reduce(
    (a, b) => a + b,
  );

export function* measureDepth(nets: Nets): Measuring<DepthFigures> {
  const { setup } = nets;
  const { measured: symbols, size } = setup;
  const deep: Deep[] = [];
  for (const cell of CELLS) {
    const drawn: { init: Initialisation; seed: number; byDepth: EndLayers[] }[] = [];
    for (const layers of DEPTHS) {
      let done = 0;
      for (const { network, init, seed } of freshNets(setup, cell, layers)) {
        if (layers === 1) drawn.push({ init, seed, byDepth: [] });
        drawn[done].byDepth.push(measureEnds(network, symbols, size));
        yield drawing(cell, layers, ++done, drawingCost(setup, cell, layers, DRAWING_STEPS));
      }
    }
    const trained: Deep['trained'][number][] = [];
    for (const layers of TRAINED_LAYERS) {
      const run = yield* nets.get(net(cell, { layers }));
      const stages = nets.stages(run, (contents) => {
        const { network } = nets.load(contents);
        return measureEnds(network, symbols, size);
      });
      trained.push({ layers, ...stages });
    }
    deep.push({ cell, drawn, trained });
  }
  const run = yield* nets.get(DEEP);
  const lags = nets.stages(run, (contents): LayersByLag => {
    const layers = nets.inspect(contents).map(({ lagLog10 }) => lagLog10.h);
    return { layers, crossing: crossingOf(layers) };
  });
  return { nets: deep, lags, ...depthVerdict(deep) };
}

/** ‖∂L/∂(W_ih, W_hh)‖ of the first and the last layer, on one window. */
export const measureEnds = (network: Network, symbols: Uint16Array, size: WindowSize): EndLayers =>
  scoped(network.kernels, () => {
    const { kernels, shape } = network;
    const unrolled = windowOf(network, symbols, size);
    const into = new Parameters(kernels, shape);
    const normOf = (layer: number): number => {
      const { weightIh, weightHh } = into.layers[layer];
      return Math.sqrt(kernels.sumSquares(weightIh) + kernels.sumSquares(weightHh));
    };
    forward(unrolled, size.timesteps);
    loss(unrolled);
    backward(unrolled, { from: 'window', into, rescale: false, tap: null });
    return { first: normOf(0), last: normOf(shape.layers - 1) };
  });

/** The first lag at which the first layer's curve is no longer below the last one's, having begun below it. */
export function crossingOf(layers: readonly (readonly Log10[])[]): number | null {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const isBelow = (k: number): boolean => (first[k] ?? -Infinity) < (last[k] ?? -Infinity);
  if (!isBelow(0)) return null;
  const k = first.findIndex((_, lag) => !isBelow(lag));
  return k < 0 ? null : k;
}

/** At the start, where every training has to begin. The claim is of sigmoid and tanh; ReLU is judged beside them. */
export const depthVerdict = (found: readonly Pick<Deep, 'cell' | 'drawn'>[]): ClaimVerdict<DepthPart> => {
  const parts = found.map((one) =>
    claimPart<DepthPart>(
      one.cell,
      keptByInit(one).flatMap((of) => of.kept.map((share) => share < WORSE_BELOW)),
      one.cell === 'relu',
    ),
  );
  return verdictOf(parts);
};
