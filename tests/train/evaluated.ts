/** What a trainer's evaluation finds of a network as it is, measured beside it. */
import type { Network } from '../../src/model/network.js';
import { Evaluator, streamsFor } from '../../src/train/evaluate.js';

/** nats */
export const evaluatedBy = (network: Network, ids: Uint16Array): number =>
  new Evaluator(network, streamsFor(ids.length)).run(ids).lossNats;
