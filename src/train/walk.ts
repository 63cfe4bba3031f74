/** The way through a text that trainings of each version take. */
import { CutWindows } from '../text/cut-windows.js';
import type { Symbols } from '../text/symbols.js';
import { Windows, type Walk, type WindowSize } from '../text/windows.js';
import type { RunVersion } from './state.js';

/** @throws DissipaError where the text does not fill one window */
export function walkOf(
  version: RunVersion,
  symbols: Uint16Array | Symbols,
  size: WindowSize,
  where: string,
): Walk {
  if (version === 1) return new CutWindows(symbols, size, where);
  return version === 2 ? new Windows(symbols, size, where, Infinity) : new Windows(symbols, size, where);
}
