/** What is redrawn at the foot of a terminal, as the terminal shows it. */
import { describe, expect, test } from 'vitest';
import { makeScreen } from '../../src/cli/foot.js';
import { barredLine, fit } from '../../src/cli/progress.js';
import { widthOf } from '../../src/ui/terminal/width.js';
import { terminal } from './terminal.js';

describe('the foot', () => {
  test('is drawn in place of itself, and stands below what is written meanwhile', () => {
    const at = terminal(20);
    const { foot, above } = makeScreen(at);
    foot.show(['a 1', 'b 1']);
    foot.show(['a 2', 'b 2']);
    above('a note\n', () => {
      at.write('a note\n');
    });
    foot.show(['a 3']);
    expect(at.seen()).toEqual(['a note', 'a 3', '']);
    foot.clear();
    expect(at.seen()).toEqual(['a note', '']);
  });

  test('stays where it is kept', () => {
    const at = terminal(20);
    const { foot, above } = makeScreen(at);
    foot.show(['a']);
    foot.keep();
    above('end\n', () => {
      at.write('end\n');
    });
    foot.clear();
    expect(at.seen()).toEqual(['a', 'end', '']);
  });

  test('waits for the end of a line that comes in pieces', () => {
    const at = terminal(20);
    const { foot, above } = makeScreen(at);
    const write = (text: string): void => {
      above(text, () => {
        at.write(text);
      });
    };
    foot.show(['a']);
    write('half');
    foot.show(['a']);
    write(' and half\n');
    foot.show(['a']);
    expect(at.seen()).toEqual(['half and half', 'a', '']);
  });

  test.each([
    ['letters', 'x'.repeat(30)],
    ['wide characters', '漢字'.repeat(10)],
    ['combining marks', 'e\u0301'.repeat(30)],
    ['emoji of several, which this terminal shows one by one', '👩‍👩‍👧'.repeat(12)],
  ])('is not wider than the terminal: %s', (_, text) => {
    const at = terminal(20);
    const { foot } = makeScreen(at);
    foot.show([text]);
    foot.show([text]);
    expect(at.seen()).toHaveLength(2);
    expect(at.seen()[0]).toMatch(/…$/);
    const width = Array.from(at.seen()[0]).reduce((sum, symbol) => sum + widthOf(symbol), 0);
    expect(width).toBeGreaterThan(12);
    expect(width).toBeLessThan(20);
  });

  test('leaves nothing behind when the window is made narrower', () => {
    const at = terminal(40);
    const { foot, above } = makeScreen(at);
    above('before\n', () => {
      at.write('before\n');
    });
    foot.show(['a'.repeat(39), 'b'.repeat(30)]);
    at.narrow(15);
    foot.show(['a'.repeat(39), 'b'.repeat(30)]);
    expect(at.seen()).toEqual(['before', `${'a'.repeat(13)}…`, `${'b'.repeat(13)}…`, '']);
  });

  test('is not higher than the screen, and says how much of it is not shown', () => {
    const at = terminal(20, 4);
    const { foot } = makeScreen(at);
    const lines = Array.from({ length: 9 }, (_, i) => `line ${i}`);
    foot.show(lines, (hidden) => `${hidden} more`);
    foot.show(lines, (hidden) => `${hidden} more`);
    expect(at.seen()).toEqual(['line 0', 'line 1', '7 more', '']);
  });

  test('a ^C that the terminal writes itself goes away, and no line that has no end yet', () => {
    const at = terminal(20);
    const { foot, above, interrupted } = makeScreen(at);
    foot.show(['a 1']);
    at.write('^C');
    interrupted();
    foot.show(['a 2']);
    expect(at.seen()).toEqual(['a 2', '']);
    above('half', () => {
      at.write('half');
    });
    at.write('^C');
    interrupted();
    foot.show(['a 3']);
    expect(at.seen()).toEqual(['half^C', 'a 3', '']);
  });

  test('shows what a terminal would obey in a name', () => {
    const at = terminal(60);
    makeScreen(at).foot.show(['a\u001b[2Jb\nc\r']);
    expect(at.seen()[0]).toBe('a<U+001B>[2Jb<U+000A>c<U+000D>');
  });
});

describe('a line with a bar', () => {
  const parts = [
    { rank: 1, text: 'contender   ', short: 'contender' },
    { rank: 2, text: '3.141 bits/char' },
    { rank: 3, text: '0:12 left' },
  ];

  test.each([80, 60, 59, 40, 20, 9])('of %i columns fits in', (columns) => {
    const line = barredLine(0.5, parts, columns);
    expect(widthOf(line)).toBeLessThan(columns);
    expect(line.includes('█')).toBe(columns >= 60);
    expect(line).toContain('conte');
  });

  test('figures go before the bar', () => {
    expect(barredLine(0.5, parts, 40)).toBe(' contender    · 3.141 bits/char');
    expect(barredLine(0.5, parts, 80)).toBe(' ██████░░░░░░ contender    · 3.141 bits/char · 0:12 left');
  });

  test('a name in letters of any width takes what it takes', () => {
    expect(
      fit(
        [
          { rank: 1, text: '漢字漢字' },
          { rank: 2, text: 'ab' },
        ],
        12,
      ),
    ).toBe('漢字漢字');
    expect(
      fit(
        [
          { rank: 1, text: 'e\u0301a\u0303' },
          { rank: 2, text: 'ab' },
        ],
        7,
      ),
    ).toBe('e\u0301a\u0303 · ab');
    expect(fit([{ rank: 1, text: '漢字漢字' }], 6)).toBe('漢字…');
  });
});
