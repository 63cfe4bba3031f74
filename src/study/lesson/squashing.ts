/**
 * Section 2: sigmoid and tanh squash. Of a trained network of one layer: where its units' pre-activations lie under the
 * activation's curve, how steep the curve is there, and which share of them lies on its flat part (`FLAT_BELOW`, as
 * the saturation probe has it).
 */
import { forward } from '../../bptt/forward.js';
import { Unrolled } from '../../bptt/unrolled.js';
import { openReference } from '../../kernels/reference.js';
import { FLAT_BELOW, isFlat } from '../../probe/saturation.js';
import { fillStreams, type WindowSize } from '../../text/windows.js';
import { loadModel, type ModelContents } from '../model.js';
import { net, type Measuring, type Nets } from './nets.js';
import { outcomeOf, type BeforeAndAfter, type Outcome } from './outcome.js';

export type Squashing = 'sigmoid' | 'tanh';
const CELLS: readonly Squashing[] = ['sigmoid', 'tanh'];

/** The histogram's range; what lies beyond is counted in the outermost bins. */
export const RANGE = 6;
export const BINS = 48;
/** On the whole a step keeps less than this of what comes back: the activation squashes. */
export const SQUASHES_BELOW = 0.9;
/** A twentieth of the units on the flat part: not only in theory. */
export const SATURATES_AT = 0.05;

export interface PreActivations {
  /** Share of the pre-activations in each of `BINS` bins from −RANGE to RANGE. */
  readonly histogram: readonly number[];
  /** Share whose derivative is below `flatBelow`. */
  readonly flat: number;
  /** √ of the mean of φ′²: what the activation leaves of a gradient, on the whole. */
  readonly slope: number;
}

export interface SquashingFigures {
  readonly flatBelow: number;
  readonly range: number;
  readonly nets: readonly ({ readonly cell: Squashing } & BeforeAndAfter<PreActivations>)[];
  readonly outcome: Outcome;
}

/** φ and φ′ by the pre-activation a. */
export const CURVES: Readonly<Record<Squashing, { y: (a: number) => number; slope: (a: number) => number }>> =
  {
    sigmoid: {
      y: (a) => 1 / (1 + Math.exp(-a)),
      slope: (a) => 1 / (2 + Math.exp(a) + Math.exp(-a)),
    },
    tanh: { y: Math.tanh, slope: (a) => 1 - Math.tanh(a) ** 2 },
  };

export async function* measureSquashing(nets: Nets): Measuring<SquashingFigures> {
  const { measured, size } = nets.setup;
  const found: SquashingFigures['nets'][number][] = [];
  for (const cell of CELLS) {
    const { start, end } = yield* nets.get(net(cell));
    const take = (contents: ModelContents): PreActivations => preActivations(contents, measured, size);
    found.push({ cell, start: take(start), end: end && take(end) });
  }
  return { flatBelow: FLAT_BELOW, range: RANGE, nets: found, outcome: squashingOutcome(found) };
}

/** Both squash, as trained, and at least one of them has a twentieth of its units on the flat part. */
export const squashingOutcome = (
  found: readonly BeforeAndAfter<Pick<PreActivations, 'slope' | 'flat'>>[],
): Outcome => {
  const now = found.map(({ start, end }) => end ?? start);
  const squashes = now.map(({ slope }) => slope < SQUASHES_BELOW);
  return outcomeOf([...squashes, now.some(({ flat }) => flat >= SATURATES_AT)]);
};

/** Of every unit of a vanilla network at every timestep and row of a window. */
export function preActivations(contents: ModelContents, text: string, size: WindowSize): PreActivations {
  const { cell } = contents.shape;
  if (cell !== 'sigmoid' && cell !== 'tanh') throw new RangeError(`${cell} does not squash`);
  const histogram = new Array<number>(BINS).fill(0);
  let [count, flat, squares] = [0, 0, 0];
  const reference = openReference();
  const kernels: typeof reference = {
    ...reference,
    vanillaForward(kind, h, slopes) {
      for (const a of h.data) {
        const bin = Math.floor(((a + RANGE) / (2 * RANGE)) * BINS);
        histogram[Math.max(0, Math.min(BINS - 1, bin))]++;
        squares += CURVES[cell].slope(a) ** 2;
      }
      reference.vanillaForward(kind, h, slopes);
      for (const y of h.data) if (isFlat[kind](y)) flat++;
      count += h.length;
    },
  };
  const { network, alphabet } = loadModel(kernels, contents);
  const unrolled = new Unrolled(network, { ...size, gradients: false, dropout: 0 });
  fillStreams(alphabet.encode(text, ''), size.timesteps, 0, size, unrolled.inputs, unrolled.targets);
  forward(unrolled, size.timesteps);
  return {
    histogram: histogram.map((many) => many / count),
    flat: flat / count,
    slope: Math.sqrt(squares / count),
  };
}
