/**
 * Lyapunov exponents of a layer's recurrence along a text: the mean growth, in nats a timestep, of volumes that are sent
 * back through its Jacobians J_t = ∂(h_t, c_t)/∂(h_{t−1}, c_{t−1}), the input held fixed (Benettin et al. 1980; Engelken et
 * al. 2023). The transposed product has the same singular values, so going backward gives the same exponents.
 *
 * No Jacobian is formed: m rows read the same text, their (dh, dc) are m orthonormal vectors, the cell's own backward is
 * Jᵀ, and QR after each timestep gives the growth |R_ii|.
 */
import { log } from '../base/elementary.js';
import { mean } from '../base/figures.js';
import { normalVector, orthonormalise, type Vector } from '../base/orthonormal.js';
import { Rng } from '../base/rng.js';
import type { Unrolled } from '../bptt/unrolled.js';
import { scoped } from '../kernels/scoped.js';
import type { CellGradients } from '../model/cells/cell.js';
import type { Network } from '../model/network.js';
import { alongRow, longestRow } from './along-row.js';

const MOST_EXPONENTS = 8;
/** Share of the way in which the vectors find their directions and nothing is counted yet. */
const SETTLING = 0.25;
/** A direction of which one step back leaves less than this share of its length is taken to be gone. */
const ROUNDING = 1e-13;

export interface Lyapunov {
  /** Nats a timestep, in descending order. Fewer than asked for where directions die out (closed ReLUs): their exponent is −∞. */
  readonly exponents: readonly number[];
  /** The largest one over the earlier half of the timesteps counted, less that over the later half; null without any. */
  readonly drift: number | null;
}

/**
 * The largest exponents along a row of the window in memory, by layer: the first of those that have read on for longest.
 * @param network in float64; the window may be in any engine
 */
export const lyapunovOf = (network: Network, window: Unrolled): Lyapunov[] =>
  scoped(network.kernels, () => exponentsAlong(network, window));

function exponentsAlong(network: Network, window: Unrolled): Lyapunov[] {
  const dimensions = network.shape.hidden * network.cell.states.length;
  const { row, begins } = longestRow(window);
  const copies = Math.min(MOST_EXPONENTS, dimensions);
  const along = alongRow(network, window, row, { copies, gradients: true });
  return along.layers.map((_, l) => exponentsOf(along, l, begins));
}

/** @param begins the timestep in which the text begins: what was before it is no part of the way */
function exponentsOf(along: Unrolled, l: number, begins: number): Lyapunov {
  const { network, layers, gradients, timesteps } = along;
  if (!gradients) throw new RangeError('this window has no room for gradients');
  const { kernels, cell } = network;
  const m = along.options.rows;
  const H = network.shape.hidden;
  const size = H * cell.states.length;
  const rng = Rng.fromSeed(1);
  let vectors: Vector[] = [];
  /** Makes orthonormal vectors of the candidates, up to the first that lies in the space of those before it. */
  const settle = (candidates: readonly Vector[]): number[] => {
    vectors = [];
    const growth: number[] = [];
    for (const v of candidates) {
      const { left } = orthonormalise(v, vectors, ROUNDING);
      if (left === 0) break;
      growth.push(left);
      vectors.push(v);
    }
    return growth;
  };
  settle(Array.from({ length: m }, () => normalVector(size, rng)));

  const settling = Math.floor((timesteps - begins) * SETTLING);
  const counted = timesteps - begins - settling;
  let sums = vectors.map(() => 0);
  /** ln of the growth along the first vector, by timesteps counted. */
  const first: number[] = [];
  for (let t = timesteps - 1; t >= begins; t--) {
    const step = gradients.steps[t];
    write(vectors, step, H);
    kernels.zero(step.dhPrev);
    cell.backward(kernels, layers[l].steps[t], step, network.layers[l].recurrent);
    const growth = settle(read(step, vectors.length, size));
    const isCounted = timesteps - 1 - t >= settling;
    sums = growth.map((left, i) => sums[i] + (isCounted ? log(left) : 0));
    if (isCounted && growth.length > 0) first.push(log(growth[0]));
  }
  const exponents = sums.map((sum) => sum / counted).sort((a, b) => b - a);
  const half = Math.floor(counted / 2);
  // The way back meets the later half first.
  const drift =
    exponents.length > 0 && half > 0 ? mean(first.slice(half)) - mean(first.slice(0, half)) : null;
  return { exponents, drift };
}

/** The vectors as rows of dh and, where there is one, dc; rows without one are 0. */
function write(vectors: readonly Vector[], { dh, dc }: CellGradients, H: number): void {
  dh.data.fill(0);
  dc.data.fill(0);
  vectors.forEach((v, n) => {
    dh.data.set(v.subarray(0, H), n * H);
    if (dc.rows > 0) dc.data.set(v.subarray(H), n * H);
  });
}

/** The first `count` rows of dh⁻ and dc⁻ as vectors. */
const read = ({ dhPrev, dcPrev }: CellGradients, count: number, size: number): Vector[] =>
  Array.from({ length: count }, (_, n) => {
    const H = dhPrev.cols;
    const v = new Float64Array(size);
    v.set(dhPrev.data.subarray(n * H, (n + 1) * H));
    if (dcPrev.rows > 0) v.set(dcPrev.data.subarray(n * H, (n + 1) * H), H);
    return v;
  });
