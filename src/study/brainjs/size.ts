/** How large a brain.js net is: an embedding as wide as the alphabet, the layers, and a readout of V + 1 rows. */
import type { NetName } from './library.js';
import type { NetShape } from './make.js';

/** Blocks of (H, in) + (H, H) + H that a layer has. */
const BLOCKS: Readonly<Record<NetName, number>> = { LSTM: 4, RNN: 1 };

export function netParameterCount(net: NetName, { layers, hidden }: NetShape, symbols: number): number {
  const rows = symbols + 1;
  let count = rows * symbols + rows * hidden + rows;
  for (let layer = 0; layer < layers; layer++)
    count += BLOCKS[net] * hidden * ((layer === 0 ? symbols : hidden) + hidden + 1);
  return count;
}
