/** One window of a text in memory, to be measured: the carry zero, row n characters n·T … n·T + T from its beginning on. */
import type { Network } from '../model/network.js';
import type { Symbols } from '../text/symbols.js';
import { fillStreams, type WindowSize } from '../text/windows.js';
import { Unrolled } from './unrolled.js';

/**
 * Inputs and targets in place, `forward` not yet called.
 * @param symbols as many as `shortestText(size)` at least
 * @param gradients false where nothing is sent back
 */
export function windowOf(
  network: Network,
  symbols: Uint16Array | Symbols,
  size: WindowSize,
  gradients = true,
): Unrolled {
  const unrolled = new Unrolled(network, { ...size, gradients, dropout: 0 });
  fillStreams(symbols, size.timesteps, 0, size, unrolled.inputs, unrolled.targets);
  return unrolled;
}
