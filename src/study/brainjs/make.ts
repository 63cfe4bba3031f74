/** A brain.js net, made from a seed and ready to be trained. */
import { DataFormatter, NETS, type NetName, type Rnn } from './library.js';
import { repaired } from './repaired.js';
import { withSeed } from './seeded.js';

/** As shipped, or with its gradients repaired. */
export interface NetKind {
  readonly net: NetName;
  readonly repaired: boolean;
}

export interface NetShape {
  /** L */
  readonly layers: number;
  /** H */
  readonly hidden: number;
}

export interface NetSetup extends NetKind, NetShape {
  /** All that it knows; symbol k is row k + 1. */
  readonly symbols: readonly string[];
  readonly seed: number;
}

export function makeNet({ net: name, repaired: isRepaired, layers, hidden, symbols, seed }: NetSetup): Rnn {
  const net = new (isRepaired ? repaired(NETS[name]) : NETS[name])({
    hiddenLayers: new Array<number>(layers).fill(hidden),
    dataFormatter: new DataFormatter([symbols]),
  });
  withSeed(seed, () => {
    net.initialize();
  });
  return net;
}
