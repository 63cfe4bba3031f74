/**
 * Windows for stateful truncated BPTT: N rows walk side by side along the text, a window of T symbols at a time, and each
 * window's targets are its inputs one symbol on.
 *
 * The rows begin as far apart as the text allows (torch-rnn's N streams), and none ever stops where the next began: a row
 * goes on through the whole text and from its end to its beginning, where it begins anew. So every prediction the text has
 * is made, by each row in turn and as often as any other, in windows that are cut at other places each time round.
 *
 * A row also begins anew, with a carry of zero, once in 64 windows, the rows one after the other. A net that has been
 * carried along since its first step may need what it carries: GRU 1×128 on the bundled corpus, at 2.7 bits a character in
 * training, read the same text from a carry of zero at 19 (seed 1, after 1,000 to 1,400 steps). Where a model is used, and
 * evaluated, it begins so.
 */
import type { Ids } from '../base/matrix.js';
import { failure } from '../base/errors.js';
import { asSymbols, type Symbols } from './symbols.js';

/** N rows of T timesteps. */
export interface WindowSize {
  /** N */
  readonly rows: number;
  /** T */
  readonly timesteps: number;
}

/** Timestep → rows whose text begins there: what the row has read before is no part of it. */
export type Beginnings = ReadonlyMap<number, readonly number[]>;

export const NONE_BEGINS: Beginnings = new Map();

/** Windows that a row reads on for. */
const ANEW_EVERY = 64;

/** A way through a text, window by window. */
export interface Walk {
  /** Windows in one pass over the text; in a walk without gaps not a whole number, as a rule. */
  readonly perPass: number;
  /** Timesteps of a window, at most, in which rows begin. */
  readonly mostBeginnings: number;
  /** Window `index`, from 0 without end, into inputs and targets, (T·N) in order of time. */
  fill(index: number, inputs: Ids, targets: Ids): Beginnings;
  /** Where in the pass, or in the text, window `index` is: for whoever looks at a run. */
  positionOf(index: number): number;
}

/** The shortest text that fills one window: N·T inputs, and one symbol more for the last target. */
export const shortestText = ({ rows, timesteps }: WindowSize): number => rows * timesteps + 1;

/** @throws DissipaError where the text does not fill one window */
export function checkFillsWindow(length: number, size: WindowSize, where: string): void {
  const needed = shortestText(size);
  if (length >= needed) return;
  throw failure('text.no-window', { where, length, needed, ...size });
}

/** N·T + 1 ids, and how they are cut into rows. */
export interface Beginning {
  readonly ids: Uint16Array;
  readonly size: WindowSize;
}

/** The beginning of a text of two symbols or more, to be measured on: of the rows and timesteps as many as it fills. */
export function beginningOf(symbols: Symbols, most: WindowSize): Beginning {
  const timesteps = Math.min(most.timesteps, symbols.length - 1);
  const size = { rows: Math.min(most.rows, Math.floor((symbols.length - 1) / timesteps)), timesteps };
  const ids = new Uint16Array(shortestText(size));
  symbols.read(0, ids);
  return { ids, size };
}

/** Walks over a text window after window: N streams side by side. */
export class Windows implements Walk {
  readonly perPass: number;
  /** The first, and where the text begins: rows are no nearer to each other than a window is long, so in one at a time. */
  readonly mostBeginnings = 2;
  readonly #symbols: Symbols;
  /** Predictions of the text: symbol p is the input, symbol p + 1 the target. */
  readonly #predictions: number;
  readonly #apart: number;

  /**
   * @param anewEvery windows that a row reads on for before it begins anew; Infinity: but where the text begins, never
   * @throws DissipaError where the text does not fill one window
   */
  constructor(
    symbols: Uint16Array | Symbols,
    private readonly size: WindowSize,
    where: string,
    private readonly anewEvery = ANEW_EVERY,
  ) {
    checkFillsWindow(symbols.length, size, where);
    const { rows, timesteps } = size;
    this.#symbols = asSymbols(symbols);
    this.#predictions = symbols.length - 1;
    this.#apart = Math.floor(this.#predictions / rows);
    this.perPass = this.#predictions / (rows * timesteps);
  }

  fill(index: number, inputs: Ids, targets: Ids): Beginnings {
    const { rows, timesteps } = this.size;
    const from = this.positionOf(index);
    const last = (rows - 1) * this.#apart + from + timesteps;
    const comesRound = from === 0 && index > 0;
    const beginnings = this.#anew(index);
    if (last <= this.#predictions && !comesRound) {
      // No row is at the text's end: all of them at once, as streams.
      fillStreams(this.#symbols, this.#apart, from, this.size, inputs, targets);
    } else {
      for (let n = 0; n < rows; n++) {
        const begins = this.#fillRow(n, (n * this.#apart + from) % this.#predictions, inputs, targets);
        const others = beginnings.get(begins) ?? [];
        if (begins >= 0 && !others.includes(n)) beginnings.set(begins, [...others, n]);
      }
    }
    return beginnings.size > 0 ? beginnings : NONE_BEGINS;
  }

  /** The rows that begin anew with window `index`; in the first nothing is before any. */
  #anew(index: number): Map<number, readonly number[]> {
    const [{ rows }, every] = [this.size, this.anewEvery];
    if (index === 0 || every === Infinity) return new Map();
    const isDue = (row: number): boolean => (index + Math.floor((row * every) / rows)) % every === 0;
    const due = Array.from({ length: rows }, (_, n) => n).filter(isDue);
    return new Map(due.length > 0 ? [[0, due]] : []);
  }

  /** The prediction that row 0 is at. */
  positionOf(index: number): number {
    return (index * this.size.timesteps) % this.#predictions;
  }

  /** @returns the timestep in which the text begins, or −1 */
  #fillRow(row: number, from: number, inputs: Ids, targets: Ids): number {
    const { rows, timesteps } = this.size;
    const before = Math.min(timesteps, this.#predictions - from);
    fillRow(this.#symbols, from, before, row, 0, rows, inputs, targets);
    if (before < timesteps) fillRow(this.#symbols, 0, timesteps - before, row, before, rows, inputs, targets);
    if (from === 0) return 0;
    return before < timesteps ? before : -1;
  }
}

/** Symbols `from` … `from + T` of each of N streams of length `stream`, into inputs and (one on) targets. */
export function fillStreams(
  symbols: Uint16Array | Symbols,
  stream: number,
  from: number,
  { rows, timesteps }: WindowSize,
  inputs: Ids,
  targets: Ids,
): void {
  const source = asSymbols(symbols);
  for (let n = 0; n < rows; n++) fillRow(source, n * stream + from, timesteps, n, 0, rows, inputs, targets);
}

/** `count` predictions of the text, from `from` on, into row `row` of `rows` from timestep `at` on. */
export function fillRow(
  symbols: Symbols,
  from: number,
  count: number,
  row: number,
  at: number,
  rows: number,
  inputs: Ids,
  targets: Ids,
): void {
  const read = new Uint16Array(count + 1);
  symbols.read(from, read);
  const [x, y] = [inputs.data, targets.data];
  for (let t = 0; t < count; t++) {
    x[(at + t) * rows + row] = read[t];
    y[(at + t) * rows + row] = read[t + 1];
  }
}
