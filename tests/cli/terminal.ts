/** A terminal of few abilities, for what a person sees; and commands in one of the system's own. */
import { expect } from 'vitest';
import { widthOf } from '../../src/ui/terminal/width.js';
import { runSync } from '../run-sync.js';
import { program, startCommand, type Running } from './dissipa.js';

/**
 * Understands a return, line feeds, cursor up and erasing from there on, and nothing else; breaks what is wider than it
 * is; and breaks again what it shows when it is made narrower, as most terminals do.
 */
export function terminal(columns: number, rows = 24) {
  let lines: { text: string; isContinued: boolean }[] = [{ text: '', isContinued: false }];
  let at = 0;
  let column = 0;
  let width = columns;
  const put = (symbol: string): void => {
    const wide = widthOf(symbol);
    if (column + wide > width) {
      lines[at].isContinued = true;
      lineFeed();
    }
    lines[at].text = lines[at].text.slice(0, column) + symbol;
    column += wide;
  };
  const lineFeed = (): void => {
    at++;
    column = 0;
    if (at === lines.length) lines.push({ text: '', isContinued: false });
  };
  const write = (text: string): void => {
    for (const [piece] of text.matchAll(/\u001b\[\d*[AJ]|[^\u001b]/gu)) {
      if (piece.endsWith('A') && piece.length > 1)
        at = Math.max(Math.max(0, lines.length - rows), at - Number(piece.slice(2, -1)));
      else if (piece.length > 2) {
        lines = lines.slice(0, at + 1);
        lines[at] = { text: lines[at].text.slice(0, column), isContinued: false };
      } else if (piece === '\r') column = 0;
      else if (piece === '\n') lineFeed();
      else put(piece);
    }
    expect(text.replace(/\u001b\[\d+A|\u001b\[J/g, '')).not.toContain('\u001b');
  };
  return {
    write,
    columns: () => width,
    rows: () => rows,
    narrow(to: number) {
      width = to;
      const broken = lines.flatMap(({ text, isContinued }, i) => {
        const parts = text.match(new RegExp(`.{1,${to}}`, 'gu')) ?? [''];
        if (i === at) at = -1;
        return parts.map((part, k) => ({
          text: part,
          isContinued: k < parts.length - 1 || isContinued,
        }));
      });
      lines = broken;
      at = lines.length - 1;
    },
    seen: () => lines.map(({ text }) => text),
  };
}

export const hasPty = runSync('python3', ['-c', 'import pty, fcntl, termios']).status === 0;
if (!hasPty) console.warn('no python3 with pty here: tests of commands in a terminal are skipped');

/** @param typed once `wait` is seen; `^C` for Ctrl-C */
export const startInTerminal = (
  args: readonly string[],
  cwd: string,
  {
    columns,
    term = 'xterm',
    wait = '',
    typed = '',
  }: {
    readonly columns: number;
    readonly term?: string;
    readonly wait?: string;
    readonly typed?: string;
  },
): Running =>
  startCommand(
    'env',
    [
      ...[
        '-u',
        'NO_COLOR',
        '-u',
        'FORCE_COLOR',
        `TERM=${term}`,
        'python3',
        `${import.meta.dirname}/in-terminal.py`,
      ],
      ...[String(columns), wait, typed, process.execPath, program, ...args],
    ],
    cwd,
  );
