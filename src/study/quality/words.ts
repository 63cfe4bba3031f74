/** A text's words: runs of letters with their accents, hyphens within, in small letters and the normal form NFC. */
import natural from 'natural/lib/natural/tokenizers/regexp_tokenizer.js';
import type { Alphabet } from '../../text/alphabet.js';
import { lowercased } from '../../text/clean.js';
import { piecesOf, type Symbols } from '../../text/symbols.js';

const tokenizer = new natural.RegexpTokenizer({ pattern: /[^\p{L}\p{M}-]+/u });
const PART_OF_WORD = /^[\p{L}\p{M}-]$/u;

/** "Disse-me: — Não!" has the words disse-me and não. */
export const wordsOf = (text: string): string[] =>
  tokenizer
    .tokenize(lowercased(text.normalize('NFC')))
    .map((word) => word.replace(/^-+|-+$/g, ''))
    .filter((word) => word !== '');

/** The distinct words of a text in ids, which is never in memory as a whole. */
export function vocabularyOf(symbols: Symbols, alphabet: Alphabet): ReadonlySet<string> {
  const isPart = alphabet.symbols.map((symbol) => PART_OF_WORD.test(symbol));
  const words = new Set<string>();
  const add = (text: string): void => {
    for (const word of wordsOf(text)) words.add(word);
  };
  // The beginning of a word that may go on in the next piece.
  let begun = '';
  for (const piece of piecesOf(symbols)) {
    let end = piece.length;
    while (end > 0 && isPart[piece[end - 1]]) end--;
    if (end > 0) {
      add(begun + alphabet.decode(piece.subarray(0, end)));
      begun = '';
    }
    begun += alphabet.decode(piece.subarray(end));
  }
  add(begun);
  return words;
}
