/**
 * A text as records: names, verses, files. Each is followed by the symbol END, and END stands before the first, so that
 * a record's first character is predicted from END alone, and END from its last:
 *
 *     anna⏎ravi⏎  →  END a n n a END r a v i END
 *
 * A model begins anew with each END it reads: nothing passes from one record to the next.
 */

/** A noncharacter of Unicode, which no text has: one that is there all the same is read as U+FFFD. */
export const END = '\uFFFF';

export const RECORDS = ['line', 'blank-line', 'file'] as const;
/** What a record is: a line, lines up to an empty one, a whole file. Lines of nothing but blanks are none. */
export type Records = (typeof RECORDS)[number];

/** What an end stands for, where records are shown one after the other. */
export const BETWEEN: Readonly<Record<Records, string>> = { line: '\n', 'blank-line': '\n\n', file: '\n' };
/** Bytes of the text that an end stands for; between files there is nothing. */
export const END_BYTES: Readonly<Record<Records, number>> = { line: 1, 'blank-line': 2, file: 0 };

const SOME_TEXT = /\S/;

/**
 * Puts the ends into the text of one file, piece by piece. What belongs to no record is left out: empty lines, and for a
 * file of characters those before its first and after its last line. Where the pieces are cut makes no difference.
 */
export class RecordMarks {
  /** Records that have ended. */
  #count = 0;
  /** ENDs that the text itself had. */
  #replaced = 0;
  #isInRecord = false;
  /** The line, so far as it is here, has more than blanks. */
  #hasText = false;
  /** Blanks at the beginning of a line, and of a file also the line ends: whether they count is not yet known. */
  #held = '';

  /** @param areBytes symbols are bytes: of a file each counts, and none can be END */
  constructor(
    private readonly records: Records,
    private readonly areBytes = false,
  ) {}

  get count(): number {
    return this.#count;
  }

  get replaced(): number {
    return this.#replaced;
  }

  /** The next piece of the text, as much of it as is certain. @param text whole code points */
  push(text: string): string {
    const read = this.areBytes ? text : this.#withoutEnds(text);
    return this.records === 'file' ? this.#pushFile(read) : this.#pushLines(read);
  }

  /** Ends the last record. */
  end(): string {
    const isOpen = this.#isInRecord;
    this.#isInRecord = this.#hasText = false;
    this.#held = '';
    return isOpen ? this.#ended() : '';
  }

  #withoutEnds(text: string): string {
    if (!text.includes(END)) return text;
    const parts = text.split(END);
    this.#replaced += parts.length - 1;
    return parts.join('\uFFFD');
  }

  #ended(): string {
    this.#count++;
    return END;
  }

  #pushFile(text: string): string {
    if (this.areBytes) {
      this.#isInRecord ||= text !== '';
      return text;
    }
    const all = this.#held + text;
    const begin = this.#isInRecord ? 0 : (/^\s*\n/.exec(all)?.[0].length ?? 0);
    const rest = all.slice(begin);
    const kept = rest.replace(/\s+$/, '');
    if (kept !== '') this.#isInRecord = true;
    this.#held = rest.slice(kept.length);
    return kept;
  }

  #pushLines(text: string): string {
    let marked = '';
    for (let from = 0; from <= text.length;) {
      const at = text.indexOf('\n', from);
      marked += this.#pushPart(text.slice(from, at < 0 ? text.length : at));
      if (at < 0) break;
      marked += this.#endLine();
      from = at + 1;
    }
    return marked;
  }

  /** Of one line. */
  #pushPart(part: string): string {
    if (this.#hasText) return part;
    if (!SOME_TEXT.test(part)) {
      this.#held += part;
      return '';
    }
    // The end of the line before, within the same record.
    const before = this.#isInRecord ? '\n' : '';
    const held = this.#held;
    this.#held = '';
    this.#hasText = this.#isInRecord = true;
    return before + held + part;
  }

  #endLine(): string {
    const hadText = this.#hasText;
    this.#hasText = false;
    this.#held = '';
    if (!this.#isInRecord || (this.records === 'blank-line' && hadText)) return '';
    this.#isInRecord = false;
    return this.#ended();
  }
}

/** The records of a text that is there as a whole, END before the first and after each; nothing where it has none. */
export function markedText(text: string, records: Records, areBytes = false): string {
  const marks = new RecordMarks(records, areBytes);
  const marked = marks.push(text) + marks.end();
  return marks.count === 0 ? '' : END + marked;
}
