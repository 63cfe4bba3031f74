/** `evaluate`: how well a model predicts a text, by the definition. */
import { Evaluator } from '../train/evaluate.js';
import { DissipaError } from '../base/errors.js';
import type { Model } from './model.js';

export interface EvaluationReport {
  readonly predictions: number;
  /** mean, nats */
  readonly lossNats: number;
  readonly bitsPerChar: number;
  /** The same bits over the UTF-8 bytes of the predicted characters. */
  readonly bitsPerByte: number;
}

/** Timesteps that share one product: it decides the speed only. */
const CHUNK = 256;

export const bitsOf = (nats: number): number => nats / Math.LN2;

/**
 * The carry from zero through the whole text, one prediction for every character but the first.
 * @throws DissipaError for fewer than two characters, or one that the alphabet has not
 */
export function evaluate({ network, alphabet }: Model, text: string, where: string): EvaluationReport {
  const symbols = alphabet.encode(text, where);
  if (symbols.length < 2)
    throw new DissipaError({
      where,
      found: `the text has ${symbols.length} characters`,
      expected: 'at least 2: one to read, one to predict',
    });
  const { predictions, lossNats } = new Evaluator(network, 1, CHUNK).run(symbols);
  const [first] = text;
  const bytes = new TextEncoder().encode(text.slice(first.length)).length;
  const bitsPerChar = bitsOf(lossNats);
  return { predictions, lossNats, bitsPerChar, bitsPerByte: (bitsPerChar * predictions) / bytes };
}
