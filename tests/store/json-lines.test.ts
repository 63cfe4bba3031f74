import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLine, logHeader, readLog } from '../../src/store/json-lines.js';
import { messageOf, surviving, utf8 } from './fixtures.js';

const WHERE = 'runs/a/metrics.jsonl';
const FORMAT = 'dissipa.metrics';
const HEADER = '{"format":"dissipa.metrics","version":1}\n';
const read = (text: string | Uint8Array) => readLog(text, WHERE, FORMAT);
const refusal = (text: string | Uint8Array): Promise<string> => messageOf(() => read(text));

describe('a log', () => {
  it('begins with what it is', () => {
    expect(logHeader(FORMAT)).toBe(HEADER);
  });

  it('of gradients is of version 2; one of version 1 is read too, and says so', () => {
    const gradients = (text: string) => readLog(text, WHERE, 'dissipa.gradients');
    const headers = [1, 2].map((version) => `{"format":"dissipa.gradients","version":${version}}\n`);
    expect(logHeader('dissipa.gradients')).toBe(headers[1]);
    headers.forEach((header, i) => {
      expect(gradients(`${header}{"step":1}\n`)).toMatchObject({ version: i + 1, lines: [{ step: 1 }] });
      expect(gradients(header.slice(0, -1))).toMatchObject({ lines: [], byteLength: 0 });
    });
    for (const version of [0, 3, 1.5, '"2"', 'null'])
      expect(() => gradients(`{"format":"dissipa.gradients","version":${version}}\n`)).toThrow(/version/);
  });

  it('comes back with every number in full', () => {
    const lines = [
      { step: 0, lossNats: 0.1 + 0.2, tiny: 5e-324, exact: null },
      { step: 1, text: 'a\nb\u2028', list: [1, [2]] },
    ];
    const text = HEADER + lines.map(encodeLine).join('');
    expect(read(text).lines).toEqual(lines);
    expect(text.match(/\n/g)).toHaveLength(3);
    expect(read(text)).toMatchObject({ byteLength: utf8(text).length });
  });

  it('drops a last line without an end, even one that would be JSON', () => {
    for (const torn of ['{"step":2', '{"step":2}', '\0\0\0']) {
      const text = `${HEADER}{"step":1,"x":"é"}\n`;
      const log = read(text + torn);
      expect(log).toMatchObject({
        lines: [{ step: 1, x: 'é' }],
        byteLength: utf8(text).length,
      });
    }
  });

  it('drops a last line that is not JSON, though it has an end', () => {
    const whole = `${HEADER}{"step":1}\n`;
    for (const torn of ['{"st\n', '\n'])
      expect(read(whole + torn)).toMatchObject({ lines: [{ step: 1 }], byteLength: whole.length });
  });

  it('drops a last line torn within a character', () => {
    const text = utf8(`${HEADER}{"step":1}\n{"step":2,"x":"é`);
    expect(read(text.subarray(0, -1)).lines).toEqual([{ step: 1 }]);
  });

  it('whose header was not finished is empty', () => {
    for (let length = 0; length < HEADER.length; length++) {
      expect(read(HEADER.slice(0, length))).toMatchObject({ lines: [], byteLength: 0 });
    }
    expect(read(HEADER)).toMatchObject({ lines: [], byteLength: HEADER.length });
  });

  it.each([
    [
      `${HEADER}{"step":1}\n{"st\n{"step":3}\n`,
      ', line 3: "{\\"st" is not JSON, only the last line of a log may be torn; mend or delete that line',
    ],
    [`${HEADER}{"step":1}\n\n{"step":3}\n`, ', line 3: "" is not JSON'],
    [`${HEADER}[1]\n`, ', line 2: is [1], expected an object'],
    [`${HEADER}{"x":1}\n`, ', line 2: its step is missing, expected a whole number from 0'],
    [`${HEADER}{"step":-1}\n`, ', line 2: its step is -1'],
    [`${HEADER}{"step":"1"}\n`, ', line 2: its step is "1"'],
    [
      '{"format":"dissipa.gradients","version":1}\n',
      ': is a "dissipa.gradients" log, expected a log that begins with {"format"',
    ],
    [
      '{"format":"dissipa.metrics","version":2}\n',
      ': is of format version 2, expected a log that begins with {"format":"dissipa.metrics","version":1}; a newer dissipa is needed',
    ],
    ['{"format":"dissipa.metrics"}\n', ': is of format version missing'],
    ['{"step":1}\n', ': its first line does not say what it is, expected a log that begins with'],
    ['Era uma vez', ': its first line does not say what it is'],
    ['Era uma\nvez', ': its first line does not say what it is'],
  ])('like %j is refused with its line', async (text, reason) => {
    expect(await refusal(text)).toContain(WHERE + reason);
  });

  it('with a line that is not UTF-8 is refused, unless it is the last', async () => {
    const bytes = utf8(`${HEADER}{"step":1}\n{"x":"?"}\n{"step":3}\n`);
    bytes[bytes.indexOf(0x3f)] = 0xff;
    expect(await refusal(bytes)).toContain(`${WHERE}, line 3: is not UTF-8`);
  });

  it('is kept through a step, up to the first line beyond', () => {
    const lines = [1, 1, 5, 5, 9].map((step) => encodeLine({ step, x: 'é' }));
    const log = read(`${HEADER}${lines.join('')}{"torn`);
    const length = (count: number) => utf8(HEADER + lines.slice(0, count).join('')).length;
    expect([-1, 0, 1, 4, 5, 8, 9, 100].map(log.keepThrough)).toEqual([0, 0, 2, 2, 4, 4, 5, 5].map(length));
  });

  it('cut at any byte and kept is a log again, with the whole lines before the cut', () => {
    const lines = [1, 2, 3].map((step) => encodeLine({ step, x: 'é' }));
    const bytes = utf8(HEADER + lines.join(''));
    const ends = lines.map((_, i) => utf8(HEADER + lines.slice(0, i + 1).join('')).length);
    for (let length = 0; length <= bytes.length; length++) {
      const log = read(bytes.subarray(0, length));
      expect(log.lines).toHaveLength(ends.filter((end) => end <= length).length);
      const kept = bytes.subarray(0, log.keepThrough(3));
      expect(read(kept)).toMatchObject({ lines: log.lines, byteLength: kept.length });
    }
  });

  it('of random bytes or lines is refused or read, nothing else', () => {
    const line = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.nat().map((step) => JSON.stringify({ step })),
    );
    const logs = fc.array(line).map((lines) => utf8(HEADER + lines.join('\n')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), logs), (bytes) => {
        const log = surviving(() => read(bytes), WHERE);
        if (log !== undefined) expect(log.keepThrough(Infinity)).toBe(log.byteLength);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a line', () => {
  it.each([
    [{ step: 1, loss: Number.NaN }, '"loss" is NaN'],
    [{ step: 1, list: [1, [-Infinity]] }, '"0" is -Infinity'],
    [{ step: 1, list: [undefined] }, 'item 0 is undefined'],
    [{ step: 1, list: Float64Array.of(1) }, '"list" is a Float64Array'],
    [{ step: 1, map: new Map() }, '"map" is a Map'],
    [{ step: 1.5 }, '1.5 is not a step'],
    [{ step: -1 }, '-1 is not a step'],
  ])('like %o is a defect of the program', (line, message) => {
    expect(() => encodeLine(line)).toThrow(message);
  });

  it('may hold null, and leaves out what is undefined', () => {
    expect(encodeLine({ step: 1, a: null, b: undefined })).toBe('{"step":1,"a":null}\n');
  });
});
