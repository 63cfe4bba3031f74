/**
 * Windows as runs begun before version 2 have them, for those to go on as they began: each row keeps to its own stream,
 * what is left of the streams after the last whole window is never read, and each pass begins with a carry of zero.
 */
import type { Ids } from '../base/matrix.js';
import { asSymbols, type Symbols } from './symbols.js';
import {
  checkFillsWindow,
  fillStreams,
  NONE_BEGINS,
  type Beginnings,
  type Walk,
  type WindowSize,
} from './windows.js';

export class CutWindows implements Walk {
  readonly perPass: number;
  readonly mostBeginnings = 1;
  readonly #symbols: Symbols;
  readonly #stream: number;
  readonly #all: Beginnings;

  /** @throws DissipaError where the text does not fill one window */
  constructor(
    symbols: Uint16Array | Symbols,
    private readonly size: WindowSize,
    where: string,
  ) {
    checkFillsWindow(symbols.length, size, where);
    const { rows, timesteps } = size;
    this.#symbols = asSymbols(symbols);
    this.#stream = Math.floor((symbols.length - 1) / rows);
    this.perPass = Math.floor(this.#stream / timesteps);
    this.#all = new Map([[0, Array.from({ length: rows }, (_, n) => n)]]);
  }

  fill(index: number, inputs: Ids, targets: Ids): Beginnings {
    const position = this.positionOf(index);
    fillStreams(this.#symbols, this.#stream, position * this.size.timesteps, this.size, inputs, targets);
    return position === 0 ? this.#all : NONE_BEGINS;
  }

  positionOf(index: number): number {
    return index % this.perPass;
  }
}
