/**
 * The memory of a window: what the forward pass leaves for the way back, and room for the gradients.
 *
 * Rows are in order of time: row t·N + n is row n of timestep t. States have one block of N rows more, the carry
 * that comes in, at timestep −1. The gradients' buffers serve one layer after the other, from the top down.
 */
import type { Ids, Matrix } from '../base/matrix.js';
import type { CellGradients, CellStep, CellState } from '../model/cells/cell.js';
import type { Network } from '../model/network.js';
import { NO_STARTS, type Before, type Starts } from './starts.js';

/** The size of a window, and what is to be done with it. */
export interface UnrolledOptions {
  /** N */
  readonly rows: number;
  /** T, the longest window */
  readonly timesteps: number;
  /** Without it there are no gradients: for sampling and evaluating. */
  readonly gradients: boolean;
  /** Share of units dropped between layers (PyTorch's `dropout`); 0 for none. */
  readonly dropout: number;
  /** In how many of a window's timesteps, at most, rows may begin anew [0; of a model of records in all]. */
  readonly starts?: number;
}

export interface UnrolledLayer {
  /** ((T + 1)·N, H) */
  readonly h: Matrix;
  /** ((T + 1)·N, H), empty where the cell has no such state */
  readonly c: Matrix;
  /** (T·N, H): h without the carry */
  readonly output: Matrix;
  /** (T·N, G·H) */
  readonly gates: Matrix;
  /** (T·N, H) or empty */
  readonly cache: Matrix;
  /** (T·N, H): 0 or 1/(1 − p) by unit, and `output` times it, for the layer above */
  readonly dropout: { readonly mask: Matrix; readonly masked: Matrix } | null;
  /** Of a timestep in which rows begin anew, with h⁻ and c⁻ of its own. */
  readonly steps: readonly CellStep[];
}

export interface Gradients {
  /** ((T + 1)·N, H) */
  readonly dh: Matrix;
  readonly dc: Matrix;
  /** (T·N, G·H) */
  readonly delta: Matrix;
  readonly deltaRecurrent: Matrix;
  /** (V, G·H): layer 0's W_ih by symbol */
  readonly table: Matrix;
  readonly steps: readonly CellGradients[];
}

/** A network over N rows and T timesteps: the memory of a forward pass and the way back. */
export class Unrolled {
  readonly layers: readonly UnrolledLayer[];
  readonly gradients: Gradients | null;
  /** (T·N) symbol ids */
  readonly inputs: Ids;
  /** The N of each timestep. */
  readonly inputsAt: readonly Ids[];
  readonly targets: Ids;
  /** (T·N, V): after the loss, its gradient */
  readonly logits: Matrix;
  /** (T·N, 1) nats */
  readonly losses: Matrix;
  /** How many of the timesteps the window in memory has. */
  timesteps: number;
  /** The window in memory was passed with dropout. */
  droppedOut = false;
  #starts = NO_STARTS;
  /** By layer: its steps as they are where no row begins, and room for h⁻ and c⁻ where rows do. */
  readonly #ways: readonly { readonly joined: readonly CellStep[]; readonly room: readonly Before[] }[];

  constructor(
    readonly network: Network,
    readonly options: UnrolledOptions,
  ) {
    const { kernels, shape } = network;
    const { rows: N, timesteps: T } = options;
    const { symbols } = shape;
    this.timesteps = T;
    this.inputs = kernels.ids(T * N);
    this.inputsAt = Array.from({ length: T }, (_, t) => this.inputs.range(t * N, N));
    this.targets = kernels.ids(T * N);
    this.logits = kernels.matrix(T * N, symbols);
    this.losses = kernels.matrix(T * N, 1);
    const scratch = kernels.matrix(N, network.gates * shape.hidden);
    this.layers = Array.from({ length: shape.layers }, (_, l) => makeLayer(network, options, l, scratch));
    this.gradients = options.gradients ? makeGradients(network, options) : null;
    this.#ways = this.layers.map(({ steps, c }) => ({
      joined: [...steps],
      room: Array.from({ length: Math.min(shape.end === undefined ? (options.starts ?? 0) : T, T) }, () => ({
        hPrev: kernels.matrix(N, shape.hidden),
        cPrev: kernels.matrix(c.rows > 0 ? N : 0, shape.hidden),
      })),
    }));
  }

  /** Where rows of the window in memory begin anew: told before `forward`, it stays until it is told otherwise. */
  get starts(): Starts {
    return this.#starts;
  }

  /** @throws RangeError where there is not room for as many timesteps, or no such timestep */
  set starts(starts: Starts) {
    if (starts === this.#starts) return;
    this.layers.forEach((layer, l) => {
      const { joined, room } = this.#ways[l];
      const steps = layer.steps as CellStep[];
      for (const t of this.#starts.keys()) steps[t] = joined[t];
      [...starts.keys()].forEach((t, i) => {
        if (t >= joined.length || i >= room.length)
          throw new RangeError(
            `rows begin at timestep ${t}, the ${i + 1}th of ${room.length} in which they may`,
          );
        steps[t] = { ...joined[t], ...room[i] };
      });
    });
    this.#starts = starts;
  }

  /** The states before timestep t of a layer as they were left, whatever begins in it. */
  before(layer: number, t: number): Before {
    return this.#ways[layer].joined[t];
  }

  /** Forgets what came before: the carry becomes zero, that of all rows or of one. */
  resetCarry(row?: number): void {
    const { kernels } = this.network;
    for (const state of this.carries().flat())
      if (state.rows > 0) kernels.zero(row === undefined ? state : state.rowRange(row, 1));
  }

  /** Hands the states after the last timestep on as the carry of the next window. */
  carryOn(): void {
    const { kernels } = this.network;
    const N = this.options.rows;
    const last = this.timesteps * N;
    for (const { h, c } of this.layers) {
      kernels.copy(h.rowRange(0, N), h.rowRange(last, N));
      if (c.rows > 0) kernels.copy(c.rowRange(0, N), c.rowRange(last, N));
    }
  }

  /** The carry that the next forward pass starts from, by layer: h and c, (N, H) each; c may be empty. */
  carries(): [h: Matrix, c: Matrix][] {
    const N = this.options.rows;
    return this.layers.map(({ h, c }) => [h.rowRange(0, N), c.rows > 0 ? c.rowRange(0, N) : c]);
  }
}

/** Memory for a state, (T + 1)·N rows, and the N rows of a timestep in any buffer; what a cell does not have has none. */
function buffersOf({ kernels, cell, shape }: Network, { rows: N, timesteps: T }: UnrolledOptions) {
  const none = kernels.matrix(0, shape.hidden);
  return {
    none,
    state: (name: CellState) =>
      cell.states.includes(name) ? kernels.matrix((T + 1) * N, shape.hidden) : none,
    at: (matrix: Matrix, t: number) => (matrix.rows > 0 ? matrix.rowRange(t * N, N) : none),
  };
}

function makeLayer(network: Network, options: UnrolledOptions, l: number, scratch: Matrix): UnrolledLayer {
  const { kernels, cell, shape, gates: G } = network;
  const { rows: N, timesteps: T } = options;
  const H = shape.hidden;
  const { none, state, at } = buffersOf(network, options);
  const [h, c] = [state('h'), state('c')];
  const output = h.rowRange(N, T * N);
  const gates = cell.isInPlace ? output : kernels.matrix(T * N, G * H);
  const cache = cell.hasCache ? kernels.matrix(T * N, H) : none;
  const slopes = kernels.scalar === 'f64' && cell.slopes > 0 ? kernels.matrix(T * N, cell.slopes * H) : none;
  const dropped = options.dropout > 0 && l < shape.layers - 1;
  return {
    h,
    c,
    output,
    gates,
    cache,
    dropout: dropped ? { mask: kernels.matrix(T * N, H), masked: kernels.matrix(T * N, H) } : null,
    steps: Array.from({ length: T }, (_, t) => ({
      hPrev: at(h, t),
      h: at(h, t + 1),
      cPrev: at(c, t),
      c: at(c, t + 1),
      gates: at(gates, t),
      cache: at(cache, t),
      slopes: at(slopes, t),
      scratch,
    })),
  };
}

function makeGradients(network: Network, options: UnrolledOptions): Gradients {
  const { kernels, cell, shape, gates: G } = network;
  const { rows: N, timesteps: T } = options;
  const H = shape.hidden;
  const { state, at } = buffersOf(network, options);
  const [dh, dc] = [state('h'), state('c')];
  const delta = kernels.matrix(T * N, G * H);
  const deltaRecurrent = cell.joinsBiases ? delta : kernels.matrix(T * N, G * H);
  return {
    dh,
    dc,
    delta,
    deltaRecurrent,
    table: kernels.matrix(shape.symbols, G * H),
    steps: Array.from({ length: T }, (_, t) => ({
      dh: at(dh, t + 1),
      dhPrev: at(dh, t),
      dc: at(dc, t + 1),
      dcPrev: at(dc, t),
      delta: at(delta, t),
      deltaRecurrent: at(deltaRecurrent, t),
    })),
  };
}
