/** Project Gutenberg's markers: what is cut, what is not, wherever the pieces are cut. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Boilerplate } from '../../src/text/boilerplate.js';
import { decodeText } from '../../src/text/decode.js';
import { cutsOf } from './reading.js';

const START = '*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n';
const END = '*** END OF THE PROJECT GUTENBERG EBOOK A TALE ***\n';

function inPieces(text: string, cuts: readonly number[]): { kept: string; cut: number } {
  const boilerplate = new Boilerplate();
  let kept = '';
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (text.length + 1)).sort((a, b) => a - b), text.length]) {
    kept += boilerplate.push(text.slice(from, cut));
    from = cut;
  }
  kept += boilerplate.end();
  return { kept, cut: boilerplate.cut };
}

const keptOf = (text: string): string => inPieces(text, []).kept;

describe('boilerplate', () => {
  test.each([
    ['header and licence', `about\n${START}a text\n${END}licence`, 'a text\n'],
    [
      'of the older kind',
      `x\n***START OF THIS PROJECT GUTENBERG EBOOK A***\nb\n*** END OF THIS PROJECT GUTENBERG EBOOK`,
      'b\n',
    ],
    [
      'with a title of two lines',
      `x\n*** START OF THE PROJECT GUTENBERG EBOOK A\nLONG TALE ***\nb\n${END}`,
      'b\n',
    ],
    ['without an end', `x\n${START}a\nb`, 'a\nb'],
    ['of two books in a file', `x\n${START}one\n${END}y\n${START}two\n${END}z`, 'one\ntwo\n'],
    ['an end alone is left', `a\n${END}b`, `a\n${END}b`],
    [
      'the licence marker is none',
      'a\n*** START: FULL LICENSE ***\nb\n',
      'a\n*** START: FULL LICENSE ***\nb\n',
    ],
    ['a marker within a line is none', `a ${START}b`, `a ${START}b`],
    ['asterisks are no marker', `x\n${START}***\na\n*** END\nb\n`, '***\na\n*** END\nb\n'],
  ])('%s', (_, text, kept) => {
    expect(keptOf(text)).toBe(kept);
    expect(inPieces(text, []).cut).toBe(text.length - kept.length);
    for (let at = 0; at <= text.length; at++) expect(inPieces(text, [at]).kept).toBe(kept);
    expect(
      inPieces(
        text,
        Array.from({ length: text.length }, (_, at) => at),
      ).kept,
    ).toBe(kept);
  });

  test('is looked for near the beginning only', () => {
    const preface = 'line\n'.repeat(20_000);
    expect(keptOf(`${preface}${START}a\n`)).toBe(`${preface}${START}a\n`);
    expect(keptOf(`${preface.slice(0, 50_000)}${START}${preface}${END}x`)).toBe(preface);
  });

  test('is the same wherever a text is cut, long lines included', () => {
    // The beginning is looked at as a whole; the pieces that matter are those after it.
    const before = `x\n${START}${'a line\n'.repeat(10_000)}`;
    const part = fc.constantFrom(
      ...[START, END, START.slice(0, 30), END.slice(0, 30), END.slice(30), '*** ', 'a\n', '\n'],
      ...['b'.repeat(150), 'c'.repeat(1100), 'd\n'.repeat(600)],
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(part, fc.nat(60), fc.boolean()), { maxLength: 12 }), (parts) => {
        let text = before;
        const cuts: number[] = [];
        for (const [more, into, isCut] of parts) {
          if (isCut) cuts.push(text.length, text.length + into);
          text += more;
        }
        expect(inPieces(text, [before.length, ...cuts])).toEqual(inPieces(text, []));
      }),
      { numRuns: 500 },
    );
  });

  test('a marker at the end of a long line is none, even where a piece begins with it', () => {
    const text = `x\n${START}${'a line\n'.repeat(10_000)}${'b'.repeat(200)}`;
    expect(inPieces(`${text}${END}c\n`, [text.length]).kept).toBe(`${text}${END}c\n`.slice(2 + START.length));
  });

  test('a file of that kind, Latin-1 with CRLF', () => {
    const bytes = readFileSync(new URL('fixtures/gutenberg-like.iso-8859-1.crlf.txt', import.meta.url));
    expect(decodeText(bytes, 'fixture')).toBe(
      '\n\nA MARÉ\n\nA maré subiu até ao degrau da capela,\nparou, e não houve sermão.\n\n\n',
    );
    const whole = decodeText(bytes, 'fixture', { keepBoilerplate: true });
    expect(whole).toMatch(/^A header[^]*FULL LICENSE[^]*end of it\.\n$/);
    expect(decodeText(bytes, 'fixture', { lowercase: true })).toContain('a maré\n\na maré subiu');
  });

  test('cuts where they fall, in what is no ebook at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), cutsOf, (text, cuts) => {
        expect(inPieces(text, cuts)).toEqual({ kept: text, cut: 0 });
      }),
    );
  });
});
