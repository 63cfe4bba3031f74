/** Where a header that begins here ends, and with it what is said of who made the file. */
import {
  ABOUT_THE_FILE,
  CREDITS,
  CREDITS_TALK,
  EBOOK_NUMBER,
  END_MARK,
  FIELD,
  HEADER,
  HEADER_TALK,
  LONGEST_SMALL_PRINT,
  LONGEST_TITLE,
  OPENING,
  SMALL_PRINT,
  SMALL_PRINT_END,
  START,
  TITLE,
  TRANSCRIBERS_NOTE,
  USE_FROM_THE_FIRST,
} from './phrases.js';
import { isOneOf, paragraphsOf, type Paragraph } from './paragraphs.js';

/** No header is longer, nor any licence. */
export const LONGEST_CUT = 25_000;
/** In a header, so much that nothing is known of: a table of dates, an address. */
const MOST_UNKNOWN = 1500;
const [MOST_CREDITS, LONGEST_CREDIT, LONGEST_NOTE] = [8, 1500, 4000];

export interface Header {
  /** Characters from the beginning; 0 for none. */
  readonly cut: number;
  /** A header begins here, but no marker ends it as far as can be seen. */
  readonly isOpen: boolean;
}
const NONE: Header = { cut: 0, isOpen: false };

/** @param text begins with a line that may be a header's first */
export function headerAt(text: string): Header {
  const marker = markerAt(text);
  if (marker > 0) return { cut: withCredits(text, marker), isOpen: false };
  const beginning = text.slice(0, LONGEST_CUT);
  const opening = openingOf(beginning);
  if (opening === null) return NONE;
  const end = endOf(text, opening === 'sure');
  if (end > 0) return { cut: withCredits(text, end), isOpen: false };
  return opening === 'sure' ? { cut: knownFrom(beginning), isOpen: true } : NONE;
}

/** The length of a marker that stands alone: nothing is known of what was before it. */
function markerAt(text: string): number {
  for (const marker of [START, SMALL_PRINT_END]) {
    const found = marker.exec(text.slice(0, 2000));
    if (found?.index === 0) return found[0].length;
  }
  const small = SMALL_PRINT.exec(text.slice(0, 1000));
  if (small?.index !== 0) return 0;
  const end = SMALL_PRINT_END.exec(text.slice(0, LONGEST_SMALL_PRINT));
  return end === null ? 0 : end.index + end[0].length;
}

/** Whether a header begins with the first paragraph: `sure` where what follows says so too. */
function openingOf(text: string): 'sure' | 'perhaps' | null {
  const first: Paragraph[] = [];
  for (const paragraph of paragraphsOf(text)) if (first.push(paragraph) === 5) break;
  if (first.length === 0 || first[0].from > 0) return null;
  const [title, ...others] = first;
  if (USE_FROM_THE_FIRST.test(title.words)) return 'sure';
  if (!isTitle(title)) return FIELD.test(title.words) ? 'perhaps' : null;
  const next = others.find((paragraph) => isOneOf(OPENING, paragraph) || isTitle(paragraph));
  if (next === undefined || !isOneOf(OPENING, next)) return 'perhaps';
  // One that begins below, on whatever line, is nearer.
  const between = text.slice(text.indexOf('\n') + 1, next.from).split('\n');
  return between.some((line) => TITLE.test(line)) ? 'perhaps' : 'sure';
}

const isTitle = ({ words }: Paragraph): boolean => TITLE.test(words) && words.length <= LONGEST_TITLE;

/** Where the marker ends that ends the header; 0 where there is none that this can be the header of. */
function endOf(text: string, isSure: boolean): number {
  const marker = [START, SMALL_PRINT_END]
    .map((kind) => kind.exec(text))
    .filter((found) => found !== null)
    .sort((a, b) => a.index - b.index)
    .at(0);
  if (marker === undefined || marker.index > LONGEST_CUT) return 0;
  const header = text.slice(0, marker.index);
  const end = marker.index + marker[0].length;
  const smallPrint = SMALL_PRINT.exec(header);
  const prose = smallPrint === null ? header : header.slice(0, smallPrint.index);
  return isAllHeader(prose, text, isSure) ? end : 0;
}

/** Whether a stretch up to a marker is of the header that the marker ends. @param text goes on behind it */
export function isAllHeader(prose: string, text: string, isSure: boolean): boolean {
  return (
    !anotherBegins(prose, text) && (isSure ? isMostlyKnown(prose) : prose.split('\n').every(isKnownLine))
  );
}

function isMostlyKnown(prose: string): boolean {
  let unknown = 0;
  for (const paragraph of paragraphsOf(prose)) {
    if (paragraph.from > 0 && END_MARK.test(prose.slice(paragraph.from, paragraph.to))) return false;
    const isKnown = isOneOf([...HEADER, ...CREDITS, HEADER_TALK], paragraph);
    unknown = isKnown ? 0 : unknown + paragraph.words.length;
    if (unknown > MOST_UNKNOWN) return false;
  }
  return true;
}

/** Where a header is told by its fields alone no other line may be among them. */
const isKnownLine = (line: string): boolean =>
  line.trim() === '' ||
  /^[ \t]/.test(line) ||
  TITLE.test(line) ||
  FIELD.test(line) ||
  EBOOK_NUMBER.test(line);

/** One that begins further on, on whatever line, is the one that the marker ends. */
function anotherBegins(prose: string, text: string): boolean {
  for (let at = prose.indexOf('\n') + 1; at > 0; at = prose.indexOf('\n', at) + 1) {
    const line = prose.slice(at, at + LONGEST_TITLE);
    if (TITLE.test(line) && openingOf(text.slice(at, at + LONGEST_CUT)) === 'sure') return true;
  }
  return false;
}

/** The length of what is known to be of a header, without any marker. */
function knownFrom(text: string): number {
  let to = 0;
  for (const paragraph of paragraphsOf(text)) {
    if (!isOneOf(HEADER, paragraph) || END_MARK.test(text.slice(paragraph.from, paragraph.to))) break;
    to = paragraph.to;
  }
  return to;
}

/** Where the credits end that follow. @returns `from` where there are none */
export function withCredits(text: string, from: number): number {
  let to = from;
  let number = 0;
  let isHeading = false;
  for (const paragraph of paragraphsOf(text, from)) {
    const { words } = paragraph;
    const bracket = words.startsWith('[') ? text.indexOf(']', paragraph.from) : -1;
    const isNote = TRANSCRIBERS_NOTE.test(words);
    if (isNote && bracket > 0 && bracket - paragraph.from <= LONGEST_NOTE) {
      const line = text.indexOf('\n', bracket);
      to = line < 0 ? text.length : line + 1;
      // Further paragraphs of the same brackets are behind.
      return withCredits(text, to);
    }
    const isCredit =
      words.length <= LONGEST_CREDIT &&
      (isNote || isCreditLine(paragraph) || (isHeading && ABOUT_THE_FILE.test(words)));
    if (!isCredit || ++number > MOST_CREDITS) break;
    to = paragraph.to;
    isHeading = isNote && words.length < 60;
  }
  return to;
}

/** Who made the file; and not a sentence that begins with the same words. */
function isCreditLine(paragraph: Paragraph): boolean {
  const { words } = paragraph;
  if (!isOneOf(CREDITS, paragraph)) return false;
  return CREDITS_TALK.test(words) || !isSentence(words);
}

/** It ends as one does: not by an initial, or by a short form. */
export const isSentence = (words: string): boolean =>
  /[.!?…:;,]["”’'»)]*$/.test(words) && !/\b(?:\p{Lu}|Jr|Sr|Dr|etc|Ltd|Inc)\.["”’'»)]*$/u.test(words);
