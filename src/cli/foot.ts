/**
 * The lines at the foot of a terminal that are redrawn as things go on. No mode of the terminal is changed, neither its
 * cursor nor its wrapping, and the cursor rests below the lines: however a process ends, it leaves nothing to mend.
 * Lines are cut to the width there is at that moment; what a narrower window has broken in two is erased whole.
 */
import { visibleInLine } from '../base/visible.js';
import { cutTo, widthOf } from '../ui/terminal/width.js';

export interface Foot {
  /**
   * Draws them in place of those before.
   * @param more what stands for lines that the screen has no room for
   */
  show(lines: readonly string[], more?: (hidden: number) => string): void;
  /** They stay, and what is written next stands below them. */
  keep(): void;
  clear(): void;
}

/** The foot, and what makes way for whatever else goes to the same screen. */
export interface Screen {
  readonly foot: Foot;
  /** The foot is gone when `write` writes the text, and back with the next `show`. */
  readonly above: (text: string, write: () => void) => void;
  /** Takes away the `^C` that a terminal itself writes where the cursor stands; behind a line without an end it ends it. */
  readonly interrupted: () => void;
}

export interface Terminal {
  /** At once, so that an order is kept with what others write. */
  readonly write: (text: string) => void;
  readonly columns: () => number | undefined;
  readonly rows: () => number | undefined;
}

const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;
/** Below the lines stands the cursor. */
const LINES_BESIDE = 1;

export function makeScreen({ write, columns, rows }: Terminal): Screen {
  let drawn: readonly string[] = [];
  // Behind a line that has no end yet, as of a sample that comes in pieces.
  let isWithinLine = false;
  const width = (): number => columns() || USUAL_COLUMNS;
  const height = (): number => Math.max(1, (rows() || USUAL_ROWS) - LINES_BESIDE);
  const rowsOf = (line: string): number => Math.max(1, Math.ceil(widthOf(line) / width()));
  const erasing = (): string => {
    if (drawn.length === 0) return '';
    const up = Math.min(
      height(),
      drawn.reduce((sum, line) => sum + rowsOf(line), 0),
    );
    drawn = [];
    return `\r\u001b[${up}A\u001b[J`;
  };
  const fitting = (lines: readonly string[], more: (hidden: number) => string): readonly string[] => {
    const most = height();
    return lines.length <= most ? lines : [...lines.slice(0, most - 1), more(lines.length - most + 1)];
  };
  const clear = (): void => {
    const erase = erasing();
    if (erase !== '') write(erase);
  };
  return {
    foot: {
      show(lines, more = (hidden) => `… ${hidden}`) {
        if (isWithinLine) return;
        const erase = erasing();
        // In the last column some terminals go to the next line, others do not.
        drawn = fitting(lines, more).map((line) => cutTo(visibleInLine(line), width() - 1));
        write(`${erase}${drawn.map((line) => `${line}\n`).join('')}`);
      },
      keep() {
        drawn = [];
      },
      clear,
    },
    above(text, writeIt) {
      if (text === '') return;
      clear();
      writeIt();
      isWithinLine = !text.endsWith('\n');
    },
    interrupted() {
      write(isWithinLine ? '\n' : '\r\u001b[J');
      isWithinLine = false;
    },
  };
}
