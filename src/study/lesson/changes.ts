/**
 * How far a change to a network moves its output. No derivative is taken: something is changed, the network is run again,
 * and its predictions are compared.
 *   0.1%, 10%, 100%   numbers x become x ± s·‖x‖·d, d a random direction of length 1
 *   redrawn           the same numbers in a new random order
 * The movement is the total variation distance ½ Σ|p′ − p| of the predicted probabilities p: the share of the probability
 * that goes to other symbols. Mean over rows, timesteps and directions; null where it is within rounding.
 */
import { exp } from '../../base/elementary.js';
import { Rng } from '../../base/rng.js';
import type { Floats, Matrix } from '../../base/matrix.js';
import { forward } from '../../bptt/forward.js';
import type { Unrolled } from '../../bptt/unrolled.js';
import { windowOf } from '../../bptt/window.js';
import type { Network } from '../../model/network.js';
import type { WindowSize } from '../../text/windows.js';
import { type Change, CHANGES, type Moves } from '../../words/lesson/changes.js';

export const ALL_CHANGES = Object.keys(CHANGES) as readonly Change[];

const DIRECTIONS = 3;

/** A movement below so many units in the last place of a probability is rounding. */
const ROUNDING = 64 * Number.EPSILON;

/** A network on one window, in float64, to be changed and changed back. */
export class Changing {
  readonly #unrolled: Unrolled;
  readonly #inputs: Int32Array;
  readonly #states: readonly { readonly h: Float64Array; readonly c: Float64Array }[];
  readonly #still: { readonly window: Float64Array; readonly last: Float64Array };
  readonly #nudged: Matrix;
  readonly #rng: Rng;

  constructor(
    private readonly network: Network,
    symbols: Uint16Array,
    private readonly size: WindowSize,
    seed: number,
  ) {
    const { rows: N, timesteps: T } = size;
    const { kernels, shape } = network;
    this.#unrolled = windowOf(network, symbols, size, false);
    this.#nudged = kernels.matrix(N, shape.hidden);
    this.#rng = Rng.fromSeed(seed);
    this.#inputs = this.#unrolled.inputs.data.slice();
    forward(this.#unrolled, T);
    this.#states = this.#unrolled.layers.map(({ h, c }) => ({
      h: Float64Array.from(h.data),
      c: Float64Array.from(c.data),
    }));
    const window = this.#output(T, T);
    this.#still = { window, last: window.slice((T - 1) * N * shape.symbols) };
  }

  /** W_ih and W_hh of layer l; the output is every prediction of the window. */
  weights<Name extends Change>(l: number, changes: readonly Name[]): Moves<Name> {
    const { weightIh, weightHh } = this.network.parameters.layers[l];
    const parts = [weightIh.data, weightHh.data];
    const before = parts.map((part) => Float64Array.from(part));
    const moves = this.#moves(before, this.#still.window, changes, (changed) => {
      parts.forEach((part, i) => {
        part.set(changed[i]);
      });
      this.network.refresh();
      this.#restart();
      forward(this.#unrolled, this.size.timesteps);
      return this.#output(this.size.timesteps, this.size.timesteps);
    });
    parts.forEach((part, i) => {
      part.set(before[i]);
    });
    this.network.refresh();
    return moves;
  }

  /** The top layer's h at lag k; the output is the last prediction. */
  state<Name extends Change>(lag: number, changes: readonly Name[]): Moves<Name> {
    const { rows: N, timesteps: T } = this.size;
    const { shape } = this.network;
    const block = N * shape.hidden;
    // In the buffers the carry comes first: timestep t stands in block t + 1.
    const from = (T - lag) * block;
    const h = this.#states[shape.layers - 1].h.slice(from, from + block);
    return this.#moves([h], this.#still.last, changes, ([changed]) => this.#goOn(lag, changed));
  }

  /** The last prediction, going on from lag k with another h of the top layer. */
  #goOn(lag: number, top: Float64Array): Float64Array {
    const { rows: N, timesteps: T } = this.size;
    const { kernels, shape, readout, parameters } = this.network;
    const unrolled = this.#unrolled;
    if (lag === 0) {
      this.#nudged.data.set(top);
      kernels.product(unrolled.logits.rowRange(0, N), this.#nudged, readout.forward, parameters.readoutBias);
      return this.#output(1, 1);
    }
    const block = N * shape.hidden;
    const from = (T - lag) * block;
    unrolled.carries().forEach(([h, c], l) => {
      const state = this.#states[l];
      h.data.set(l === shape.layers - 1 ? top : state.h.subarray(from, from + block));
      if (c.rows > 0) c.data.set(state.c.subarray(from, from + block));
    });
    unrolled.inputs.data.set(this.#inputs.subarray((T - lag) * N));
    forward(unrolled, lag);
    return this.#output(lag, 1);
  }

  #restart(): void {
    this.#unrolled.resetCarry();
    this.#unrolled.inputs.data.set(this.#inputs);
  }

  /** The probabilities of the last `count` of `timesteps` timesteps. */
  #output(timesteps: number, count: number): Float64Array {
    const { rows: N } = this.size;
    const { data } = this.#unrolled.logits.rowRange((timesteps - count) * N, count * N);
    return softmax(data, this.network.shape.symbols);
  }

  #moves<Name extends Change>(
    parts: readonly Float64Array[],
    still: Float64Array,
    changes: readonly Name[],
    run: (changed: readonly Float64Array[]) => Float64Array,
  ): Moves<Name> {
    const rows = still.length / this.network.shape.symbols;
    const norm = normOf(parts);
    const moved = (name: Name): number | null => {
      const size = CHANGES[name];
      let sum = 0;
      let runs = 0;
      for (let i = 0; i < DIRECTIONS; i++)
        for (const changed of size === null ? [this.#shuffled(parts)] : this.#apart(parts, size * norm)) {
          sum += distance(run(changed), still) / rows;
          runs++;
        }
      const mean = sum / runs;
      return mean <= ROUNDING ? null : mean;
    };
    return Object.fromEntries(changes.map((name) => [name, moved(name)])) as Moves<Name>;
  }

  /** To one side and to the other. */
  #apart(parts: readonly Float64Array[], by: number): Float64Array[][] {
    const direction = parts.map((part) => part.map(() => this.#rng.normal()));
    const step = by / normOf(direction);
    return [step, -step].map((s) => parts.map((part, i) => part.map((x, j) => x + s * direction[i][j])));
  }

  /** Each part by itself (Fisher and Yates). */
  #shuffled(parts: readonly Float64Array[]): Float64Array[] {
    return parts.map((part) => {
      const order = part.slice();
      for (let j = order.length - 1; j > 0; j--) {
        const other = Math.floor(this.#rng.uniform() * (j + 1));
        [order[j], order[other]] = [order[other], order[j]];
      }
      return order;
    });
  }
}

function softmax(logits: Floats, symbols: number): Float64Array {
  const p = new Float64Array(logits.length);
  for (let row = 0; row < p.length; row += symbols) {
    let largest = -Infinity;
    for (let v = 0; v < symbols; v++) largest = Math.max(largest, logits[row + v]);
    let sum = 0;
    for (let v = 0; v < symbols; v++) sum += p[row + v] = exp(logits[row + v] - largest);
    for (let v = 0; v < symbols; v++) p[row + v] /= sum;
  }
  return p;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += Math.abs(a[j] - b[j]);
  return sum / 2;
}

function normOf(parts: readonly Float64Array[]): number {
  let sum = 0;
  for (const part of parts) for (const x of part) sum += x * x;
  return Math.sqrt(sum);
}
