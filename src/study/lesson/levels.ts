/** What a network has to do better than before it can be said to have learnt anything. */
import { log } from '../../base/elementary.js';
import { piecesOf, rangeOf, type Symbols } from '../../text/symbols.js';
import { Ngrams } from '../ngrams/ngrams.js';
import { MARGIN_NATS, type Levels } from '../../words/lesson/levels.js';

/** The frequencies of a text of many millions are those of its beginning. */
const MOST_COUNTED = 2 ** 22;

/** @param symbols V */
export function levelsOf(training: Symbols, validation: Symbols, symbols: number): Levels {
  const counts = new Ngrams(symbols, 0);
  const beginning = (of: Symbols): Symbols => rangeOf(of, 0, Math.min(of.length, MOST_COUNTED));
  for (const piece of piecesOf(beginning(training))) counts.add(piece);
  const held = beginning(validation);
  let bits = 0;
  for (const piece of piecesOf(held)) bits += counts.bitsOf(piece)[0];
  return { even: log(symbols), unigram: (bits / held.length) * Math.LN2 };
}

export const hasLearnt = (validationLossNats: number | null, { unigram }: Levels): boolean =>
  validationLossNats !== null && validationLossNats <= unigram - MARGIN_NATS;
