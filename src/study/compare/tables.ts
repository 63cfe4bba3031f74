/** The figures of a comparison as tables: the same in the terminal and on the page. */
import { mean, numbersOf, spreadOf, type Spread } from '../../base/figures.js';
import type { Words } from '../../words/words.js';
import type { Reach, Standing } from './standing.js';

export interface Columns {
  readonly words: keyof Words['compare']['tables'];
  /** null for a contender that has no such figures. */
  readonly rowOf: (standing: Standing, words: Words) => readonly string[] | null;
}

const NONE = '–';

/** 2.135, or with several seeds 2.135±0.012 */
export const spread = (value: Spread | null, { compare, numbers }: Words): string =>
  value === null ? compare.diverged : numbers.spread(value, 3);

/** A held-out score, and what it took. */
const SCORES: Columns = {
  words: 'scores',
  rowOf: ({ name, bitsPerChar, bitsPerByte, charactersPerSecond, charactersSeen, parameters }, words) => [
    name,
    spread(bitsPerChar, words),
    spread(bitsPerByte, words),
    words.numbers.compact(charactersPerSecond.mean),
    words.numbers.count(Math.round(charactersSeen.mean)),
    words.numbers.count(parameters),
  ],
};

const atEnd = ({ end }: Standing, of: (reach: Reach) => string): string => (end ? of(end) : NONE);

/** `12 → 30` */
const change = (standing: Standing, of: (reach: Reach) => string): string =>
  [standing.start, standing.end].map((reach) => (reach ? of(reach) : NONE)).join(' → ');

/** Drop and tail of the end tell what became of the curve; the start's drop is beside the point, and 80 columns are few. */
const REACH: Columns = {
  words: 'reach',
  rowOf(standing, { compare, inspect, numbers }) {
    if (standing.start === null) return null;
    const { count, fixed, percent, share, signed } = numbers;
    return [
      standing.name,
      change(standing, ({ lag1pct }) => (lag1pct === null ? NONE : count(lag1pct))),
      atEnd(standing, ({ drop }) => (drop === null ? NONE : fixed(drop.decades, 1))),
      change(standing, ({ tail }) => (tail === null ? NONE : signed(tail.decadesPerStep, 2))),
      atEnd(standing, ({ left, verdict }) => (verdict === 'not-finite' ? NONE : share(left))),
      change(standing, ({ flat }) => percent(flat)),
      standing.end ? inspect.memory.verdicts[standing.end.verdict] : compare.diverged,
    ];
  },
};

/** Means over the seeds. */
const QUALITY: Columns = {
  words: 'quality',
  rowOf({ name, results }, { numbers: { count, percent } }) {
    const qualities = results.flatMap(({ quality }) => quality ?? []);
    if (qualities.length === 0) return null;
    const share = (values: readonly (number | null)[]): string => {
      const known = numbersOf(values);
      return known.length === 0 ? NONE : percent(mean(known));
    };
    const distinct = [0, 1, 2].map((n) => share(qualities.map((one) => one.distinct[n])));
    return [
      name,
      share(qualities.map(({ knownWords }) => knownWords)),
      distinct.join('/'),
      share(qualities.map(({ repetition }) => repetition)),
      share(qualities.map(({ novelty }) => novelty)),
      count(Math.round(spreadOf(qualities.map(({ longestCopy }) => longestCopy.characters))?.mean ?? 0)),
    ];
  },
};

export const TABLES: readonly Columns[] = [SCORES, REACH, QUALITY];

export interface ComparedTable {
  readonly title: string;
  readonly head: readonly string[];
  /** Empty where no contender has such figures. */
  readonly rows: readonly (readonly string[])[];
}

export function comparedTable(
  { words: key, rowOf }: Columns,
  standings: readonly Standing[],
  words: Words,
): ComparedTable {
  const rows = standings.flatMap((standing) => {
    const row = rowOf(standing, words);
    return row === null ? [] : [row];
  });
  return { ...words.compare.tables[key], rows };
}
