/**
 * Prints what is measured on the bundled corpus, and on any other texts named, to compare.
 *
 *   npx tsx scripts/corpus-figures.ts [text…]
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  ALPHABET,
  characterCounts,
  distinctShare,
  gzipRatio,
  lengthOf,
  readList,
  readPieces,
  repeatedRuns,
  repeatedSentences,
  slices,
  wordsOf,
} from './corpus-measures.js';

const SLICE = 300_000;
const range = (numbers: readonly number[], digits: number): string =>
  `${Math.min(...numbers).toFixed(digits)} to ${Math.max(...numbers).toFixed(digits)}`;
const distinct = (text: string): string =>
  lengthOf(text) < SLICE ? 'too short' : range(slices(text, SLICE).map(distinctShare), 4);
const line = (name: string, value: string | number): void => {
  console.log(`${name.padEnd(44)} ${value}`);
};

const folder = fileURLToPath(new URL('../corpus', import.meta.url));
const pieces = readPieces(folder);
const texts = pieces.map(({ text }) => text);
const whole = texts.join('');
const lengths = texts.map(lengthOf);
const words = wordsOf(whole);
const characters = characterCounts(texts);
const tally = new Map<string, number>();
for (const { kind, spelling } of readList(folder))
  for (const name of [kind, `${spelling} spelling`]) tally.set(name, (tally.get(name) ?? 0) + 1);

line('pieces', pieces.length);
line('characters', lengthOf(whole));
line('characters in a piece', range(lengths, 0));
line('bytes of UTF-8', Buffer.byteLength(whole));
line('gzip -9', gzipRatio(whole).toFixed(4));
line('words', words.length);
line('distinct words', new Set(words).size);
line(`share of distinct words in ${SLICE} characters`, distinct(whole));
line('sentences of more than 5 words, twice', repeatedSentences(texts, 5).length);
line('runs of 10 words, twice', repeatedRuns(texts, 10).length);
line('longest run of words that occurs twice', longestRun());
line('distinct characters', characters.length);
line(
  'rarest characters',
  characters
    .slice(0, 12)
    .map(([symbol, n]) => `${symbol} ${n}`)
    .join('  '),
);
line('characters outside the alphabet', characters.filter(([symbol]) => !ALPHABET.has(symbol)).length);
for (const [name, n] of [...tally].sort()) line(name, n);

for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, 'utf8').normalize('NFC').replaceAll('\r', '');
  line(
    path.slice(path.lastIndexOf('/') + 1),
    `gzip -9 ${gzipRatio(text).toFixed(4)}, distinct ${distinct(text)}`,
  );
}

function longestRun(): number {
  let length = 1;
  while (repeatedRuns(texts, length + 1).length > 0) length++;
  return length;
}
