/** The bundled corpus: as much text as promised, as varied as literature, and clean. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  ALPHABET,
  KINDS,
  SPELLINGS,
  characterCounts,
  distinctShare,
  gzipRatio,
  isList,
  lengthOf,
  readList,
  readPieces,
  repeatedRuns,
  repeatedSentences,
  slices,
  wordsOf,
} from '../scripts/corpus-measures.js';

/**
 * Distinct words in the first, middle and last 300,000 characters of seven books of Portuguese literature: each book's
 * least and greatest share, rounded outwards. Together they say what literature of that length has.
 */
const SLICE = 300_000;
const LITERATURE: Readonly<Record<string, readonly [number, number]>> = {
  'camoes_os_lusiadas.txt': [0.167, 0.17],
  'eca_a_cidade_e_as_serras.txt': [0.205, 0.212],
  'machado_dom_casmurro.txt': [0.151, 0.155],
  'machado_esau_e_jaco.txt': [0.15, 0.154],
  'machado_memorias_postumas_de_bras_cubas.txt': [0.182, 0.185],
  'machado_papeis_avulsos.txt': [0.184, 0.186],
  'machado_quincas_borba.txt': [0.162, 0.166],
};
/** `gzip -9` leaves 0.392 to 0.410 of these books; less than 0.36 would be repetitive, more than 0.43 hardly prose. */
const GZIP = [0.36, 0.43] as const;

const folder = fileURLToPath(new URL('../corpus', import.meta.url));
const books = fileURLToPath(new URL('../../shared/corpora', import.meta.url));
const pieces = readPieces(folder);
const texts = pieces.map(({ text }) => text);
const whole = texts.join('');

describe('the corpus', () => {
  test('has at least fifty pieces of 3,000 to 10,000 characters, 300,000 in all', () => {
    expect(pieces.length).toBeGreaterThanOrEqual(50);
    const outside = pieces.filter(({ text }) => lengthOf(text) < 3_000 || lengthOf(text) > 10_000);
    expect(outside.map(({ file }) => file)).toEqual([]);
    expect(lengthOf(whole)).toBeGreaterThanOrEqual(300_000);
  });

  test('compresses as literature does', () => {
    expect(gzipRatio(whole)).toBeGreaterThanOrEqual(GZIP[0]);
    expect(gzipRatio(whole)).toBeLessThanOrEqual(GZIP[1]);
  });

  test('says no sentence of more than five words twice, and no run of ten', () => {
    expect(repeatedSentences(texts, 5)).toEqual([]);
    expect(repeatedRuns(texts, 10)).toEqual([]);
  });

  test('has as many distinct words as literature of its length', () => {
    const shares = Object.values(LITERATURE).flat();
    for (const share of slices(whole, SLICE).map(distinctShare)) {
      expect(share).toBeGreaterThanOrEqual(Math.min(...shares));
      expect(share).toBeLessThanOrEqual(Math.max(...shares));
    }
  });

  test('is written in the stated alphabet alone', () => {
    expect(characterCounts(texts).filter(([symbol]) => !ALPHABET.has(symbol))).toEqual([]);
  });

  test.for(pieces)('$file is clean UTF-8 text', ({ file, bytes, text }) => {
    expect(file).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.txt$/);
    expect(text.normalize('NFC')).toBe(text);
    expect([...bytes.subarray(0, 3)]).not.toEqual([0xef, 0xbb, 0xbf]);
    expect(text).not.toContain('\r');
    expect(text).toMatch(/[^\n]\n$/);
    expect(text.split('\n').filter((line) => line !== line.trim() || line.includes('  '))).toEqual([]);
    expect(text).not.toContain('\n\n\n');
  });

  test.for(pieces)('$file closes the quotes and brackets it opens', ({ text }) => {
    for (const closed of [/“[^“”]*”/g, /«[^«»]*»/g, /\([^()]*\)/g]) text = text.replaceAll(closed, '');
    expect(text).not.toMatch(/[“”«»()]/);
  });
});

describe('the list of the pieces', () => {
  const list = readList(folder);
  const lists = readdirSync(folder).filter(isList);

  test('names every file, and no other', () => {
    expect(list.map(({ file }) => file)).toEqual(pieces.map(({ file }) => file));
  });

  test('gives the titles that the pieces begin with', () => {
    const titles = pieces.map(({ text }) => text.slice(0, text.indexOf('\n')));
    expect(list.map(({ title }) => title)).toEqual(titles);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('has every kind, mostly in Brazilian and partly in European spelling', () => {
    expect(new Set(list.map(({ kind }) => kind))).toEqual(new Set(KINDS));
    expect(new Set(list.map(({ spelling }) => spelling))).toEqual(new Set(SPELLINGS));
    const brazilian = list.filter(({ spelling }) => spelling === 'Brazilian').length;
    expect(brazilian).toBeGreaterThan(list.length / 2);
  });

  test.for(lists)('is the same in %s, with one word there for each here', (name) => {
    const there = readList(folder, name);
    expect(there.map(({ file, title }) => [file, title])).toEqual(
      list.map(({ file, title }) => [file, title]),
    );
    for (const column of ['kind', 'spelling'] as const) {
      const pairs = new Set(list.map((one, i) => `${one[column]}: ${there[i][column]}`));
      for (const words of [list, there].map((of) => of.map((one) => one[column])))
        expect(new Set(words).size, [...pairs].join(', ')).toBe(pairs.size);
    }
  });

  test.for(lists)('%s dedicates them to the public domain', (name) => {
    expect(readFileSync(`${folder}/${name}`, 'utf8')).toContain('CC0 1.0');
  });

  test.for(list)('$file keeps to its spelling', ({ file, spelling }) => {
    const text = pieces.find((piece) => piece.file === file)?.text ?? '';
    // Words that only one of the two norms has, and its way to quote.
    const foreign =
      spelling === 'Brazilian'
        ? /«|(?<!\p{L})(quilómetros?|dezanove|dezasseis|dezassete|facto|connosco|húmid\p{L}+|ténis|Ant[oó]nio|autocarro|comboio)(?!\p{L})/u
        : /“|(?<!\p{L})(quilômetros?|dezenove|dezesseis|dezessete|conosco|úmid\p{L}+|ônibus|você|Antônio|bonde)(?!\p{L})/u;
    expect(foreign.exec(text)?.[0]).toBeUndefined();
  });
});

describe('the measures', () => {
  test('count words and distinct words', () => {
    expect(wordsOf('O frango-d’água viu-a; 12 vezes viu a ÁGUA.')).toEqual(
      ['o', 'frango-d’água', 'viu-a', 'vezes', 'viu', 'a', 'água'], // 12 is no word
    );
    expect(distinctShare('a b A c')).toBe(0.75);
  });

  test('find a sentence said twice, but for case and punctuation', () => {
    const twice = 'quem cava de graça uma vez';
    expect(repeatedSentences([`— ${twice}! Não.`, `«Quem cava, de graça, uma vez?» Não.`], 5)).toEqual([
      twice,
    ]);
    expect(repeatedSentences([`${twice}.`, `E ${twice}.`], 5)).toEqual([]);
    expect(repeatedSentences([`${twice}.`, `${twice}.`], 6)).toEqual([]);
  });

  test('find a run said twice, but none across two texts', () => {
    expect(repeatedRuns(['um dois três quatro', 'dois três quatro cinco'], 3)).toEqual(['dois três quatro']);
    expect(repeatedRuns(['um dois', 'três', 'um dois três'], 3)).toEqual([]);
  });

  test('take slices by code points, the last one to the end', () => {
    expect(slices('a𝄞bcde', 4)).toEqual(['a𝄞bc', '𝄞bcd', 'bcde']);
    expect(() => slices('abc', 4)).toThrow('3 characters; no slice of 4');
  });

  test.skipIf(!existsSync(books)).for(Object.entries(LITERATURE))(
    '%s has the share that is written here (skipped where ../shared/corpora is absent)',
    ([book, [least, greatest]]) => {
      const text = readFileSync(`${books}/${book}`, 'utf8').normalize('NFC');
      const shares = slices(text, SLICE).map(distinctShare);
      expect(Math.floor(Math.min(...shares) * 1000) / 1000).toBe(least);
      expect(Math.ceil(Math.max(...shares) * 1000) / 1000).toBe(greatest);
      expect(gzipRatio(text)).toBeGreaterThan(0.39);
      expect(gzipRatio(text)).toBeLessThan(0.415);
    },
  );

  test('the corpus folder holds the pieces and their list alone', () => {
    expect(readdirSync(folder).filter((file) => !file.endsWith('.txt') && !isList(file))).toEqual([]);
  });
});
