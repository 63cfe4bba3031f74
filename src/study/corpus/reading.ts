/** What is said of how texts were read: their encodings, what was cut, what was removed or replaced. */
import { visibleInLine } from '../../base/visible.js';
import { counted } from '../../base/words.js';
import type { RunText } from '../../store/run-info.js';
import type { ChangeKind } from '../../text/controls.js';
import { count } from '../../words/numbers.js';

/** Paths in a line that ends. */
export function listed(paths: readonly string[]): string {
  const more = paths.length - 3;
  const shown = paths.slice(0, 3).map(visibleInLine).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

const namesOf = (texts: readonly RunText[]): string => listed(texts.map(({ path }) => path));

/** A line for each thing there is to say; none where the texts are as they were. */
export function whatWasDone(texts: readonly RunText[]): string[] {
  return [...encodings(texts), ...changes(texts), ...cuts(texts), ...mentions(texts)];
}

function encodings(texts: readonly RunText[]): string[] {
  const found = new Map<string, RunText[]>();
  for (const text of texts) {
    if (text.encoding === undefined) continue;
    const how = `${text.encoding} ${text.isNamed ? '' : (text.guess?.certainty ?? 'told')}`;
    const those = found.get(how);
    if (those) those.push(text);
    else found.set(how, [text]);
  }
  return [...found.values()].map(
    (those) => `read as ${those[0].encoding}${howFound(those)}: ${namesOf(those)}`,
  );
}

function howFound(texts: readonly RunText[]): string {
  const [{ isNamed, guess }] = texts;
  if (isNamed) return ', as --encoding says';
  if (!guess) return '';
  const words = [...new Set(texts.flatMap((text) => text.guess?.words ?? []))].slice(0, MOST_WORDS);
  const rivals = [...new Set(texts.flatMap((text) => text.guess?.rivals ?? []))].slice(0, MOST_RIVALS);
  const certainty =
    guess.certainty === 'unsure' && rivals.length > 0
      ? `unsure: ${rivals.join(', ')} ${rivals.length > 1 ? 'fit' : 'fits'} about as well`
      : guess.certainty;
  return ` (${certainty}; --encoding names another), as in ${words.map(visibleInLine).join(' ')}`;
}
const [MOST_WORDS, MOST_RIVALS] = [10, 3];

type Kind = ChangeKind | 'reserved';
const CHANGES: Readonly<Record<Kind, readonly [one: string, several: string, what: string]>> = {
  carriageReturns: ['carriage return', 'carriage returns', 'read as \\n'],
  otherLineEnds: ['form feed or other line end', 'form feeds and other line ends', 'read as \\n'],
  escapeSequences: ['escape sequence', 'escape sequences', 'removed'],
  controls: ['control character', 'control characters', 'removed'],
  softHyphens: ['soft hyphen', 'soft hyphens', 'removed'],
  byteOrderMarks: ['byte-order mark', 'byte-order marks', 'removed'],
  composed: ['character', 'characters', 'brought into NFC'],
  reserved: ['reserved U+FFFF', 'reserved U+FFFF', 'read as U+FFFD'],
  badBytes: ['bad byte', 'bad bytes', 'replaced or dropped'],
};

function changes(texts: readonly RunText[]): string[] {
  const kinds = Object.keys(CHANGES) as Kind[];
  const parts = kinds.flatMap((kind) => {
    const sum = texts.reduce((all, text) => all + (text.changes?.[kind] ?? 0), 0);
    const [one, several, what] = CHANGES[kind];
    return sum === 0 ? [] : [`${counted(count(sum), one, several)} ${what}`];
  });
  const those = texts.filter((text) => text.changes !== undefined);
  return parts.length === 0 ? [] : [`${parts.join(', ')}: ${namesOf(those)}`];
}

const MOST_CUTS = 6;

function cuts(texts: readonly RunText[]): string[] {
  const shortened = texts.filter(({ cut = 0 }) => cut > 0);
  if (shortened.length === 0) return [];
  const sum = shortened.reduce((all, { cut = 0 }) => all + cut, 0);
  const all = shortened.flatMap(({ cuts: some = [] }) => some);
  const shown = all
    .slice(0, MOST_CUTS)
    .map(
      ({ characters, begins, ends }) =>
        `  ${count(characters)}: ${visibleInLine(begins)} … ${visibleInLine(ends)}`,
    );
  const more = all.length - shown.length;
  return [
    `Project Gutenberg's headers and licences cut, ${counted(count(sum), 'character')} (--keep-boilerplate leaves them): ${namesOf(shortened)}`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function mentions(texts: readonly RunText[]): string[] {
  const those = texts.filter((text) => text.mentions !== undefined);
  if (those.length === 0) return [];
  const sum = those.reduce((all, text) => all + (text.mentions ?? 0), 0);
  return [
    `the words "Project Gutenberg" are left in the text ${counted(count(sum), 'time')}: ${namesOf(those)}`,
  ];
}
