/** What is said of how texts were read: their encodings, what was cut, what was removed or replaced. */
import { visibleInLine } from '../../base/visible.js';
import type { RunText } from '../../store/run-info.js';
import type { ChangeKind } from '../../text/controls.js';
import type { Words } from '../../words/words.js';

/** The path that stands for standard input. */
export const STDIN = '-';

/** A path in a line, as a person knows it. */
export const textName = (path: string, { reports: { reading } }: Words): string =>
  path === STDIN ? reading.standardInput : visibleInLine(path);

/** Paths in a line that ends. */
export function listed(paths: readonly string[], words: Words): string {
  const { reading } = words.reports;
  const more = paths.length - 3;
  const shown = paths
    .slice(0, 3)
    .map((path) => textName(path, words))
    .join(', ');
  return more > 0 ? reading.more(shown, more) : shown;
}

const namesOf = (texts: readonly RunText[], words: Words): string =>
  listed(
    texts.map(({ path }) => path),
    words,
  );

/** A line for each thing there is to say; none where the texts are as they were. */
export function whatWasDone(texts: readonly RunText[], words: Words): string[] {
  return [
    ...encodings(texts, words),
    ...doubts(texts, words),
    ...changes(texts, words),
    ...cuts(texts, words),
    ...mentions(texts, words),
  ];
}

function encodings(texts: readonly RunText[], words: Words): string[] {
  const found = new Map<string, RunText[]>();
  for (const text of texts) {
    if (text.encoding === undefined) continue;
    const how = `${text.encoding} ${text.isNamed ? '' : (text.guess?.certainty ?? 'told')}`;
    const those = found.get(how);
    if (those) those.push(text);
    else found.set(how, [text]);
  }
  return [...found.values()].map((those) =>
    words.reports.reading.readAs(String(those[0].encoding), howFound(those, words), namesOf(those, words)),
  );
}

function howFound(texts: readonly RunText[], { reports: { reading } }: Words): string {
  const [{ isNamed, guess }] = texts;
  if (isNamed) return reading.asNamed;
  if (!guess) return '';
  const met = [...new Set(texts.flatMap((text) => text.guess?.words ?? []))].slice(0, MOST_WORDS);
  const rivals = [...new Set(texts.flatMap((text) => text.guess?.rivals ?? []))].slice(0, MOST_RIVALS);
  const certainty =
    guess.certainty === 'unsure' && rivals.length > 0
      ? reading.unsure(rivals)
      : (reading.certainty[guess.certainty] ?? guess.certainty);
  return reading.found(certainty, met.map(visibleInLine).join(' '));
}
const [MOST_WORDS, MOST_RIVALS] = [10, 3];

const MOST_DOUBTS = 6;

function doubts(texts: readonly RunText[], words: Words): string[] {
  return texts
    .flatMap(({ path, encoding, doubt }) => (doubt && encoding ? [{ path, encoding, doubt }] : []))
    .slice(0, MOST_DOUBTS)
    .map(({ path, encoding, doubt }) =>
      words.reports.reading.doubt({
        ...{ name: textName(path, words), line: doubt.line, encoding, other: doubt.encoding },
        words: doubt.words.map(visibleInLine),
      }),
    );
}

type Kind = ChangeKind | 'reserved';

function changes(texts: readonly RunText[], words: Words): string[] {
  const { reading } = words.reports;
  const parts = (Object.keys(reading.changes) as Kind[]).flatMap((kind) => {
    const sum = texts.reduce((all, text) => all + (text.changes?.[kind] ?? 0), 0);
    const [one, several] = reading.changes[kind];
    return sum === 0 ? [] : [words.numbers.counted(sum, one, several)];
  });
  const those = texts.filter((text) => text.changes !== undefined);
  return parts.length === 0 ? [] : [reading.changed(parts.join(', '), namesOf(those, words))];
}

const MOST_CUTS = 6;

function cuts(texts: readonly RunText[], words: Words): string[] {
  const shortened = texts.filter(({ cut = 0 }) => cut > 0);
  if (shortened.length === 0) return [];
  const { reading } = words.reports;
  const sum = shortened.reduce((all, { cut = 0 }) => all + cut, 0);
  const all = shortened.flatMap(({ cuts: some = [] }) => some);
  const shown = all
    .slice(0, MOST_CUTS)
    .map(
      ({ characters, begins, ends }) =>
        `  ${reading.cutPart(characters, `${visibleInLine(begins)} … ${visibleInLine(ends)}`)}`,
    );
  const more = all.length - shown.length;
  return [
    reading.cut(sum, namesOf(shortened, words)),
    ...shown,
    ...(more > 0 ? [`  ${reading.moreCuts(more)}`] : []),
  ];
}

function mentions(texts: readonly RunText[], words: Words): string[] {
  const those = texts.filter((text) => text.mentions !== undefined);
  if (those.length === 0) return [];
  const sum = those.reduce((all, text) => all + (text.mentions ?? 0), 0);
  return [words.reports.reading.mentions(sum, namesOf(those, words))];
}
