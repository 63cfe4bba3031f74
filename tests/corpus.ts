/** The texts that come with the program, as one. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Alphabet } from '../src/text/alphabet.js';
import { decodeText } from '../src/text/decode.js';

const folder = fileURLToPath(new URL('../corpus/', import.meta.url));

export const corpus: string = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => decodeText(readFileSync(folder + name), name))
  .join('\n');

export const corpusAlphabet: Alphabet = Alphabet.of(corpus, 'corpus');
