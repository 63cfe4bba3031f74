/**
 * Windows for stateful truncated BPTT (as torch-rnn cuts them): the text is cut into N contiguous streams, row n
 * walks along stream n, and each window's targets are its inputs one symbol on.
 */
import type { Ids } from '../base/matrix.js';
import { DissipaError } from '../base/errors.js';

export interface WindowSize {
  /** N */
  readonly rows: number;
  /** T */
  readonly timesteps: number;
}

/** The shortest text that fills one window: N·T inputs, and one symbol more for the last target. */
export const shortestText = ({ rows, timesteps }: WindowSize): number => rows * timesteps + 1;

export class Windows {
  /** How many whole windows the streams hold; then they start again, with a carry of zero. */
  readonly perPass: number;
  readonly #stream: number;

  /** @throws DissipaError where the text does not fill one window */
  constructor(
    private readonly symbols: Uint16Array,
    private readonly size: WindowSize,
    where: string,
  ) {
    const { rows, timesteps } = size;
    const needed = shortestText(size);
    if (symbols.length < needed)
      throw new DissipaError({
        where,
        found: `${symbols.length} characters to train on`,
        expected: `at least ${needed} for ${rows} rows of ${timesteps} timesteps`,
        advice: `give a longer text, or a smaller --batch or --window`,
      });
    this.#stream = Math.floor((symbols.length - 1) / rows);
    this.perPass = Math.floor(this.#stream / timesteps);
  }

  /** Window `index` of a pass into inputs and targets, (T·N) in order of time. */
  fill(index: number, inputs: Ids, targets: Ids): void {
    fillStreams(this.symbols, this.#stream, index * this.size.timesteps, this.size, inputs, targets);
  }
}

/** Symbols `from` … `from + T` of each of N streams of length `stream`, into inputs and (one on) targets. */
export function fillStreams(
  symbols: Uint16Array,
  stream: number,
  from: number,
  { rows, timesteps }: WindowSize,
  inputs: Ids,
  targets: Ids,
): void {
  const [x, y] = [inputs.data, targets.data];
  for (let n = 0; n < rows; n++)
    for (let t = 0; t < timesteps; t++) {
      const at = n * stream + from + t;
      x[t * rows + n] = symbols[at];
      y[t * rows + n] = symbols[at + 1];
    }
}
