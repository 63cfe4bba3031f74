/**
 * Project Gutenberg's header, licence and footer, cut away at the markers the project sets:
 *
 *     … *** START OF THE PROJECT GUTENBERG EBOOK <title> ***   text   *** END OF THE PROJECT GUTENBERG EBOOK <title> *** …
 *
 * A text without the first marker near its beginning is left as it is. Where several books follow one another in one
 * file, each loses what is around it.
 */

/** The first marker ends within so many characters of the beginning, or there is none. */
const HEADER = 65_536;
/** A title may run on into further lines. */
const START =
  /^[ \t]{0,20}\*\*\* ?START OF TH(?:IS|E) PROJECT GUTENBERG EBOOK[^*]{0,500}\*\*\*[^\n]{0,200}\n/im;
const END = /^[ \t]{0,20}\*\*\* ?END OF TH(?:IS|E) PROJECT GUTENBERG EBOOK/im;
/** No marker is longer than these, up to where it is known for one. */
const LONGEST_START = 1000;
const LONGEST_END = 100;

export class FirstBoilerplate {
  /** What may still become a marker. It begins a line. */
  #held = '';
  #place: 'before' | 'inside' | 'between' | 'unmarked' = 'before';
  /** Inside, the next piece goes on with a line that is no marker. */
  #isMidLine = false;
  #cut = 0;

  /** UTF-16 units taken away so far. */
  get cut(): number {
    return this.#cut;
  }

  /** @param text with \n for every line's end */
  push(text: string): string {
    return this.#place === 'unmarked' ? text : this.#sort(this.#held + text, false);
  }

  end(): string {
    return this.#sort(this.#held, true);
  }

  #sort(text: string, isLast: boolean): string {
    this.#held = '';
    let kept = '';
    let rest = text;
    if (this.#place === 'before') {
      if (text.length < HEADER && !isLast) {
        this.#held = text;
        return '';
      }
      const start = START.exec(text.slice(0, HEADER));
      if (start === null) {
        this.#place = 'unmarked';
        return text;
      }
      rest = this.#enter(text, start);
    }
    for (;;) {
      if (this.#place === 'inside') {
        const line = this.#isMidLine ? rest.indexOf('\n') + 1 : 0;
        if (this.#isMidLine && line === 0) return kept + rest;
        this.#isMidLine = false;
        kept += rest.slice(0, line);
        rest = rest.slice(line);
        const end = END.exec(rest);
        if (end === null) return kept + this.#unfinished(rest, isLast);
        kept += rest.slice(0, end.index);
        rest = rest.slice(end.index);
        this.#place = 'between';
      }
      const start = START.exec(rest);
      if (start === null) break;
      rest = this.#enter(rest, start);
    }
    const from = isLast ? -1 : rest.lastIndexOf('\n', rest.length - LONGEST_START) + 1;
    this.#held = isLast ? '' : rest.slice(from);
    this.#cut += rest.length - this.#held.length;
    return kept;
  }

  #enter(text: string, start: RegExpExecArray): string {
    const after = start.index + start[0].length;
    this.#cut += after;
    this.#place = 'inside';
    return text.slice(after);
  }

  /** All of `text` but its last line, where that one may become a marker. */
  #unfinished(text: string, isLast: boolean): string {
    if (isLast) return text;
    const line = text.lastIndexOf('\n') + 1;
    this.#isMidLine = text.length - line >= LONGEST_END;
    if (this.#isMidLine) return text;
    this.#held = text.slice(line);
    return text.slice(0, line);
  }
}
