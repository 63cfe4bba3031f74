/** Where a licence that begins here ends: by its own last words, or where it is no licence any more. */
import { headerAt, isAllHeader, isSentence, LONGEST_CUT } from './header.js';
import { isOneOf, paragraphsOf } from './paragraphs.js';
import {
  CREDITS,
  END_MARK,
  LICENCE,
  LICENCE_BEGINS,
  LICENCE_ENDS,
  SMALL_PRINT,
  SMALL_PRINT_END,
  STARRED_END,
} from './phrases.js';

export interface Surroundings {
  /** A header was before, and no end since. */
  readonly isInBook: boolean;
  /** With `text` all ends. */
  readonly isLast: boolean;
  /** Whatever looks like a book's last line is taken for one. */
  readonly isCredulous: boolean;
}

/** @param text begins with a line that may end a book, or begin a licence @returns characters; 0 for none */
export function licenceAt(text: string, around: Surroundings): number {
  let to = 0;
  let isInside = false;
  for (const paragraph of paragraphsOf(text)) {
    const raw = text.slice(paragraph.from, paragraph.to);
    if (to === 0 && paragraph.from > 0) return 0;
    if (SMALL_PRINT.exec(raw)?.index === 0) {
      const end = SMALL_PRINT_END.exec(text.slice(paragraph.from));
      if (end !== null) return paragraph.from + end.index + end[0].length;
    }
    if (END_MARK.test(raw)) {
      if (to === 0 && !around.isCredulous && !endsBook(text, raw, around)) return 0;
      // A line of it alone, where something else follows right below.
      to = paragraph.from + lengthOfEnd(raw);
      if (to < paragraph.to && !isLicence(raw.slice(lengthOfEnd(raw)))) return to;
      if (to < paragraph.to) [to, isInside] = [paragraph.to, true];
      continue;
    }
    const isKnown =
      isOneOf(LICENCE_BEGINS, paragraph) || (isInside && isOneOf([...LICENCE, ...CREDITS], paragraph));
    if (!isKnown) return to;
    const small = isInside ? 0 : smallPrintFrom(text.slice(paragraph.from));
    if (small > 0) return paragraph.from + small;
    isInside = true;
    const last = LICENCE_ENDS.exec(raw);
    if (last !== null) return withLastLine(text, paragraph.from + last.index + last[0].length);
    to = paragraph.to;
  }
  return to;
}

/**
 * Whether a paragraph that begins as a book's last line is one, and no sentence about it: its stars say so; else it
 * stands for itself and ends as no sentence does, at the end of a book or of all, or before what comes after a book.
 */
function endsBook(text: string, raw: string, { isInBook, isLast }: Surroundings): boolean {
  const length = lengthOfEnd(raw);
  const line = raw.slice(0, length).trim();
  if (STARRED_END.test(raw)) return !/\*{2,3}[^\n*]*\p{L}[^\n*]*$/u.test(line.replace(/^\*{2,3}/, ''));
  const below = raw.slice(length).trim();
  const after = text.slice(below === '' ? raw.length : length).replace(/^\s+/, '');
  if (isLicence(after.slice(0, 2000)) || END_MARK.test(after) || SMALL_PRINT.exec(after)?.index === 0)
    return true;
  if (isSentence(line) || /^\p{Ll}/u.test(below)) return false;
  const isFollowed = after === '' ? isLast : headerAt(after).cut > 0;
  // Etexts, before 2003, ended with this line alone.
  return isInBook || isFollowed || /\be-?text of .*, by \p{Lu}[^,]*$/iu.test(line.replace(/\s+/g, ' '));
}

/** About 2002 what was in the headers before came last: where its small print ends. 0 for none. */
function smallPrintFrom(text: string): number {
  const view = text.slice(0, LONGEST_CUT);
  const start = SMALL_PRINT.exec(view);
  const end = SMALL_PRINT_END.exec(view);
  if (start === null || end === null || end.index < start.index) return 0;
  return isAllHeader(view.slice(0, start.index), view, true) ? end.index + end[0].length : 0;
}

const isLicence = (text: string): boolean => {
  const words = text.trim().replace(/\s+/g, ' ');
  return LICENCE_BEGINS.some((kind) => kind.test(words));
};

/** The line, or lines where the title runs on: to its stars, or where the first one breaks off. */
function lengthOfEnd(raw: string): number {
  return (WITH_STARS.exec(raw) ?? BROKEN_OFF.exec(raw) ?? ONE_LINE.exec(raw) ?? [raw])[0].length;
}
const WITH_STARS =
  /^[ \t]*\*{2,3}[^*\n]{0,300}(?:\*{2,3}[^\n]*|(?:\n[^*\n]{1,200}){0,2}\n[^*\n]{0,200}[^*\n\s][ \t]*\*{2,3}[ \t]*)(?:\n|$)/;
const BROKEN_OFF =
  /^[^\n]{0,300}(?:,|\b(?:by|of|and|the|de|da|do|e|par|et|von|und))[ \t]*\n[^\n]{1,200}(?:\n|$)/i;
const ONE_LINE = /^[^\n]*(?:\n|$)/;

function withLastLine(text: string, to: number): number {
  for (const { words, to: end } of paragraphsOf(text, to))
    return /^\W{0,8}end: full licen[sc]e\W*$/i.test(words) ? end : to;
  return to;
}
