/** The figures of a comparison as tables: the same in the terminal and on the page. */
import type { Reach, Spread, Standing } from './standing.js';
import { spreadOf } from './standing.js';
import { count, mean, numbersOf, percent, shareOf, signed } from '../../words/numbers.js';

export interface Columns {
  readonly title: string;
  readonly head: readonly string[];
  /** null for a contender that has no such figures. */
  readonly rowOf: (standing: Standing) => readonly (readonly string[])[] | null;
}

const NONE = '–';

/** 2.135, or with several seeds 2.135±0.012 */
export function spread(value: Spread | null, digits = 3): string {
  if (value === null) return 'diverged';
  const { mean, deviation } = value;
  return `${mean.toFixed(digits)}${deviation === null ? '' : `±${deviation.toFixed(digits)}`}`;
}

const whole = (value: Spread): string => count(Math.round(value.mean));

/** 171,000 → 171 k; 2,297 stays */
export function thousands(x: number): string {
  if (x >= 1e6) return `${(x / 1e6).toFixed(1)} M`;
  return x >= 1e4 ? `${count(Math.round(x / 1e3))} k` : count(Math.round(x));
}

/** A held-out score, and what it took. */
export const SCORES: Columns = {
  title: 'How well it predicts the held-out text, and what that took',
  head: ['contender', 'bits/char', 'bits/byte', 'chars/s', 'seen', 'parameters'],
  rowOf: ({ name, bitsPerChar, bitsPerByte, charactersPerSecond, charactersSeen, parameters }) => [
    [
      name,
      spread(bitsPerChar),
      spread(bitsPerByte),
      thousands(charactersPerSecond.mean),
      whole(charactersSeen),
      count(parameters),
    ],
  ],
};

const lag = (value: number | null | undefined): string => (typeof value === 'number' ? String(value) : NONE);

const atEnd = ({ end }: Standing, of: (reach: Reach) => string): string => (end ? of(end) : NONE);

/** `12 → 30` */
const change = (standing: Standing, of: (reach: Reach) => string): string =>
  [standing.start, standing.end].map((reach) => (reach ? of(reach) : NONE)).join(' → ');

/** Drop and tail of the end tell what became of the curve; the start's drop is beside the point, and 80 columns are few. */
export const REACH: Columns = {
  title:
    'How far back the gradient of the last loss reaches (top layer): start → end, or the end alone; drop in decades, left at the last lag',
  head: ['contender', '1% at lag', 'drop', 'decades/step', 'left', 'flat units', 'verdict'],
  rowOf: (standing) =>
    standing.start === null
      ? null
      : [
          [
            standing.name,
            change(standing, ({ lag1pct }) => lag(lag1pct)),
            atEnd(standing, ({ drop }) => (drop === null ? NONE : signed(drop.decades, 1).replace('+', ''))),
            change(standing, ({ tail }) => (tail === null ? NONE : signed(tail.decadesPerStep, 2))),
            atEnd(standing, ({ left, verdict }) => (verdict === 'not-finite' ? NONE : shareOf(left))),
            change(standing, ({ flat }) => percent(flat)),
            standing.end?.verdict ?? 'diverged',
          ],
        ],
};

/** Means over the seeds. */
export const QUALITY: Columns = {
  title: 'What a sample of it is worth (1,000 characters, temperature 0.8)',
  head: ['contender', 'known words', 'distinct-1/2/3', 'repeated', 'new', 'longest copy'],
  rowOf: ({ name, results }) => {
    const qualities = results.flatMap(({ quality }) => quality ?? []);
    if (qualities.length === 0) return null;
    const share = (values: readonly (number | null)[]): string => {
      const known = numbersOf(values);
      return known.length === 0 ? NONE : percent(mean(known));
    };
    const distinct = [0, 1, 2].map((n) => share(qualities.map((one) => one.distinct[n])));
    return [
      [
        name,
        share(qualities.map(({ knownWords }) => knownWords)),
        distinct.join('/'),
        share(qualities.map(({ repetition }) => repetition)),
        share(qualities.map(({ novelty }) => novelty)),
        String(Math.round(spreadOf(qualities.map(({ longestCopy }) => longestCopy.characters))?.mean ?? 0)),
      ],
    ];
  },
};
