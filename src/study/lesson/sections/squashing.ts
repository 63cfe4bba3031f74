/**
 * Section 2: sigmoid and tanh squash. Of a network of one layer, before its training and after: where its units'
 * pre-activations lie under the activation's curve, how steep the curve is there, which share of them is saturated
 * (`FLAT_BELOW`, as the saturation probe has it); and how much of what a step back takes from the gradient is the
 * derivative's part, and how much that of W_hh.
 */
import { exp, tanh } from '../../../base/elementary.js';
import { forward } from '../../../bptt/forward.js';
import { windowOf } from '../../../bptt/window.js';
import { openReference } from '../../../kernels/reference.js';
import { FLAT_BELOW, isFlat } from '../../../probe/saturation.js';
import type { WindowSize } from '../../../text/windows.js';
import { loadModel, type ModelContents } from '../../model/model.js';
import { factorsOf } from '../curve.js';
import { net, type Measuring } from '../doing.js';
import type { Nets } from '../nets.js';
import { claimPart, verdictOf } from '../outcome.js';
import { sound, type Stages, type ClaimVerdict } from '../../../words/lesson/outcome.js';
import type {
  SquashingFigures,
  SquashingPart,
  Squashing,
  PreActivations,
} from '../../../words/lesson/squashing.js';

const CELLS: readonly Squashing[] = ['sigmoid', 'tanh'];

/** The histogram's range; what lies beyond is counted in the outermost bins. */
export const RANGE = 6;

export const BINS = 48;

/** On the whole a step keeps less than this of what comes back: the activation squashes. */
export const SQUASHES_BELOW = 0.9;

/** A twentieth of the units saturated: not only in theory. */
export const SATURATES_AT = 0.05;

/** φ and φ′ by the pre-activation a. */
export const CURVES: Readonly<Record<Squashing, { y: (a: number) => number; slope: (a: number) => number }>> =
  {
    sigmoid: {
      y: (a) => 1 / (1 + exp(-a)),
      slope: (a) => 1 / (2 + exp(a) + exp(-a)),
    },
    tanh: { y: tanh, slope: (a) => 1 - tanh(a) * tanh(a) },
  };

export const squashingNets = CELLS.map((cell) => net(cell));

export function* measureSquashing(nets: Nets): Measuring<SquashingFigures> {
  const { measured, size } = nets.setup;
  const found: SquashingFigures['nets'][number][] = [];
  for (const cell of CELLS) {
    const run = yield* nets.get(net(cell));
    const stages = nets.stages(run, (contents) => ({
      ...preActivations(contents, measured, size),
      factors: factorsOf(nets.inspect(contents)[0]),
    }));
    found.push({ cell, ...stages });
  }
  return { flatBelow: FLAT_BELOW, range: RANGE, nets: found, ...squashingVerdict(found) };
}

/** Each squashes, before and after; of the trained ones, each has a twentieth of its units saturated. */
export const squashingVerdict = (
  found: readonly ({ readonly cell: Squashing } & Stages<Pick<PreActivations, 'slope' | 'flat'>>)[],
): ClaimVerdict<SquashingPart> =>
  verdictOf([
    ...found.map((one) =>
      claimPart<SquashingPart>(
        one.cell,
        sound(one).map(({ slope }) => slope < SQUASHES_BELOW),
      ),
    ),
    claimPart<SquashingPart>(
      'saturated',
      found.flatMap((one) =>
        sound(one)
          .slice(1)
          .map(({ flat }) => flat >= SATURATES_AT),
      ),
    ),
  ]);

/** Of every unit of a vanilla network at every timestep and row of a window. */
export function preActivations(
  contents: ModelContents,
  symbols: Uint16Array,
  size: WindowSize,
): PreActivations {
  const { cell } = contents.shape;
  if (cell !== 'sigmoid' && cell !== 'tanh') throw new RangeError(`${cell} does not squash`);
  const { slope } = CURVES[cell as Squashing];
  const histogram = new Array<number>(BINS).fill(0);
  let [count, flat, squares] = [0, 0, 0];
  const reference = openReference();
  const kernels: typeof reference = {
    ...reference,
    vanillaForward(kind, h, slopes) {
      for (const a of h.data) {
        const bin = Math.floor(((a + RANGE) / (2 * RANGE)) * BINS);
        histogram[Math.max(0, Math.min(BINS - 1, bin))]++;
        squares += slope(a) * slope(a);
      }
      reference.vanillaForward(kind, h, slopes);
      for (const y of h.data) if (isFlat[kind](y)) flat++;
      count += h.length;
    },
  };
  const { network } = loadModel(kernels, contents);
  forward(windowOf(network, symbols, size, false), size.timesteps);
  return {
    histogram: histogram.map((many) => many / count),
    flat: flat / count,
    slope: Math.sqrt(squares / count),
  };
}
