/** How much of a sample is copied from the text that its model was trained on. The text is read once, piece by piece. */
import type { Alphabet } from '../../text/alphabet.js';
import { BETWEEN, END } from '../../text/records.js';
import { piecesOf, type Symbols } from '../../text/symbols.js';
import { Substrings } from './substrings.js';

/** Some two words: what is new in fewer characters is new words. */
export const NOVELTY_CHARACTERS = 10;

export interface Copies {
  /** Share of the sample's runs of 10 characters that are nowhere in the training text; null where it is shorter. */
  readonly novelty: number | null;
  /** The longest run of the sample that is in the training text, the first of them. */
  readonly longestCopy: { readonly characters: number; readonly text: string };
}

export function copiesOf(sample: readonly string[], training: Symbols, alphabet: Alphabet): Copies {
  // The sample's own numbers, few where the alphabet is large.
  const numbers = new Map([...new Set(sample)].map((symbol, number) => [symbol, number]));
  const numberOf = Int32Array.from(alphabet.symbols, (symbol) => numbers.get(symbol) ?? numbers.size);
  const substrings = new Substrings(
    sample.map((symbol) => numbers.get(symbol) ?? 0),
    numbers.size + 1,
  );
  const suffixes = substrings.suffixes(NOVELTY_CHARACTERS);
  const isKnown = new Uint8Array(substrings.states);
  let longest = { length: 0, end: 0 };
  const read = substrings.reader();
  const found = (state: number, length: number): void => {
    if (length >= NOVELTY_CHARACTERS) isKnown[suffixes[state]] = 1;
    const end = substrings.endOf(state);
    if (length > longest.length || (length === longest.length && end < longest.end))
      longest = { length, end };
  };
  for (const piece of piecesOf(training)) for (const id of piece) read(numberOf[id], found);
  const runs = substrings.prefixes.slice(NOVELTY_CHARACTERS - 1);
  const unknown = runs.filter((state) => isKnown[suffixes[state]] === 0).length;
  const { length, end } = longest;
  const between = (copy: string): string =>
    alphabet.records === undefined ? copy : copy.replaceAll(END, BETWEEN[alphabet.records]);
  return {
    novelty: runs.length === 0 ? null : unknown / runs.length,
    longestCopy: { characters: length, text: between(sample.slice(end - length, end).join('')) },
  };
}
