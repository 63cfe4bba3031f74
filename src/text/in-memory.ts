/**
 * A text that fits in memory as an alphabet and ids, each symbol numbered as it comes (symbol-count.ts): the same steps as the
 * command line's, which spools the numbers of a long one (cli/ids.ts).
 */
import type { Alphabet, SymbolKind } from './alphabet.js';
import { SymbolCount } from './symbol-count.js';

export interface TextInMemory {
  readonly alphabet: Alphabet;
  readonly ids: Uint16Array;
}

/**
 * @param pieces of the text, whole code points
 * @param where what it is called in errors
 * @param check is told how many symbols there are, before an alphabet is made of them
 * @throws DissipaError where nothing is left to tell apart
 */
export function textInMemory(
  pieces: Iterable<string>,
  where: string,
  minCount = 1,
  kind: SymbolKind = {},
  check: (symbols: number) => void = () => undefined,
): TextInMemory {
  const count = new SymbolCount(where);
  const numbered: Uint16Array[] = [];
  for (const piece of pieces) {
    const numbers = new Uint16Array(piece.length);
    numbered.push(numbers.subarray(0, count.add(piece, numbers)));
  }
  check(count.characters);
  const { alphabet, ids: idOf } = count.alphabet(minCount, kind);
  const ids = new Uint16Array(count.characters);
  let at = 0;
  for (const numbers of numbered) for (const number of numbers) ids[at++] = idOf[number];
  return { alphabet, ids };
}
