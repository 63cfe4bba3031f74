/** Records: whatever the text and wherever it is cut, none is lost, none is torn, and nothing stands across a border. */
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { memoryFiles } from '../../src/store/files-memory.js';
import { IdFile, IdSpool } from '../../src/store/id-file.js';
import { Alphabet } from '../../src/text/alphabet.js';
import { ByteReader, fromBytes, readableBytes, toBytes } from '../../src/text/bytes.js';
import { END, END_BYTES, markedText, RecordMarks, RECORDS } from '../../src/text/records.js';
import { shuffledPieces } from '../../src/text/shuffle.js';
import { splitRecords } from '../../src/text/split.js';
import { asSymbols, type Symbols } from '../../src/text/symbols.js';

const SEED = { seed: 20261126 };
const text = fc.string({ unit: fc.constantFrom('a', 'ç', '🙂', ' ', '\t', '\n', '\n', END) });

/** The definition, by whole lines. */
function naive(records: (typeof RECORDS)[number], whole: string): string[] {
  const clean = whole.replaceAll(END, '\uFFFD');
  const lines = clean.split('\n');
  if (records === 'line') return lines.filter((line) => line.trim() !== '');
  if (records === 'file') {
    const rest = clean.replace(/^\s*\n/, '').trimEnd();
    return rest === '' ? [] : [rest];
  }
  const found: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === '') found.push([]);
    else found[found.length - 1].push(line);
  }
  return found.filter(({ length }) => length > 0).map((some) => some.join('\n'));
}

const recordsOf = (marked: string): string[] => marked.split(END).slice(0, -1);

describe.each(RECORDS)('%s', (records) => {
  test('its records are those of the definition, wherever the pieces are cut (seed 20261126)', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), (pieces) => {
        const marks = new RecordMarks(records);
        const marked = pieces.map((piece) => marks.push(piece)).join('') + marks.end();
        const expected = naive(records, pieces.join(''));
        expect(recordsOf(marked)).toEqual(expected);
        expect(marks.count).toBe(expected.length);
        expect(marks.replaced).toBe(pieces.join('').split(END).length - 1);
      }),
      SEED,
    );
  });
});

test('of a file of bytes every byte stays', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
      const reader = new ByteReader('b');
      const symbols = reader.push(bytes) + reader.end();
      expect(toBytes(symbols)).toEqual(bytes);
      expect(markedText(symbols, 'file', true)).toBe(END + symbols + END);
    }),
    SEED,
  );
});

/** END, and each record with END. Ids: END is 0, what stands in a record is not. */
const stream = (records: readonly (readonly number[])[]): Uint16Array =>
  Uint16Array.from([0, ...records.flatMap((record) => [...record, 0])]);
const contents = (symbols: Symbols): number[][] => {
  const ids = new Uint16Array(symbols.length);
  symbols.read(0, ids);
  expect([ids[0], ids.at(-1)]).toEqual([0, 0]);
  const found: number[][] = [];
  for (const id of ids.subarray(1)) {
    if (found.length === 0) found.push([]);
    if (id === 0) found.push([]);
    else found[found.length - 1].push(id);
  }
  return found.slice(0, -1);
};
const sorted = (records: readonly (readonly number[])[]): string[] => records.map(String).sort();
const record = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 9 });

test('shuffling loses none and tears none, and a seed always gives the same order', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 40 }), fc.integer(), (records, seed) => {
      const shuffled = () => [...shuffledPieces(asSymbols(stream(records)), 0, seed)].flatMap((p) => [...p]);
      const ids = Uint16Array.from(shuffled());
      expect(sorted(contents(asSymbols(ids)))).toEqual(sorted(records));
      expect(shuffled()).toEqual([...ids]);
    }),
    SEED,
  );
});

test('another seed gives another order', () => {
  const records = Array.from({ length: 30 }, (_, i) => [i + 1]);
  const order = (seed: number) =>
    [...shuffledPieces(asSymbols(stream(records)), 0, seed)].flatMap((piece) => [...piece]);
  expect(order(1)).not.toEqual(order(2));
  expect(order(1)).not.toEqual([...stream(records)]);
});

test('in memory and on a disk records are shuffled alike, and nothing is left beside the file', async () => {
  const records = Array.from({ length: 50 }, (_, i) =>
    Array.from({ length: 1 + (i % 7) }, () => 1 + (i % 5)),
  );
  const ids = Uint16Array.from({ length: 6 }, (_, id) => id);
  const shuffled = async (mostInMemory: number): Promise<number[]> => {
    const files = memoryFiles();
    let made = 0;
    const spool = new IdSpool(() => files.create(`tmp-${++made}`), mostInMemory);
    const all = stream(records);
    for (let from = 0; from < all.length; from += 9) await spool.add(all.subarray(from, from + 9));
    await spool.shuffle(files, () => Promise.resolve('raw'), 7);
    const read = new Uint16Array(spool.length);
    if (!spool.isLarge) spool.inMemory(ids).read(0, read);
    else {
      await spool.finish('text.ids', { key: 'k', symbols: [], counts: [], facts: null });
      new IdFile(files, 'text.ids', spool.length, ids).read(0, read);
      expect(await files.list('.')).toEqual(['text.ids']);
    }
    return [...read];
  };
  expect(await shuffled(1e6)).toEqual(await shuffled(10));
});

const share = fc.constantFrom(0, 0.1, 0.3, 0.45, 5);

test('a split has each record whole in one part, in their order, and none that holds anything out is empty', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 3, maxLength: 40 }), share, share, (records, held, tested) => {
      const parts = splitRecords(asSymbols(stream(records)), 0, held, tested, 't');
      const found = [parts.training, parts.validation, parts.test].map((part) =>
        part.length === 0 ? [] : contents(part),
      );
      expect(found.flat()).toEqual(records);
      expect(found.map(({ length }) => length > 0)).toEqual([true, held > 0, tested > 0]);
    }),
    SEED,
  );
});

test('a split is as near to what was asked for as whole records come', () => {
  const records = Array.from({ length: 100 }, () => [1, 2, 3]);
  const { training, validation } = splitRecords(asSymbols(stream(records)), 0, 0.25, 0, 't');
  expect([contents(training).length, contents(validation).length]).toEqual([75, 25]);
});

test('one record cannot be held out and trained on', () => {
  expect(() => splitRecords(asSymbols(stream([[1, 2]])), 0, 0.5, 0, 'names.txt')).toThrow(
    /names\.txt: the text has 1 record, at least 2/,
  );
});

describe('an alphabet of records', () => {
  const alphabet = new Alphabet(['a', 'é', END], { records: 'line' });

  it('has END, and shows a text with its records apart', () => {
    expect(alphabet.end).toBe(2);
    const marked = alphabet.symbolsIn('aé\n\na\n');
    expect(marked).toBe(`${END}aé${END}a${END}`);
    expect(alphabet.decode(alphabet.encode(marked, 't').slice(1))).toBe('aé\na\n');
    expect(alphabet.bytesIn(marked.slice(1))).toBe(new TextEncoder().encode('aé\na\n').length);
    expect(END_BYTES).toEqual({ line: 1, 'blank-line': 2, file: 0 });
  });

  it('of a foreign model may end records by a symbol of its own', () => {
    const foreign = new Alphabet(['.', 'a'], { end: 0 });
    expect(Array.from(foreign.encode(foreign.symbolsIn('a\naa'), 't'))).toEqual([0, 1, 0, 1, 1, 0]);
    expect(foreign.bytesIn(`a${END}`)).toBe(2);
  });
});

test('bytes for people: UTF-8 as characters, all others visible', () => {
  const utf8 = fromBytes(new TextEncoder().encode('coração 🙂\n'));
  expect(readableBytes(utf8)).toBe('coração 🙂\n');
  expect(readableBytes(`${utf8}\x1b[31m\xe7\xff\0`)).toBe('coração 🙂\n\\x1B[31m\\xE7\\xFF\\x00');
});
