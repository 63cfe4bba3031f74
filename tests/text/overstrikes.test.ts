/** Bold and underlined of a terminal: what is seen is read, and every overstrike is counted, wherever the pieces are cut. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../src/text/decode.js';
import { noChanges, type Changes } from '../../src/text/controls.js';
import { Overstrikes } from '../../src/text/overstrikes.js';
import { readInPieces, utf8 } from './reading.js';

function inPieces(text: string, cuts: readonly number[]): { seen: string; changes: Changes } {
  const changes = noChanges();
  const overstrikes = new Overstrikes(changes);
  let seen = '';
  let from = 0;
  const symbols = Array.from(text);
  for (const cut of [...cuts.map((at) => at % (symbols.length + 1)).sort((a, b) => a - b), symbols.length]) {
    seen += overstrikes.push(symbols.slice(from, cut).join(''));
    from = cut;
  }
  return { seen: seen + overstrikes.end(), changes };
}

describe('what is seen of', () => {
  test.each<[name: string, text: string, seen: string, changes: Partial<Changes>]>([
    ['bold', 'N\bNA\bAM\bME\bE', 'NAME', { overstrikes: 4 }],
    ['underlined', '_\bf_\bi_\bm e f\b_', 'fim e f', { overstrikes: 4 }],
    ['bold and underlined', '_\bX\bX\bX', 'X', { overstrikes: 3 }],
    ['letters beyond ASCII and other planes', 'ç\bçã\bã🙂\b🙂', 'çã🙂', { overstrikes: 3 }],
    ['an underlined underline, and a bullet', '_\b_ +\bo a', '_ o a', { overstrikes: 2 }],
    ['a whole word gone back over', 'palavra\b\b\b\b\b\b\b_______.', 'palavra.', { overstrikes: 7 }],
    ['a letter rubbed out', 'casaX\b \bs e abc\b \b\b \bX', 'casas e aX', { overstrikes: 3 }],
    ["a backspace at a line's beginning or end", '\bab\n\bc\b', 'ab\nc', { controls: 3 }],
    ['lines', 'a\ba\nb\bb\r\nc', 'a\nb\r\nc', { overstrikes: 2 }],
  ])('%s', (_, text, seen, changes) => {
    for (let a = 0; a <= text.length; a++)
      for (let b = a; b <= text.length; b++)
        expect(inPieces(text, [a, b])).toEqual({ seen, changes: { ...noChanges(), ...changes } });
  });

  test('any text with some of it bold or underlined, however long its lines are (seed 12)', () => {
    const part = fc
      .tuple(
        fc.constantFrom('ação', 'nada ', '\n', 'x'.repeat(90), '🙂é'),
        fc.constantFrom('plain', 'bold', 'under'),
      )
      .map(([text, how]) => ({
        text,
        raw: Array.from(text, (one) =>
          how === 'plain' || /\s/.test(one) ? one : how === 'bold' ? `${one}\b${one}` : `_\b${one}`,
        ).join(''),
      }));
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(3000), { maxLength: 6 }),
        (parts, cuts) => {
          const raw = parts.map((one) => one.raw).join('');
          const { seen, changes } = inPieces(raw, cuts);
          expect(seen).toBe(parts.map((one) => one.text).join(''));
          expect(changes).toEqual({ ...noChanges(), overstrikes: raw.split('\b').length - 1 });
        },
      ),
      { seed: 12, numRuns: 500 },
    );
  });

  test('anything is the same wherever it is cut', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '_', ' ', '\b', '\b', '\b\b', '\n', 'y'.repeat(70), '🙂'), {
        maxLength: 60,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(1000), { maxLength: 6 }), (all, cuts) => {
        const [whole, cut] = [inPieces(all, []), inPieces(all, cuts)];
        expect(cut).toEqual(whole);
        expect(whole.seen).not.toContain('\b');
      }),
      { seed: 12, numRuns: 1000 },
    );
  });
});

test('of a file: counted in what was removed; a run that was begun before reads it as it did', () => {
  const raw = utf8('S\bSI\bIN\bNO\bOP\bPS\bSE\bE\n_\bm_\ba_\br_\bé alta\n');
  const { text, reader } = readInPieces(raw, [3, 20]);
  expect([text, reader.changes.overstrikes, reader.changes.controls]).toEqual([
    'SINOPSE\nmaré alta\n',
    11,
    0,
  ]);
  expect(decodeText(raw, 't', { version: 2 })).toBe('SSIINNOOPPSSEE\n_m_a_r_é alta\n');
});
