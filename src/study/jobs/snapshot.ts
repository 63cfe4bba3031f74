/** A training under way as bytes, and back: what a job of any study goes on from, bit for bit, anywhere. */
import { isRecord } from '../../base/json-value.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../store/checkpoint.js';
import type { Alphabet } from '../../text/alphabet.js';
import { parseTrainingState, type Snapshot } from '../../train/state.js';
import type { Trainer } from '../../train/trainer.js';

/** What else there is to know of it, as JSON. */
const BESIDE = 'study';

/** To be asked between two events of the training. @param beside JSON, kept along */
export function snapshotBytes(
  trainer: Trainer,
  { symbols, kind }: Pick<Alphabet, 'symbols' | 'kind'>,
  beside?: unknown,
): Uint8Array {
  const { parameters, state, tensors } = trainer.lent();
  const { shape } = trainer.network;
  const kept = beside === undefined ? state : { ...state, [BESIDE]: beside };
  return encodeCheckpoint({ shape, alphabet: symbols, kind, parameters, training: { state: kept, tensors } });
}

/** @throws DissipaError where they are no checkpoint of a training */
export function snapshotIn(bytes: Uint8Array, where: string): Snapshot & { readonly beside: unknown } {
  const { parameters, training } = decodeCheckpoint(bytes, where);
  const kept: unknown = training?.state;
  const { [BESIDE]: beside, ...state } = isRecord(kept) ? kept : {};
  return {
    parameters,
    state: parseTrainingState(state, where),
    tensors: training?.tensors ?? new Map(),
    beside,
  };
}
