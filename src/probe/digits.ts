/**
 * digits: from which lag on a float32 lag curve may be wrong by 1% or more because derivatives were rounded away. 1 − y² of
 * a y near 1 is off by up to 1e-7 however small it is; what that puts into the gradient travels back with it.
 *
 * Along a path without W_hh (the LSTM's c, the GRU's h) it may stay while the rest dies away, so there it is compared as it
 * is; through W_hh all parts mix and it is taken to shrink like the rest. In float64 nothing is lost, and nothing reported.
 */
import type { Probe } from '../bptt/probing.js';
import type { TapView } from '../bptt/tap.js';
import { normOf } from '../kernels/norm.js';
import { valuesOf } from './saturation.js';
import { Within } from './within.js';
import type { CellActivation } from '../model/cells/cell.js';

/** What rounding can put a derivative off by. */
const OFF_BY = 1e-7;
/** Smaller derivatives have lost more than one of ten thousand. */
const LOST_BELOW = 1e-3;
const TOLERATED = 0.01;

/** |y| from which on the derivative is that small; a σ near 0 loses nothing. */
const LOST_FROM: Record<CellActivation['kind'], number> = {
  tanh: Math.sqrt(1 - LOST_BELOW),
  sigmoid: 1 - LOST_BELOW,
  relu: Infinity,
};

/** Σ ‖dh‖² + ‖dc‖² over the units whose derivative is lost: what it is multiplied with, up to a factor below 1. */
function lostSquares(activation: CellActivation, { step, gradients }: TapView): number {
  const { rows, cols: H } = gradients.dh;
  const { from, stride, start } = valuesOf(activation, step);
  const least = LOST_FROM[activation.kind];
  if (least === Infinity) return 0;
  const [dh, dc] = [gradients.dh.data, gradients.dc.data];
  const hasC = dc.length > 0;
  let sum = 0;
  for (let n = 0; n < rows; n++) {
    const first = n * stride + start;
    for (let j = 0; j < H; j++) {
      const y = from[first + j];
      if (y > least || y < -least) {
        const unit = n * H + j;
        sum += dh[unit] * dh[unit];
        if (hasC) sum += dc[unit] * dc[unit];
      }
    }
  }
  return sum;
}

export const digits: Probe = {
  name: 'digits',
  from: 'last',
  begin(unrolled) {
    const { kernels, cell } = unrolled.network;
    const last = unrolled.timesteps - 1;
    const isDirect = cell.directPath !== null;
    const within = Within.of(unrolled);
    /** By layer: log2 of the norm that is off, as injected so far; and the share of the gradient that is off. */
    const injected = unrolled.layers.map(() => -Infinity);
    const share = unrolled.layers.map(() => 0);
    const from: (number | null)[] = unrolled.layers.map(() => null);
    return {
      view(view) {
        if (kernels.scalar === 'f64') return;
        const { layer, timestep, exponent, gradients } = view;
        const norm = normOf(kernels, gradients.dh, gradients.dc);
        // As if rows whose record begins on the way went on: they have taken what was put into them along.
        const gone = within?.gone(view) ?? 0;
        if (within?.reaches(timestep) === false) return;
        const size = Math.log2(norm) + exponent + gone / Math.log10(2);
        const off = isDirect ? 2 ** (injected[layer] - size) : share[layer];
        if (from[layer] === null && norm > 0 && off > TOLERATED) from[layer] = last - timestep;
        let squares = 0;
        for (const activation of cell.activations) squares += lostSquares(activation, view);
        if (squares === 0) return;
        const put = OFF_BY * Math.sqrt(squares);
        injected[layer] = Math.max(injected[layer], Math.log2(put) + exponent + gone / Math.log10(2));
        const passed = normOf(kernels, gradients.delta);
        if (passed > 0) share[layer] += put / passed;
      },
      result: () =>
        kernels.scalar === 'f64'
          ? unrolled.layers.map(() => ({}))
          : from.map((digitsFromLag) => ({ digitsFromLag })),
    };
  },
};
