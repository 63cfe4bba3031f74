/** A text's paragraphs: what stands between empty lines. */

export interface Paragraph {
  readonly from: number;
  /** Behind its last line's end. */
  readonly to: number;
  /** All white space is one space. */
  readonly words: string;
}

/** Those that begin at or after `from`, one after the other. */
export function* paragraphsOf(text: string, from = 0): Generator<Paragraph, void> {
  const between = /\n[ \t]*(?=\n|$)/g;
  let at = from;
  while (at < text.length) {
    const blank = /[^\s]/.exec(text.slice(at, at + 2000));
    if (blank === null) return;
    const begin = Math.max(at, text.lastIndexOf('\n', at + blank.index) + 1);
    between.lastIndex = at + blank.index;
    const end = between.exec(text);
    const to = end === null ? text.length : end.index + 1;
    yield { from: begin, to, words: text.slice(begin, to).trim().replace(/\s+/g, ' ') };
    at = to;
  }
}

export const isOneOf = (kinds: readonly RegExp[], { words }: Paragraph): boolean =>
  kinds.some((kind) => kind.test(words));
