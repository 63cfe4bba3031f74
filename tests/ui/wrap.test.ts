/** Lines that a terminal would break anywhere are broken between words. */
import { describe, expect, test } from 'vitest';
import { fold, foldVerse } from '../../src/ui/terminal/wrap.js';
import { cutTo, widthOf } from '../../src/ui/terminal/width.js';

const lines = (text: string): string[] => text.split('\n');

describe('fold', () => {
  test('breaks what is too wide, and leaves the rest as it is', () => {
    const text = `short\n${'word '.repeat(20)}end\n  indented ${'word '.repeat(20)}\n`;
    const folded = fold(text, 50);
    expect(lines(folded)[0]).toBe('short');
    for (const line of lines(folded)) expect(widthOf(line)).toBeLessThanOrEqual(50);
    expect(folded.split(/\s+/)).toEqual(text.split(/\s+/));
    expect(lines(folded).filter((line) => line.startsWith('  ')).length).toBeGreaterThan(1);
    expect(folded.endsWith('\n')).toBe(true);
  });

  test('a command stays in one line, of its own', () => {
    const command = `npx dissipa train --resume ${'folder/'.repeat(9)}`;
    expect(lines(fold(`interrupted after step 5; go on with: ${command}\n`, 60))).toEqual([
      'interrupted after step 5; go on with:',
      `  ${command}`,
      '',
    ]);
    expect(fold(`  ${command}`, 60)).toBe(`  ${command}`);
  });

  test('is nothing where there is no terminal', () => {
    const text = 'word '.repeat(100);
    expect(fold(text)).toBe(text);
    expect(fold(text, 0)).toBe(text);
  });
});

describe('foldVerse', () => {
  test('keeps lines, and what is in them', () => {
    const text = `uma linha\n\n  outra  linha, ${'palavra '.repeat(8)}e ${'x'.repeat(70)}`;
    const folded = foldVerse(text, 40, '  ');
    expect(lines(folded).slice(0, 2)).toEqual(['  uma linha', '']);
    expect(lines(folded)[2]).toMatch(/^ {4}outra {2}linha, palavra palavra/);
    for (const line of lines(folded).slice(3)) expect(line).toMatch(/^ {6}\S/);
    for (const line of lines(folded)) expect(widthOf(line)).toBeLessThanOrEqual(40);
    expect(folded.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  test('breaks no sign that is of several', () => {
    const folded = foldVerse('e\u0301漢👩‍👩‍👧'.repeat(12), 20);
    for (const line of lines(folded)) {
      expect(widthOf(line)).toBeLessThanOrEqual(20);
      expect(line.trim()).toMatch(/^[e漢👩]/u);
    }
  });
});

test('widths are those of a terminal', () => {
  expect(['ação', 'a\u0327a\u0303o', '漢字', '👩‍👩‍👧', '\u001b[1mbold\u001b[22m', '█░·'].map(widthOf)).toEqual([
    4, 3, 4, 2, 4, 3,
  ]);
  expect(cutTo('漢字漢字', 5)).toBe('漢字…');
  expect(cutTo('漢字漢字', 4)).toBe('漢…');
  expect(cutTo('abc', 3)).toBe('abc');
  expect(cutTo('abc', 0)).toBe('');
});
