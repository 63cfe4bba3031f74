/**
 * Many samples side by side: a row of the window each. A row's numbers do not depend on those beside it, so that each
 * sample is, bit for bit, the one that its seed gives alone.
 */
import type { Floats, Ids, Matrix } from '../../base/matrix.js';
import { forward } from '../../bptt/forward.js';
import { Unrolled } from '../../bptt/unrolled.js';
import type { Room } from '../../kernels/kernels.js';
import { madeIn, scoped } from '../../kernels/scoped.js';
import type { Network } from '../../model/network.js';
import type { Model } from '../model/model.js';
import type { SampleEnd, SampleOptions } from './options.js';
import { samplePlan } from './plan.js';
import { Pen, Writing } from './writing.js';

/** What is new of one sample. */
export interface SampleEvent {
  /** From 0. */
  readonly sample: number;
  readonly seed: number;
  /** Goes on from what was told before of this sample. */
  readonly text: string;
  /** Not null: this was its last event. */
  readonly end: SampleEnd | null;
}

/** Rows side by side: with more the products are hardly faster, and the first samples are longer in coming. */
export const MOST_SIDE_BY_SIDE = 64;
/** Timesteps of the prompt that share a product: it decides the speed only. */
const CHUNK = 256;

/**
 * `count` samples, the first with `seed`, the next with `seed + 1` …; each begins as the next row is free. A sample's
 * events are in order, those of several are mixed.
 * @throws DissipaError as `planOf`, before anything is made
 */
export function* sampleMany(
  { network, alphabet }: Model,
  options: SampleOptions,
  mostRows = MOST_SIDE_BY_SIDE,
): Generator<SampleEvent, void> {
  const plan = samplePlan(alphabet, options);
  const pen = new Pen(alphabet, options, plan);
  const beginning = read(network, plan.primer);
  let rows = new Rows(network, Math.min(options.count, mostRows));
  try {
    yield* writeAll();
  } finally {
    rows.release();
  }

  function* writeAll(): Generator<SampleEvent, void> {
    let writings: Writing[] = [];
    let begun = 0;
    const begin = (): Writing | null =>
      begun < options.count ? new Writing(pen, options.seed + begun++) : null;

    /** What the writing made; true where it goes on. */
    function* write(row: number, writing: Writing, logits: Floats): Generator<SampleEvent, boolean> {
      const id = writing.choose(logits);
      if (id !== null) rows.show(row, id);
      const { seed, end } = writing;
      const text = writing.take();
      if (text !== '' || end !== null) yield { sample: seed - options.seed, seed, text, end };
      return end === null;
    }

    for (;;) {
      const going: Writing[] = [];
      for (let row = 0; row < rows.count; row++) {
        let writing = writings.at(row) ?? null;
        let goesOn = writing !== null && (yield* write(row, writing, rows.logits(row)));
        while (!goesOn) {
          writing = begin();
          if (writing === null) break;
          rows.place(row, beginning.carries);
          goesOn = yield* write(row, writing, beginning.logits);
        }
        if (writing === null || !goesOn) continue;
        if (going.length < row) rows.move(row, going.length);
        going.push(writing);
      }
      writings = going;
      if (writings.length === 0) return;
      if (2 * writings.length <= rows.count) {
        const before = rows;
        rows = before.shrunk(writings.length);
        before.release();
      }
      rows.step();
    }
  }
}

/** The carry by layer, h and c, and the logits after a text that is read from a carry of zero. */
interface Beginning {
  readonly carries: readonly (readonly Floats[])[];
  readonly logits: Floats;
}

const read = (network: Network, ids: Uint16Array): Beginning =>
  scoped(network.kernels, () => readInto(network, ids));

function readInto(network: Network, ids: Uint16Array): Beginning {
  const timesteps = Math.min(CHUNK, ids.length);
  const unrolled = new Unrolled(network, { rows: 1, timesteps, gradients: false, dropout: 0 });
  for (let from = 0; from < ids.length; from += timesteps) {
    const piece = ids.subarray(from, from + timesteps);
    unrolled.inputs.data.set(piece);
    forward(unrolled, piece.length);
    unrolled.carryOn();
  }
  return {
    carries: unrolled.carries().map((states) => states.map(({ data }) => data.slice())),
    logits: unrolled.logits.rowRange(unrolled.timesteps - 1, 1).data.slice(),
  };
}

/** A window of one timestep, row by row. */
class Rows {
  readonly #room: Room;
  readonly #unrolled: Unrolled;
  readonly #inputs: Ids;
  readonly #logits: readonly Matrix[];
  /** By row, layer and state: (1, H), or empty. */
  readonly #carries: readonly (readonly (readonly Matrix[])[])[];

  constructor(
    private readonly network: Network,
    readonly count: number,
  ) {
    const size = { rows: count, timesteps: 1 };
    this.#room = network.kernels.room();
    this.#unrolled = madeIn(
      this.#room,
      () => new Unrolled(network, { ...size, gradients: false, dropout: 0 }),
    );
    this.#inputs = this.#unrolled.inputs;
    const { logits } = this.#unrolled;
    const byRow = Array.from({ length: count }, (_, row) => row);
    this.#logits = byRow.map((row) => logits.rowRange(row, 1));
    const carries = this.#unrolled.carries();
    this.#carries = byRow.map((row) =>
      carries.map((states) => states.map((state) => (state.rows > 0 ? state.rowRange(row, 1) : state))),
    );
  }

  release(): void {
    this.#room.release();
  }

  /** (V), lent until the next step. */
  logits(row: number): Floats {
    return this.#logits[row].data;
  }

  /** The symbol that the row reads in the next step. */
  show(row: number, id: number): void {
    this.#inputs.data[row] = id;
  }

  place(row: number, carries: Beginning['carries']): void {
    this.#carries[row].forEach((states, l) => {
      states.forEach((state, i) => {
        state.data.set(carries[l][i]);
      });
    });
  }

  move(from: number, to: number): void {
    this.place(to, this.#dataOf(from));
    this.show(to, this.#inputs.data[from]);
  }

  /** The first `count` rows, in a window that has no more. */
  shrunk(count: number): Rows {
    const rows = new Rows(this.network, count);
    for (let row = 0; row < count; row++) {
      rows.place(row, this.#dataOf(row));
      rows.show(row, this.#inputs.data[row]);
    }
    return rows;
  }

  step(): void {
    forward(this.#unrolled, 1);
    this.#unrolled.carryOn();
  }

  #dataOf(row: number): Beginning['carries'] {
    return this.#carries[row].map((states) => states.map(({ data }) => data));
  }
}
