/**
 * Lyapunov exponents of a layer's recurrence along a text: the mean growth, in nats a timestep, of volumes that are sent
 * back through its Jacobians J_t = ∂(h_t, c_t)/∂(h_{t−1}, c_{t−1}), the input held fixed (Benettin et al. 1980; Engelken et
 * al. 2023). The transposed product has the same singular values, so going backward gives the same exponents.
 *
 * No Jacobian is formed: m rows read the same text, their (dh, dc) are m orthonormal vectors, the cell's own backward is
 * Jᵀ, and QR after each timestep gives the growth |R_ii|.
 */
import { normalVector, orthonormalise, type Vector } from '../base/krylov.js';
import { once } from '../base/once.js';
import { Rng } from '../base/rng.js';
import { forward } from '../bptt/forward.js';
import { Unrolled } from '../bptt/unrolled.js';
import type { CellGradients } from '../model/cells/cell.js';

const MOST_EXPONENTS = 8;
/** Share of the way in which the vectors find their directions and nothing is counted yet. */
const SETTLING = 0.25;

/** The window's first row, as many times as there are vectors. */
const copiesFor = once((unrolled: Unrolled): Unrolled => {
  const { network, options } = unrolled;
  const dimensions = network.shape.hidden * (network.cell.hasCellState ? 2 : 1);
  const rows = Math.min(MOST_EXPONENTS, dimensions);
  return new Unrolled(network, { rows, timesteps: options.timesteps, gradients: true, dropout: 0 });
});

/**
 * The largest exponents along row 0 of the window in memory, by layer, in descending order. Fewer than asked for where
 * directions die out exactly (closed ReLUs): their exponent is −∞.
 */
export function lyapunovExponents(unrolled: Unrolled): number[][] {
  const along = copiesFor(unrolled);
  const [m, N] = [along.options.rows, unrolled.options.rows];
  along.inputs.data.forEach((_, j, ids) => (ids[j] = unrolled.inputs.data[Math.floor(j / m) * N]));
  const carries = unrolled.carries();
  along.carries().forEach((states, l) => {
    states.forEach((state, i) => {
      const row = carries[l][i].data.subarray(0, state.cols);
      for (let n = 0; n < state.rows; n++) state.data.set(row, n * state.cols);
    });
  });
  forward(along, unrolled.timesteps);
  return along.layers.map((_, l) => exponentsOf(along, l));
}

function exponentsOf(along: Unrolled, l: number): number[] {
  const { network, layers, gradients, timesteps } = along;
  if (!gradients) throw new RangeError('this window has no room for gradients');
  const { kernels, cell } = network;
  const m = along.options.rows;
  const H = network.shape.hidden;
  const rng = Rng.fromSeed(1);
  const rounding = kernels.scalar === 'f32' ? 1e-5 : 1e-13;
  let vectors: Vector[] = [];
  /** Makes orthonormal vectors of the candidates, up to the first that lies in the space of those before it. */
  const settle = (candidates: readonly Vector[]): number[] => {
    vectors = [];
    const growth: number[] = [];
    for (const v of candidates) {
      const { left } = orthonormalise(v, vectors, rounding);
      if (left === 0) break;
      growth.push(left);
      vectors.push(v);
    }
    return growth;
  };
  settle(Array.from({ length: m }, () => normalVector(cell.hasCellState ? 2 * H : H, rng)));

  const settling = Math.floor(timesteps * SETTLING);
  let sums = vectors.map(() => 0);
  for (let t = timesteps - 1; t >= 0; t--) {
    const step = gradients.steps[t];
    write(vectors, step, H);
    kernels.zero(step.dhPrev);
    cell.backward(kernels, layers[l].steps[t], step, network.layers[l].recurrent);
    const growth = settle(read(step, vectors.length, H));
    sums = growth.map((left, i) => sums[i] + (timesteps - 1 - t < settling ? 0 : Math.log(left)));
  }
  return sums.map((sum) => sum / (timesteps - settling)).sort((a, b) => b - a);
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
const read = ({ dhPrev, dcPrev }: CellGradients, count: number, H: number): Vector[] =>
  Array.from({ length: count }, (_, n) =>
    Float64Array.from([
      ...dhPrev.data.subarray(n * H, (n + 1) * H),
      ...dcPrev.data.subarray(n * H, (n + 1) * H),
    ]),
  );
