/** Where a licence that begins here ends: by its own last words, or where it is no licence any more. */
import { isOneOf, paragraphsOf } from './paragraphs.js';
import { END, LICENCE, LICENCE_BEGINS, LICENCE_ENDS, SMALL_PRINT, SMALL_PRINT_END } from './phrases.js';

/** No line that ends a book is longer, its title and all. */
const LONGEST_END = 500;

/** @param text begins with a line that may end a book, or begin a licence @returns characters; 0 for none */
export function licenceAt(text: string): number {
  let to = 0;
  let isInside = false;
  for (const paragraph of paragraphsOf(text)) {
    const raw = text.slice(paragraph.from, paragraph.to);
    if (to === 0 && paragraph.from > 0) return 0;
    if (SMALL_PRINT.exec(raw)?.index === 0) {
      const end = SMALL_PRINT_END.exec(text.slice(paragraph.from));
      if (end !== null) return paragraph.from + end.index + end[0].length;
    }
    if (END.test(raw)) {
      // A line of it alone, where something else follows right below.
      to = paragraph.from + lengthOfEnd(raw);
      if (to < paragraph.to && !isLicence(raw.slice(lengthOfEnd(raw)))) return to;
      if (to < paragraph.to) [to, isInside] = [paragraph.to, true];
      continue;
    }
    const isKnown = isInside ? isOneOf(LICENCE, paragraph) : isOneOf(LICENCE_BEGINS, paragraph);
    if (!isKnown) return to;
    isInside = true;
    to = paragraph.to;
    if (LICENCE_ENDS.test(paragraph.words)) return withLastLine(text, to);
  }
  return to;
}

const isLicence = (text: string): boolean => {
  const words = text.trim().replace(/\s+/g, ' ');
  return LICENCE_BEGINS.some((kind) => kind.test(words));
};

/** `*** END OF … ***`, whose title may run on into further lines; or one line. */
function lengthOfEnd(raw: string): number {
  const starred = /^[ \t]*\*{2,3}[^*]{0,400}\*{2,3}[^\n]*(?:\n|$)/.exec(raw);
  if (starred) return starred[0].length;
  const line = raw.indexOf('\n') + 1;
  // `End of the Project Gutenberg EBook of a title that is long, by` / `somebody`
  return raw.length <= LONGEST_END && !/[.!?]["”]?\s*$/.test(raw) ? raw.length : line === 0 ? raw.length : line;
}

function withLastLine(text: string, to: number): number {
  const [next] = paragraphsOf(text, to);
  return next !== undefined && /^\W{0,8}end: full licen[sc]e\W*$/i.test(next.words) ? next.to : to;
}
