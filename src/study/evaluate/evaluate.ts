/** `evaluate`: how well a model, or whatever else predicts, predicts a text. */
import type { Floats } from '../../base/matrix.js';
import type { Alphabet } from '../../text/alphabet.js';
import { asSymbols, piecesOf, rangeOf, type Symbols } from '../../text/symbols.js';
import { Evaluator } from '../../train/evaluate.js';
import type { Model } from '../model/model.js';
import type { Predictor } from './predictor.js';
import { checkScorable, reportOf, type EvaluationReport } from './score.js';
import { CHUNK } from './measure.js';

export { bitsOf, checkScorable, reportOf, type EvaluationReport } from './score.js';
export { evaluate, type TextEvaluation } from './measure.js';

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

/** The UTF-8 bytes of every symbol but the first. */
export function bytesAfterFirst(ids: Uint16Array | Symbols, alphabet: Alphabet): number {
  const lengths = alphabet.byteLengths();
  let bytes = 0;
  for (const piece of piecesOf(rangeOf(asSymbols(ids), 1, ids.length)))
    for (const id of piece) bytes += lengths[id];
  return bytes;
}
