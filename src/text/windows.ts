/**
 * Windows for stateful truncated BPTT (as torch-rnn cuts them): the text is cut into N contiguous streams, row n
 * walks along stream n, and each window's targets are its inputs one symbol on.
 */
import type { Ids } from '../base/matrix.js';
import { DissipaError } from '../base/errors.js';
import { counted } from '../base/words.js';
import { asSymbols, type Symbols } from './symbols.js';

export interface WindowSize {
  /** N */
  readonly rows: number;
  /** T */
  readonly timesteps: number;
}

/** The shortest text that fills one window: N·T inputs, and one symbol more for the last target. */
export const shortestText = ({ rows, timesteps }: WindowSize): number => rows * timesteps + 1;

/** `16 rows of 64 timesteps` */
export const windowInWords = ({ rows, timesteps }: WindowSize): string =>
  `${counted(rows, 'row')} of ${counted(timesteps, 'timestep')}`;

export class Windows {
  /** How many whole windows the streams hold; then they start again, with a carry of zero. */
  readonly perPass: number;
  readonly #symbols: Symbols;
  readonly #stream: number;

  /** @throws DissipaError where the text does not fill one window */
  constructor(
    symbols: Uint16Array | Symbols,
    private readonly size: WindowSize,
    where: string,
  ) {
    const { rows, timesteps } = size;
    const needed = shortestText(size);
    if (symbols.length < needed)
      throw new DissipaError({
        where,
        found: `${counted(symbols.length, 'character')} to train on`,
        expected: `at least ${needed} for ${windowInWords(size)}`,
        advice: `give a longer text, or a smaller --batch or --window`,
      });
    this.#symbols = asSymbols(symbols);
    this.#stream = Math.floor((symbols.length - 1) / rows);
    this.perPass = Math.floor(this.#stream / timesteps);
  }

  /** Window `index` of a pass into inputs and targets, (T·N) in order of time. */
  fill(index: number, inputs: Ids, targets: Ids): void {
    fillStreams(this.#symbols, this.#stream, index * this.size.timesteps, this.size, inputs, targets);
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
  const row = new Uint16Array(timesteps + 1);
  const [x, y] = [inputs.data, targets.data];
  for (let n = 0; n < rows; n++) {
    source.read(n * stream + from, row);
    for (let t = 0; t < timesteps; t++) {
      x[t * rows + n] = row[t];
      y[t * rows + n] = row[t + 1];
    }
  }
}
