/** What a prediction of a text is worth, in the units people use. */
import { failure } from '../../base/errors.js';

/** How well a text was predicted. */
export interface EvaluationReport {
  readonly predictions: number;
  /** mean, nats */
  readonly lossNats: number;
  readonly bitsPerChar: number;
  /** The same bits over the UTF-8 bytes of the predicted characters. */
  readonly bitsPerByte: number;
}

export const bitsOf = (nats: number): number => nats / Math.LN2;

export function checkScorable(length: number, where: string): void {
  if (length < 2) throw failure('measure.short', { where, characters: length });
}

/** @param nats over all predictions */
export function reportOf(nats: number, predictions: number, bytes: number): EvaluationReport {
  const bits = bitsOf(nats);
  return {
    predictions,
    lossNats: nats / predictions,
    bitsPerChar: bits / predictions,
    bitsPerByte: bits / bytes,
  };
}
