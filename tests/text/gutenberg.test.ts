/** Project Gutenberg's headers and licences: what is cut, and that nothing else is, wherever the pieces are cut. */
import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DissipaError } from '../../src/base/errors.js';
import { decodeText, TextReader } from '../../src/text/decode.js';
import { Boilerplate } from '../../src/text/gutenberg/boilerplate.js';
import { FOOTERS, HEADERS } from './gutenberg.js';
import { cutsOf } from './reading.js';

function inPieces(text: string, cuts: readonly number[]): { kept: string; cutter: Boilerplate } {
  const cutter = new Boilerplate('t');
  let kept = '';
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (text.length + 1)).sort((a, b) => a - b), text.length]) {
    kept += cutter.push(text.slice(from, cut));
    from = cut;
  }
  kept += cutter.end();
  return { kept, cutter };
}
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
const keptLines = (text: string): string[] => linesOf(inPieces(text, []).kept);

const BODY = 'A MARÉ\n\nA maré subiu até ao degrau da capela,\nparou, e não houve sermão.\n\n';

describe.each(Object.entries(HEADERS))('a header %s', (header, before) => {
  test.each(Object.entries(FOOTERS))('with %s: the book is left, and nothing else', (footer, after) => {
    const own = 'Isto é meu.\n\nE isto também.\n';
    for (const [first, last] of [
      ['', ''],
      [own, ''],
      ['', own],
      [own, own],
    ]) {
      const text = first + before + BODY + after + last;
      expect(keptLines(text), header + footer).toEqual(linesOf(first + BODY + last));
      const { cutter } = inPieces(text, []);
      expect(cutter.mentions).toBe(0);
      // All that is cut is told, with its first and last words.
      const characters = cutter.cuts.reduce((sum, cut) => sum + cut.characters, 0);
      expect(characters).toBe(Array.from(text).length - Array.from(inPieces(text, []).kept).length);
      if (before.startsWith('The'))
        expect(cutter.cuts[0].begins).toBe(
          'The Project Gutenberg eBook of A'.replace('eBook', before.slice(22, 27)),
        );
      if (after.endsWith('eBooks.\n'))
        expect(cutter.cuts.at(-1)?.ends).toBe('newsletter to hear about new eBooks.');
    }
  });
});

describe('own text is never lost', () => {
  const line = fc.constantFrom(
    ...[
      'Choveu toda a noite.',
      '',
      '***',
      '*** fim ***',
      'Title: sem título',
      'I.',
      'Produced by nobody, it said.',
    ],
    ...[
      'The Project Gutenberg eBook of Dom Casmurro is what I read.',
      'Os livros do Project Gutenberg são gratuitos.',
    ],
    ...[
      "I like Project Gutenberg's books.",
      'Copyright laws are odd.',
      'See http://example.org for more.',
      'SMALL PRINT!',
    ],
    ...[
      'a'.repeat(1500),
      'START: nothing',
      'For the use of anyone anywhere',
      'Donations are welcome.',
      'End of the story.',
    ],
  );
  const own = fc
    .array(line, { minLength: 1, maxLength: 12 })
    .map((lines) => `Meu texto.\n\n${lines.join('\n')}\n\nÉ tudo.\n`);
  const book = fc
    .tuple(fc.constantFrom(...Object.values(HEADERS)), fc.nat(40), fc.constantFrom(...Object.values(FOOTERS)))
    .map(([header, more, footer]) => {
      const body = `${BODY}${'Outra linha do livro.\n\n'.repeat(more)}`;
      return { text: header + body + footer, kept: body };
    });
  const part = fc.oneof(
    own.map((text) => ({ text, kept: text })),
    book,
  );

  test('in any order of own texts and books, cut anywhere (seed 12)', () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 6 }),
        fc.array(fc.nat(400_000), { maxLength: 6 }),
        (parts, cuts) => {
          const text = parts.map((one) => one.text).join('');
          const expected = parts.map((one) => one.kept).join('');
          expect(linesOf(inPieces(text, cuts).kept)).toEqual(linesOf(expected));
        },
      ),
      { numRuns: 400, seed: 12 },
    );
  });

  test('where a text ends without a line end, and the book begins on its last line', () => {
    const { kept, cutter } = inPieces(`Fim do meu texto.${HEADERS.modern}${BODY}`, []);
    expect(kept).toContain('Fim do meu texto.');
    expect(kept).toContain('não houve sermão');
    expect(kept).not.toContain('for the use of anyone');
    // Of the header its first line is left, and that is said.
    expect(cutter.mentions).toBe(1);
  });

  test('of 22,800 characters beside a book of 23,100, in either order', () => {
    const own = 'Uma linha que é minha, e nada mais.\n'.repeat(634);
    const text = `${HEADERS.modern}${'Uma linha do livro.\n'.repeat(1155)}${FOOTERS['a marker and the licence']}`;
    for (const both of [own + text, text + own]) expect(keptLines(both)).toHaveLength(634 + 1155);
  });
});

describe("one's own prose about it is no part of it", () => {
  const LINES = [
    'End of the Project Gutenberg EBook of Dom Casmurro, says the last line, and I close the window.',
    'End of the Project Gutenberg EBook of Dom Casmurro, by Machado de Assis',
    'End of the Project Gutenberg EBook of Dom Casmurro is what I\nread last before I slept.',
    "End of Project Gutenberg's Etext of my patience!",
    '*** END OF THE PROJECT GUTENBERG EBOOK DOM CASMURRO *** is how it ends.',
    '*** START OF THE PROJECT GUTENBERG EBOOK DOM CASMURRO *** is how it begins.',
    'This eBook is for the use of anyone anywhere, it says, and I like that.',
    'The full Project Gutenberg License is long; I have read it.',
    'This file should be named after its author, I think.',
    'Produced by the sun, salt lay on the stones.',
  ];
  test.each(LINES)('%s', (line) => {
    for (const text of [
      `Um ensaio meu.\n\n${line}\n\nE continua depois disso, com outro parágrafo.\n`,
      `Um ensaio meu,\n${line}\nE continua.\n\n${line}\n\nÉ tudo.\n`,
    ])
      for (const cuts of [[], [20, 60]]) expect(inPieces(text, cuts).kept).toBe(text);
  });

  test('beside a book, before its header and behind its licence; sentences at its beginning are of it', () => {
    const book = (body: string): string => `${HEADERS.modern}${body}${FOOTERS['a marker and the licence']}`;
    for (const line of LINES) {
      const own = `Meu.\n\n${line}\n\nÉ tudo.\n`;
      expect(keptLines(own + book(BODY) + own)).toEqual(linesOf(own + BODY + own));
    }
    const body = `Produced by the sun, salt lay on the stones.\n\n${BODY}`;
    expect(keptLines(book(body))).toEqual(linesOf(body));
  });

  test('a last line without stars is one behind a header, before a licence, and at the end of all', () => {
    const last = 'End of the Project Gutenberg EBook of A Maré, by Ana Reis\n';
    expect(keptLines(`${HEADERS.modern}${BODY}${last}\nE isto é meu.\n`)).toEqual(
      linesOf(`${BODY}E isto é meu.\n`),
    );
    expect(keptLines(`${BODY}${last}\n${FOOTERS['a marker and the licence']}E meu.\n`)).toEqual(
      linesOf(`${BODY}E meu.\n`),
    );
    expect(keptLines(BODY + last)).toEqual(linesOf(BODY));
  });
});

describe('a header that is too long to be one', () => {
  const preface = 'Um prefácio que ninguém pediu.\n\n'.repeat(1000);

  test('is refused, with its length and its first words', () => {
    const opening = HEADERS.modern.slice(0, HEADERS.modern.indexOf('*** START'));
    const text = `${opening}${preface}*** START OF THE PROJECT GUTENBERG EBOOK A MARÉ ***\n${BODY}`;
    for (const cuts of [[], [500, 20_000, 33_000]]) {
      let message = '';
      try {
        inPieces(text, cuts);
      } catch (error) {
        if (!(error instanceof DissipaError)) throw error;
        ({ message } = error);
      }
      expect(message).toMatch(
        /^t: .*\d\d,\d{3} characters.*The Project Gutenberg eBook of A.*25,000.*--keep-boilerplate/,
      );
    }
  });

  test('where no header began, the marker alone goes', () => {
    const text = `${preface}*** START OF THE PROJECT GUTENBERG EBOOK A MARÉ ***\n${BODY}`;
    expect(keptLines(text)).toEqual(linesOf(preface + BODY));
  });
});

describe('what is left of it', () => {
  test('is counted: the words in a text of another kind, on one line or two', () => {
    const text = 'Li no Project Gutenberg, e de novo no PROJECT\nGUTENBERG, e em Gutenberg.\n';
    for (let at = 0; at <= text.length; at++) {
      const { kept, cutter } = inPieces(text, [at]);
      expect([kept, cutter.mentions, cutter.cuts]).toEqual([text, 2, []]);
    }
  });

  test('is all of it where boilerplate is kept', () => {
    const text = HEADERS.modern + BODY;
    const reader = new TextReader('t', { keepBoilerplate: true });
    expect(reader.push(new TextEncoder().encode(text)) + reader.end()).toBe(text.normalize('NFC'));
    expect([reader.cuts, reader.mentions]).toEqual([[], 0]);
  });
});

test('is the same wherever a text is cut, long lines included', () => {
  const [start] = /\*\*\* START.*\n/.exec(HEADERS.modern) as RegExpExecArray;
  const end = FOOTERS['a marker alone'];
  const part = fc.constantFrom(
    ...[start, end, start.slice(0, 30), end.slice(0, 30), end.slice(30), '*** ', 'a\n', '\n', 'Title: a\n'],
    ...[
      'b'.repeat(150),
      'c'.repeat(1100),
      'd\n'.repeat(600),
      HEADERS.modern,
      FOOTERS['of 2008'],
      'Project ',
      'Gutenberg ',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(part, fc.nat(60), fc.boolean()), { maxLength: 12 }), (parts) => {
      let text = '';
      const cuts: number[] = [];
      for (const [more, into, isCut] of parts) {
        if (isCut) cuts.push(text.length, text.length + into);
        text += more;
      }
      const [whole, cut] = [inPieces(text, []), inPieces(text, cuts)];
      expect([cut.kept, cut.cutter.cuts, cut.cutter.mentions]).toEqual([
        whole.kept,
        whole.cutter.cuts,
        whole.cutter.mentions,
      ]);
    }),
    { numRuns: 500 },
  );
});

test('a file of that kind, Latin-1 with CRLF', () => {
  const bytes = readFileSync(new URL('fixtures/gutenberg-like.iso-8859-1.crlf.txt', import.meta.url));
  expect(linesOf(decodeText(bytes, 'fixture'))).toEqual([
    'A MARÉ',
    'A maré subiu até ao degrau da capela,',
    'parou, e não houve sermão.',
  ]);
  expect(decodeText(bytes, 'fixture', { keepBoilerplate: true })).toMatch(
    /^The Project[^]*FULL LICENSE[^]*new eBooks\.\n$/,
  );
  expect(decodeText(bytes, 'fixture', { lowercase: true })).toContain('a maré\n\na maré subiu');
});

test('cuts where they fall, in what is no ebook at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), cutsOf, (text, cuts) => {
      const { kept, cutter } = inPieces(text, cuts);
      expect([kept, cutter.cuts]).toEqual([text, []]);
    }),
  );
});

const GUTENBERG = new URL('../../../shared/corpora/gutenberg-18220.iso-8859-1.crlf.txt', import.meta.url);

test.skipIf(!existsSync(GUTENBERG))(
  'a real one: header, credits and licence are two cuts, nothing of them is left',
  () => {
    const reader = new TextReader('t');
    const text = reader.push(readFileSync(GUTENBERG)) + reader.end();
    expect(reader.cuts.map(({ begins, ends }) => [begins, ends])).toEqual([
      ['The Project Gutenberg EBook of A', 'of Portugal (Biblioteca Nacional de Portugal).)'],
      ['End of the Project Gutenberg EBook', 'newsletter to hear about new eBooks.'],
    ]);
    expect(reader.mentions).toBe(0);
    expect(text).not.toMatch(/\*\*\*|Distributed|License|Foundation/);
  },
);
