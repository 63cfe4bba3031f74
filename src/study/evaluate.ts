/** `evaluate`: how well a model predicts a text, by the definition. */
import { DissipaError } from '../base/errors.js';
import type { Floats } from '../base/matrix.js';
import { counted } from '../base/words.js';
import type { Alphabet } from '../text/alphabet.js';
import { asSymbols, piecesOf, rangeOf, type Symbols } from '../text/symbols.js';
import { Evaluator } from '../train/evaluate.js';
import type { Model } from './model.js';
import type { Predictor } from './predictor.js';

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
 * @throws DissipaError for fewer than two characters, one that the alphabet has not, or states that overflow
 */
export function evaluate({ network, alphabet }: Model, text: string, where: string): EvaluationReport {
  const symbols = alphabet.encode(text, where);
  checkScorable(symbols.length, where);
  const { predictions, lossNats } = networkEvaluator(network).run(symbols, where);
  const [first] = text;
  const bytes = new TextEncoder().encode(text.slice(first.length)).length;
  return reportOf(lossNats * predictions, predictions, bytes);
}

/** For `evaluateIds`: one network's, to be asked as often as its weights change. */
export const networkEvaluator = (network: Model['network']): Evaluator => new Evaluator(network, 1, CHUNK);

/** The same on a text in ids; a symbol for unknown ones counts with its own bytes. */
export function evaluateIds(
  evaluator: Evaluator,
  ids: Uint16Array | Symbols,
  alphabet: Alphabet,
  where: string,
): EvaluationReport {
  checkScorable(ids.length, where);
  const { predictions, lossNats } = evaluator.run(ids);
  return reportOf(lossNats * predictions, predictions, bytesAfterFirst(ids, alphabet));
}

/** The same of whatever predicts, on a text in ids; a symbol for unknown ones counts with its own bytes. */
export function evaluatePredictor(
  predictor: Predictor,
  ids: Uint16Array | Symbols,
  alphabet: Alphabet,
  where: string,
): EvaluationReport {
  checkScorable(ids.length, where);
  predictor.reset();
  let nats = 0;
  let logits: Floats | null = null;
  for (const piece of piecesOf(asSymbols(ids)))
    for (const id of piece) {
      if (logits) nats += crossEntropy(logits, id);
      logits = predictor.show(id);
    }
  return reportOf(nats, ids.length - 1, bytesAfterFirst(ids, alphabet));
}

/** −ln softmax(logits)[target], in nats. */
function crossEntropy(logits: Floats, target: number): number {
  let largest = -Infinity;
  for (const logit of logits) largest = Math.max(largest, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  return Math.log(sum) + largest - logits[target];
}

export function checkScorable(length: number, where: string): void {
  if (length < 2)
    throw new DissipaError({
      where,
      found: `the text has ${counted(length, 'character')}`,
      expected: 'at least 2: one to read, one to predict',
    });
}

/** The UTF-8 bytes of every symbol but the first. */
export function bytesAfterFirst(ids: Uint16Array | Symbols, { symbols }: Alphabet): number {
  const encoder = new TextEncoder();
  const lengths = symbols.map((symbol) => encoder.encode(symbol).length);
  let bytes = 0;
  for (const piece of piecesOf(rangeOf(asSymbols(ids), 1, ids.length)))
    for (const id of piece) bytes += lengths[id];
  return bytes;
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
