/**
 * An engine whose states can be nudged in the midst of a forward pass, as soon as they are computed, so that everything
 * that follows from them follows: for difference quotients. It also sees when a nudge opens or closes a ReLU.
 */
import type { Unrolled } from '../../bptt/unrolled.js';
import { CALLS, CALL_NAMES, type CallName } from '../../kernels/calls.js';
import type { Kernels } from '../../kernels/kernels.js';
import type { Matrix } from '../../base/matrix.js';

/** One number of a layer's h or c, counted over timesteps, rows and units, and what is added to it. */
export interface StateNudge {
  readonly layer: number;
  readonly state: 'h' | 'c';
  readonly entry: number;
  readonly by: number;
}

/** All of a layer's h at a timestep, and what is added to each of its numbers, (N, H). */
export interface StateMove {
  readonly layer: number;
  readonly timestep: number;
  readonly by: ArrayLike<number>;
}

interface Pending {
  /** The h of the timestep it happens in. */
  readonly at: Matrix;
  readonly state: 'h' | 'c';
  /** The block of the gate on c's direct path. */
  readonly gate: number;
  readonly entry: number;
  readonly by: number;
}

export class Nudging {
  readonly kernels: Kernels;
  /** A ReLU was open where it was closed in the pass remembered, or the other way round. */
  crossed = false;
  /** The last nudge of a state happened: a cell from outside may compute its states by no call that has an h. */
  reached = false;
  #pending: Pending | null = null;
  #moved: { readonly at: Matrix; readonly by: ArrayLike<number> } | null = null;
  /** Of every ReLU in the order of the pass: open or not. */
  #open: boolean[] = [];
  #isRemembering = false;
  #seen = 0;

  /** @param kernels a plain object, such as the reference engine */
  constructor(kernels: Kernels) {
    const wrapped = CALL_NAMES.flatMap((name) => {
      const places = new Map(
        CALLS[name].operands.map((operand, i) => ['name' in operand ? operand.name : '', i]),
      );
      const h = places.get('h');
      return name.endsWith('Forward') && h !== undefined
        ? [[name, this.#nudged(kernels[name], places, h)]]
        : [];
    });
    this.kernels = { ...kernels, ...(Object.fromEntries(wrapped) as Partial<Kernels>) };
  }

  /** A call of which h comes, and c where it has one: nudged as soon as it has. @param places of its operands, by name */
  #nudged(call: Kernels[CallName], places: ReadonlyMap<string, number>, ofH: number) {
    const run = call as (...operands: unknown[]) => unknown;
    return (...operands: unknown[]): void => {
      const of = (name: string): Matrix => operands[places.get(name) ?? -1] as Matrix;
      const h = operands[ofH] as Matrix;
      if (operands[places.get('kind') ?? -1] === 'relu') this.#watch(h);
      const pending = this.#pending;
      if (pending?.at === h && pending.state === 'c') {
        const [gates, cPrev] = [of('gates'), of('cPrev')];
        const shares = gates.data.slice();
        run(...operands);
        const [row, unit] = [Math.floor(pending.entry / h.cols), pending.entry % h.cols];
        const gate = gates.data[row * gates.cols + pending.gate * h.cols + unit];
        const before = cPrev.data[pending.entry];
        cPrev.data[pending.entry] = before + pending.by / gate;
        gates.data.set(shares);
        run(...operands);
        cPrev.data[pending.entry] = before;
      } else run(...operands);
      this.#nudge(h);
    };
  }

  /** The next pass is the one that others are compared with. */
  remember(): void {
    this.#open = [];
    this.#isRemembering = true;
    this.#seen = 0;
  }

  beginPass(): void {
    if (this.#seen > 0) this.#isRemembering = false;
    this.#seen = 0;
  }

  forgetCrossings(): void {
    this.crossed = false;
  }

  /**
   * Runs `pass` with a state nudged. c = gate∘c⁻ + … is reached through c⁻, which enters nowhere else: that is nudged by
   * `by`/gate for the one timestep.
   */
  during(unrolled: Unrolled, { layer, state, entry, by }: StateNudge, pass: () => number): number {
    const { cell, shape } = unrolled.network;
    const size = unrolled.options.rows * shape.hidden;
    const step = unrolled.layers[layer].steps[Math.floor(entry / size)];
    if (state === 'c' && cell.directPath?.state !== 'c') throw new RangeError('c has no direct path');
    const gate = cell.directPath?.gate ?? 0;
    this.#pending = { at: step.h, state, gate, entry: entry % size, by };
    this.reached = false;
    try {
      return pass();
    } finally {
      this.#pending = null;
    }
  }

  /** Runs `pass` with all of a layer's h at one timestep moved at once. */
  whileMoved<T>(unrolled: Unrolled, { layer, timestep, by }: StateMove, pass: () => T): T {
    this.#moved = { at: unrolled.layers[layer].steps[timestep].h, by };
    try {
      return pass();
    } finally {
      this.#moved = null;
    }
  }

  #nudge(h: Matrix): void {
    const moved = this.#moved;
    this.reached ||= this.#pending?.at === h;
    if (moved?.at === h) for (let j = 0; j < h.length; j++) h.data[j] += moved.by[j];
    if (this.#pending?.at === h && this.#pending.state === 'h')
      h.data[this.#pending.entry] += this.#pending.by;
  }

  #watch(h: Matrix): void {
    for (const a of h.data) {
      const isOpen = a > 0;
      if (this.#isRemembering) this.#open[this.#seen] = isOpen;
      else if (this.#open[this.#seen] !== isOpen) this.crossed = true;
      this.#seen++;
    }
  }
}
