/**
 * Keeps gradients that vanish or explode within the numbers an engine has: each timestep's are multiplied by a
 * power of two (exactly) that brings their norm near 1, and the exponent is remembered.
 */
import type { Kernels } from '../kernels/kernels.js';
import { normOf } from '../kernels/norm.js';
import type { CellGradients } from '../model/cells/cell.js';

/** Norms within 2^±40 are left alone: float32 has room for their elements, and most steps cost nothing. */
const ROOM = 40;
/** One factor's largest exponent: 2^±120 is an ordinary float32 number, 2^±1000 a float64 one. */
const MOST = { f32: 120, f64: 1000 } as const;

export class Rescaling {
  /** By timestep: true gradients of the layer at hand are its buffers' times 2^exponent. */
  readonly exponents: Int32Array;
  /** The same for what arrives from above, by timestep. */
  #arriving: Int32Array;

  constructor(
    private readonly kernels: Kernels,
    private readonly timesteps: number,
  ) {
    this.exponents = new Int32Array(timesteps);
    this.#arriving = new Int32Array(timesteps);
  }

  /**
   * Called when timestep t's gradients are complete and before the cell passes them on to t − 1: brings them near 1,
   * and to one exponent with what has arrived at t − 1 already, so that the two can be added.
   */
  align({ dh, dc, dhPrev }: CellGradients, t: number): void {
    const { kernels, exponents } = this;
    let exponent = t === this.timesteps - 1 ? this.#arriving[t] : exponents[t + 1];
    const raise = (by: number): void => {
      if (by === 0) return;
      const factor = 2 ** by;
      kernels.scale(dh, factor);
      if (dc.rows > 0) kernels.scale(dc, factor);
      exponent -= by;
    };
    const size = Math.log2(normOf(kernels, dh, dc));
    const most = MOST[kernels.scalar];
    if (Number.isFinite(size) && Math.abs(size) > ROOM)
      raise(Math.max(-most, Math.min(most, -Math.round(size))));

    if (t > 0 && normOf(kernels, dhPrev) > 0) {
      const ahead = this.#arriving[t - 1] - exponent;
      // The smaller side is brought down: should it become 0 there, it was nothing beside the larger.
      if (ahead > 0) raise(-ahead);
      else if (ahead < 0) kernels.scale(dhPrev, 2 ** ahead);
    }
    exponents[t] = exponent;
  }

  /** The layer is through: what it sends to the one below carries its exponents. */
  descend(): void {
    this.#arriving = this.exponents.slice();
  }
}
