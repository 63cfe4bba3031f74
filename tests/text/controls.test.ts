/** What is no text: removed or read as a line's end, and counted, wherever the pieces are cut. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Controls, noChanges, type Changes } from '../../src/text/controls.js';
import { readInPieces, utf8 } from './reading.js';

function inPieces(text: string, cuts: readonly number[]): { clean: string; changes: Changes } {
  const changes = noChanges();
  const controls = new Controls(changes);
  let clean = '';
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (text.length + 1)).sort((a, b) => a - b), text.length]) {
    clean += controls.push(text.slice(from, cut));
    from = cut;
  }
  return { clean: clean + controls.end(), changes };
}

const ESC = '\x1b';

describe('a text', () => {
  test.each<[name: string, text: string, clean: string, changes: Partial<Changes>]>([
    [
      'colours of a terminal',
      `${ESC}[31mvermelho${ESC}[0m e ${ESC}[1;38;5;202mlaranja${ESC}[m`,
      'vermelho e laranja',
      { escapeSequences: 4 },
    ],
    [
      'other sequences',
      `a${ESC}[?25lb${ESC}[2Kc${ESC}(Bd${ESC}7e${ESC}[ qf\x9b1mg`,
      'abcdefg',
      { escapeSequences: 6 },
    ],
    [
      'a window title and a link',
      `a${ESC}]0;título\x07b${ESC}]8;;http://x.org/${ESC}\\link${ESC}]8;;${ESC}\\c`,
      'ablinkc',
      { escapeSequences: 3 },
    ],
    ['a sequence that is not finished', `a${ESC}[31\nb${ESC}`, 'a\nb', { escapeSequences: 1, controls: 1 }],
    [
      'a string without an end: only what begins it goes',
      `${ESC}]0;título\nfim`,
      ']0;título\nfim',
      { controls: 1 },
    ],
    ['an escape before a word', `${ESC}Ação`, 'Ação', { controls: 1 }],
    [
      'ends of lines of every kind',
      'a\r\nb\rc\vd\fe\x85f\u2028g\u2029h\x1ei',
      'a\nb\nc\nd\ne\nf\ng\nh\ni',
      { carriageReturns: 2, otherLineEnds: 6 },
    ],
    ['control characters', 'a\0b\x07c\x7fd\x1ae', 'abcde', { controls: 4 }],
    [
      'soft hyphens and marks of files put together',
      '\ufeffa\xadb\ufeffc',
      'abc',
      { softHyphens: 1, byteOrderMarks: 1 },
    ],
    ['tabs and lines are left', 'a\tb\nc', 'a\tb\nc', {}],
  ])('%s', (_, text, clean, changes) => {
    for (let a = 0; a <= text.length; a++)
      for (let b = a; b <= text.length; b++)
        expect(inPieces(text, [a, b])).toEqual({ clean, changes: { ...noChanges(), ...changes } });
  });

  test('of anything: what is left has none of them, and every one is counted, however it is cut', () => {
    const part = fc.constantFrom(
      ...[
        'a',
        'ç',
        '\n',
        '\r',
        '\r\n',
        '\v',
        '\f',
        '\x85',
        '\u2028',
        '\x01',
        '\xad',
        '\ufeff',
        '\x9b',
        '\x07',
      ],
      ...[ESC, `${ESC}[`, '31', ';', 'm', `${ESC}]0;`, `${ESC}\\`, '(B', ' ', '~', 'b'.repeat(2200)],
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 20 }),
        fc.array(fc.nat(60), { maxLength: 6 }),
        (parts, cuts) => {
          const text = parts.join('');
          const whole = inPieces(text, []);
          expect(inPieces(text, cuts)).toEqual(whole);
          expect(whole.clean).not.toMatch(/(?![\t\n])\p{Cc}|[\xad\ufeff\u2028\u2029]/u);
          expect(inPieces(whole.clean, []).clean).toBe(whole.clean);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('that is written otherwise than in NFC: how many characters', () => {
    const decomposed = 'coração, não é'.normalize('NFD');
    for (let at = 0; at <= utf8(decomposed).length; at++) {
      const { text, reader } = readInPieces(utf8(decomposed), [at]);
      expect([text, reader.changes.composed]).toEqual(['coração, não é', 4]);
    }
    // The sign of an ångström is a letter with a ring.
    expect(readInPieces(utf8('5 \u212b'), []).reader.changes.composed).toBe(1);
    expect(readInPieces(utf8('coração'), []).reader.changes).toEqual(noChanges());
  });
});
