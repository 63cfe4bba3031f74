/**
 * What is measured on the bundled corpus: one definition for scripts/corpus-figures.ts and tests/corpus.test.ts.
 * Lengths are in code points of NFC; a word is a run of letters, hyphens and apostrophes inside it included, in
 * lower case.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** The list of the pieces, itself no part of the text; in other languages `README.pt-BR.md` and the like. */
const LIST = 'README.md';
export const isList = (file: string): boolean => /^README(?:\.[\w-]+)?\.md$/.test(file);

/**
 * The corpus's whole alphabet: the Portuguese one with its accents (k w y come in names), digits and this punctuation.
 * The apostrophe is d'água's, the guillemets are European, nº is a bill's number, 47$25 a price in escudos.
 */
export const ALPHABET: ReadonlySet<string> = new Set(
  '\n abcdefghijklmnopqrstuvwxyzáàâãçéêíóôõúABCDEFGHIJKLMNOPQRSTUVWXYZÁÀÂÃÇÉÊÍÓÔÕÚ0123456789' +
    ".,;:!?…()-—'“”«»º$",
);

/** The kinds a piece may be of; each must occur. */
export const KINDS = [
  'short story',
  'chronicle',
  'dialogue',
  'letter',
  'recipe',
  'fable',
  'place',
  'essay on nature',
  'essay on machines',
  'verse',
  'proverbs',
  'play',
  'news',
  'diary',
] as const;
export const SPELLINGS = ['Brazilian', 'European'] as const;

export interface Piece {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** One row of the list's table. */
export interface Listed {
  readonly file: string;
  readonly title: string;
  readonly kind: string;
  readonly spelling: string;
}

export const readPieces = (folder: string): Piece[] =>
  readdirSync(folder)
    .filter((file) => !isList(file))
    .sort()
    .map((file) => {
      const bytes = readFileSync(`${folder}/${file}`);
      return { file, bytes, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    });

export const readList = (folder: string, list: string = LIST): Listed[] =>
  [
    ...readFileSync(`${folder}/${list}`, 'utf8').matchAll(
      /^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm,
    ),
  ].map(([, file, title, kind, spelling]) => ({ file, title, kind, spelling }));

export const lengthOf = (text: string): number => Array.from(text).length;

/** The share of its UTF-8 bytes that `gzip -9` leaves. */
export function gzipRatio(text: string): number {
  const bytes = Buffer.from(text);
  return gzipSync(bytes, { level: 9 }).length / bytes.length;
}

export const wordsOf = (text: string): string[] =>
  Array.from(text.toLowerCase().matchAll(/\p{L}+(?:[-'’]\p{L}+)*/gu), ([word]) => word);

/** Distinct words divided by all words. It falls with a text's length: compare equal lengths only. */
export function distinctShare(text: string): number {
  const words = wordsOf(text);
  return new Set(words).size / words.length;
}

/** The first, the middle and the last `length` characters; overlapping, where the text is not three times as long. */
export function slices(text: string, length: number): string[] {
  const symbols = Array.from(text);
  const last = symbols.length - length;
  if (last < 0) throw new RangeError(`${symbols.length} characters; no slice of ${length}`);
  return [0, last >> 1, last].map((from) => symbols.slice(from, from + length).join(''));
}

/** A sentence ends at a line's end, or at . ! ? … and the quotes and brackets that close there. */
const sentencesOf = (text: string): string[] => text.split(/\n|(?<=[.!?…][”»)]*)\s/u);

/** The sentences of more than `length` words which occur more than once, case and punctuation aside. */
export const repeatedSentences = (texts: readonly string[], length: number): string[] =>
  repeated(
    texts
      .flatMap(sentencesOf)
      .map(wordsOf)
      .filter((words) => words.length > length),
  );

/** The runs of `length` words which occur more than once; a run does not cross from one text into another. */
export const repeatedRuns = (texts: readonly string[], length: number): string[] =>
  repeated(
    texts.map(wordsOf).flatMap((words) => words.slice(length - 1).map((_, i) => words.slice(i, i + length))),
  );

function repeated(runs: readonly string[][]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const run of runs.map((words) => words.join(' '))) (seen.has(run) ? twice : seen).add(run);
  return [...twice];
}

/** How often each character occurs, the rarest first. */
export function characterCounts(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) for (const symbol of text) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1));
}
