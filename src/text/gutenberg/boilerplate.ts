/**
 * Project Gutenberg's headers, credits and licences, cut out of a text piece by piece: only what is recognised as such
 * goes, wherever it stands, and however many books there are. What is cut is remembered, and so is where the words
 * `Project Gutenberg` are left.
 */
import { type DissipaError, failure } from '../../base/errors.js';
import { headerAt, LONGEST_CUT } from './header.js';
import { licenceAt } from './licence.js';
import { START, TRIGGERS } from './phrases.js';

/** So much is looked at, from a line that may begin a header or a licence. */
const VIEW = 32_768;
/** A line that is longer is none that ends or begins a book. */
const LONGEST_LINE = 1000;
const WORDS_SHOWN = 6;

export interface Cut {
  readonly characters: number;
  /** Its first and last words. */
  readonly begins: string;
  readonly ends: string;
}

export class Boilerplate {
  /** Begins a line, of which more is to come. */
  #held = '';
  /** The next piece goes on with a line that is too long for any of it. */
  #isMidLine = false;
  /** What is passed on now has some of the words. */
  #hasTrigger = false;
  readonly #cuts: Cut[] = [];
  #mentions = 0;
  /** The last words passed on: `Project Gutenberg` may stand on two lines. */
  #last = '';
  /** Characters passed on since a header began that no marker has ended; null for none. */
  #open: { since: number; begins: string } | null = null;

  /** A header was cut, and no end since. */
  #isInBook = false;

  /**
   * @param where the path, for the errors
   * @param isCredulous what looks like a book's last line is cut wherever it stands
   */
  constructor(
    private readonly where: string,
    private readonly isCredulous = false,
  ) {}

  /** What was cut so far. */
  get cuts(): readonly Cut[] {
    return this.#cuts;
  }

  /** How often the words `Project Gutenberg` were passed on. */
  get mentions(): number {
    return this.#mentions;
  }

  /** @param text with \n for every line's end @throws DissipaError where more would have to be cut than any header has */
  push(text: string): string {
    return this.#advance(this.#held + text, false);
  }

  end(): string {
    return this.#advance(this.#held, true);
  }

  #advance(text: string, isLast: boolean): string {
    this.#held = '';
    // Nearly no text has any of them, and each alone is looked for many times faster.
    this.#hasTrigger = TRIGGERS.some((trigger) => text.includes(trigger));
    let kept = '';
    let at = 0;
    if (this.#isMidLine) {
      const line = text.indexOf('\n') + 1;
      if (line === 0) return this.#pass(text);
      this.#isMidLine = false;
      kept = this.#pass(text.slice(0, line));
      at = line;
    }
    for (;;) {
      const trigger = this.#hasTrigger ? triggerFrom(text, at) : -1;
      if (trigger < 0) return kept + this.#pass(text.slice(at, this.#hold(text, at, isLast)));
      const line = Math.max(at, text.lastIndexOf('\n', trigger) + 1);
      if (!isLast && text.length - line < VIEW) {
        this.#held = text.slice(line);
        return kept + this.#pass(text.slice(at, line));
      }
      kept += this.#pass(text.slice(at, line));
      const view = text.slice(line, line + VIEW);
      const cut = this.#cutAt(view, isLast && text.length <= line + VIEW);
      if (cut > 0) at = line + cut;
      else {
        const next = text.indexOf('\n', trigger) + 1;
        at = next === 0 ? text.length : next;
        kept += this.#pass(text.slice(line, at));
        if (next === 0) {
          this.#isMidLine = true;
          return kept;
        }
      }
    }
  }

  /** Where the last line begins, if it is to be waited for. */
  #hold(text: string, at: number, isLast: boolean): number {
    if (isLast) return text.length;
    const line = Math.max(at, text.lastIndexOf('\n') + 1);
    this.#isMidLine = text.length - line >= LONGEST_LINE;
    if (this.#isMidLine) return text.length;
    this.#held = text.slice(line);
    return line;
  }

  #cutAt(view: string, isLast: boolean): number {
    const { cut, isOpen } = headerAt(view);
    if (START.exec(view.slice(0, cut)) !== null) this.#refuseLong(view, cut);
    const around = { isInBook: this.#isInBook, isLast, isCredulous: this.isCredulous };
    const length = cut > 0 ? cut : licenceAt(view, around);
    if (length > 0) {
      if (length > LONGEST_CUT) throw this.#tooLong(length, view);
      this.#cuts.push(cutOf(view.slice(0, length)));
      this.#open = null;
      this.#isInBook = cut > 0;
    }
    if (isOpen)
      this.#open = { since: 0, begins: wordsOf(view.slice(0, 400)).slice(0, WORDS_SHOWN).join(' ') };
    return length;
  }

  /** A marker that stands alone ends a header that began long ago: was it one? */
  #refuseLong(view: string, cut: number): void {
    if (this.#open === null || START.exec(view.slice(0, cut))?.index !== 0) return;
    if (this.#open.since > LONGEST_CUT) throw this.#tooLong(this.#open.since, this.#open.begins);
  }

  #tooLong(length: number, begins: string): DissipaError {
    return failure('text.long-licence', {
      where: this.where,
      length,
      words: wordsOf(begins).slice(0, WORDS_SHOWN).join(' '),
      most: LONGEST_CUT,
    });
  }

  #pass(text: string): string {
    if (text === '') return text;
    if (this.#open !== null) this.#open.since += text.length;
    const border = this.#last + text.slice(0, LAST);
    if (this.#hasTrigger || border.search(MENTION) >= 0)
      this.#mentions += `${this.#last}${text}`.match(MENTION)?.length ?? 0;
    const last = text.length < LAST ? this.#last + text : text;
    this.#last = last.slice(-LAST).replace(MENTION, '');
    return text;
  }
}

const MENTION = /(?:[Pp]roject|PROJECT)\s+(?:Gutenberg|GUTENBERG)/g;
/** Characters kept of what was passed on: a few more than the words have. */
const LAST = 24;

/** Where the first of the words is; −1 for none. */
function triggerFrom(text: string, from: number): number {
  ANY_TRIGGER.lastIndex = from;
  return ANY_TRIGGER.exec(text)?.index ?? -1;
}
const ANY_TRIGGER = new RegExp(TRIGGERS.join('|'), 'g');

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

function cutOf(text: string): Cut {
  const words = wordsOf(text);
  return {
    characters: Array.from(text).length,
    begins: words.slice(0, WORDS_SHOWN).join(' '),
    ends: words.slice(-WORDS_SHOWN).join(' '),
  };
}
