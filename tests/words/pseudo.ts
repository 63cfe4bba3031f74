/**
 * A language made from English: each letter that the words have of their own stands in an accented one (å for a), each
 * word is longer by two fifths or more, each text stands in ⟦ ⟧. Values (paths, names, numbers, commands) stay as they are.
 * Whatever is printed in plain letters was not said by the words.
 */
import { numbersIn, type Numbers } from '../../src/words/numbers.js';

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['aå', 'bƀ', 'cç', 'dð', 'eé', 'fƒ', 'gĝ', 'hĥ', 'iî', 'jĵ', 'kķ', 'lļ', 'mɱ', 'nñ', 'oö', 'pþ'],
    ...['qɋ', 'rŕ', 'sš', 'tţ', 'uû', 'vṽ', 'wŵ', 'xẋ', 'yý', 'zž', 'AÅ', 'BƁ', 'CÇ', 'DÐ', 'EÉ', 'FƑ'],
    ...['GĜ', 'HĤ', 'IÎ', 'JĴ', 'KĶ', 'LĻ', 'MḾ', 'NÑ', 'OÖ', 'PÞ', 'QɊ', 'RŔ', 'SŠ', 'TŢ', 'UÛ', 'VṼ'],
    ...['WŴ', 'XẊ', 'YÝ', 'ZŽ'],
  ].map((pair) => Array.from(pair) as [string, string]),
);

/** What is typed as it stands: commands, flags, code, names of files and variables, markup. */
const TYPED =
  /(?:npx )?dissipa(?: [a-z-]+(?=[ ;:,.]|$))?|`[^`]*`|(?<![\w-])-{1,2}[a-zA-Z][\w-]*(?:=\S+)?|[\w*~/-]*[\w*)]\.[a-z][\w.]*|\w*_\w+|\b(?:redis|rediss|https?):\S+|<[^>]*>|&\w+;|\\[nu]\w*/g;
const WORD = /[a-zA-Z]+/g;

/** Letters that a private use stands for: values on their way through. */
const [OPENS, CLOSES] = ['\uE000', '\uE001'];

/** Two fifths longer: its vowels are drawn out, or its last letter. */
function longer(word: string): string {
  const more = Math.ceil(0.4 * word.length);
  const at = Math.max(0, word.search(/[aeiou]/i));
  return word.slice(0, at + 1) + word[at].toLowerCase().repeat(more) + word.slice(at + 1);
}

const accented = (text: string): string =>
  text.replace(WORD, (word) => Array.from(longer(word), (letter) => LETTERS[letter]).join(''));

/** @param values that the text was made with */
export function pseudoText(text: string, values: readonly string[] = []): string {
  if (!/[a-z]/i.test(text)) return text;
  let marked = text;
  const kept: string[] = [];
  const keep = (value: string): string => `${OPENS}${kept.push(value) - 1}${CLOSES}`;
  const free = (use: (part: string) => string): void => {
    marked = marked
      .split(/(\uE000\d+\uE001)/)
      .map((part) => (part.startsWith(OPENS) ? part : use(part)))
      .join('');
  };
  for (const value of [...new Set(values)].sort((a, b) => b.length - a.length))
    if (value !== '')
      free((part) =>
        part
          .split(value)
          .map((piece, i) => (i === 0 ? piece : keep(value) + piece))
          .join(''),
      );
  free((part) => part.replace(TYPED, keep));
  free(accented);
  const whole = marked.replace(/\uE000(\d+)\uE001/g, (_, i: string) => kept[Number(i)]);
  return /^\s|\n/.test(whole) ? whole : `⟦${whole}⟧`;
}

/** Texts among what a sentence is made of, but for plain words, which are keys as a rule. */
function valuesIn(given: unknown, depth = 0): string[] {
  if (typeof given === 'string') return /^(?:[a-z-]*|.)$/i.test(given) ? [] : [given];
  if (typeof given !== 'object' || given === null || depth > 4 || ArrayBuffer.isView(given)) return [];
  return Object.values(given).flatMap((one) => valuesIn(one, depth + 1));
}

/** These say what language it is; and command lines are typed as they are. */
const isName = (key: string, value: unknown): boolean =>
  key === 'language' ||
  key === 'locale' ||
  ((key === 'file' || key === 'run') && typeof value === 'string' && /^[a-z]+$/.test(value));
const isExample = (key: string, value: unknown): value is readonly [string, string][] =>
  key === 'examples' && Array.isArray(value);

/** The same table in the pseudo-language. @param values that its texts are made with */
export function pseudo<T>(words: T, values: readonly string[] = []): T {
  const made = (one: unknown, key: string): unknown => {
    if (isName(key, one)) return one;
    if (isExample(key, one)) return one.map(([line, what]) => [line, pseudoText(what)]);
    if (key === 'numbers') return pseudoNumbers;
    if (typeof one === 'string') return pseudoText(one, values);
    if (typeof one === 'function') {
      const say = one as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => pseudo(say(...given), [...values, ...valuesIn(given)]);
    }
    if (Array.isArray(one)) return one.map((entry) => made(entry, ''));
    if (typeof one === 'object' && one !== null)
      return Object.fromEntries(Object.entries(one).map(([name, entry]) => [name, made(entry, name)]));
    return one;
  };
  return made(words, '') as T;
}

const inEnglish = numbersIn('en', { to: accented('to'), times: accented('times'), lists: 'en-GB' });
const pseudoNumbers: Numbers = {
  ...inEnglish,
  date: (iso) => accented(inEnglish.date(iso)),
  bits: (nats) => inEnglish.bits(nats).replace('bits', accented),
  listed: (words) => inEnglish.listed(words).replaceAll(' and ', accented),
};
