import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  openSafetensors,
  type TensorData,
} from '../../src/store/safetensors.js';
import { fromUtf8, messageOf, surviving, utf8 } from './fixtures.js';

const WHERE = 'runs/a/x.safetensors';

/** A file put together by hand: the header as it is given, a length that may lie, the data. */
function byHand(
  header: string | Uint8Array,
  data: Uint8Array = new Uint8Array(),
  length?: bigint,
): Uint8Array {
  const json = typeof header === 'string' ? utf8(header) : header;
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const tensor = (dtype: string, shape: unknown, offsets: unknown): unknown => ({
  dtype,
  shape,
  data_offsets: offsets,
});
const withTensors = (tensors: Record<string, unknown>, dataBytes: number): Uint8Array =>
  byHand(JSON.stringify(tensors), new Uint8Array(dataBytes));

const tensorArbitrary: fc.Arbitrary<TensorData> = fc
  .tuple(fc.array(fc.nat(4), { maxLength: 3 }), fc.boolean())
  .chain(([shape, isWide]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const limits = { minLength: length, maxLength: length };
    return (isWide ? fc.float64Array(limits) : fc.float32Array(limits)).map((data) => ({ shape, data }));
  });

const bytesOf = ({ data }: TensorData): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const fileArbitrary = fc.record({
  tensors: fc.dictionary(
    fc.string({ unit: 'binary' }).filter((name) => name !== '__metadata__'),
    tensorArbitrary,
  ),
  metadata: fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
});

describe('safetensors', () => {
  it('come back bit for bit, NaN, -0 and strange names included', () => {
    fc.assert(
      fc.property(fileArbitrary, ({ tensors, metadata }) => {
        const file = {
          tensors: new Map(Object.entries(tensors)),
          metadata: new Map(Object.entries(metadata)),
        };
        const decoded = decodeSafetensors(encodeSafetensors(file), WHERE);
        expect(decoded.metadata).toEqual(file.metadata);
        expect([...decoded.tensors.keys()].sort()).toEqual([...file.tensors.keys()].sort());
        for (const [name, { shape, data }] of file.tensors) {
          const found = decoded.tensors.get(name);
          expect(found?.shape).toEqual(shape);
          expect(found?.data.constructor).toBe(data.constructor);
          expect(found && bytesOf(found)).toEqual(bytesOf({ shape, data }));
        }
      }),
    );
  });

  it('are laid out as the format says, header padded with spaces, every tensor aligned', () => {
    const bytes = encodeSafetensors({
      tensors: new Map([
        ['a', { shape: [3], data: Float32Array.of(1, 2, 3) }],
        ['b', { shape: [], data: Float64Array.of(0.5) }],
      ]),
      metadata: new Map([['k', 'v']]),
    });
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = fromUtf8(bytes.subarray(8, 8 + headerBytes));
    expect(header).toBe(
      '{"__metadata__":{"k":"v"},"b":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[3],"data_offsets":[8,20]}}'.padEnd(
        headerBytes,
      ),
    );
    expect(headerBytes % 8).toBe(0);
    expect(bytes).toHaveLength(8 + headerBytes + 20);
    expect(new DataView(bytes.buffer).getFloat32(8 + headerBytes + 8 + 4, true)).toBe(2);
  });

  it('are read without alignment and in any order, as other programs write them', () => {
    const data = new Uint8Array(20);
    const view = new DataView(data.buffer);
    [1.5, -2, 3].forEach((value, i) => {
      view.setFloat32(4 * i, value, true);
    });
    view.setFloat64(12, Math.PI, true);
    const header =
      '{"z.weight":{"shape":[],"data_offsets":[12,20],"dtype":"F64"},"a":{"dtype":"F32","data_offsets":[0,12],"shape":[1,3]}} ';
    const { tensors, metadata } = decodeSafetensors(byHand(header, data), WHERE);
    expect((8 + header.length) % 4).not.toBe(0);
    expect(tensors.get('a')).toEqual({ shape: [1, 3], data: Float32Array.of(1.5, -2, 3) });
    expect(tensors.get('z.weight')).toEqual({ shape: [], data: Float64Array.of(Math.PI) });
    expect(metadata.size).toBe(0);
  });

  it('are read from a view into a larger buffer', () => {
    const file = encodeSafetensors({
      tensors: new Map([['a', { shape: [1], data: Float32Array.of(7) }]]),
      metadata: new Map(),
    });
    const larger = new Uint8Array(file.length + 10);
    larger.set(file, 3);
    const { tensors } = decodeSafetensors(larger.subarray(3, 3 + file.length), WHERE);
    expect(tensors.get('a')?.data).toEqual(Float32Array.of(7));
  });

  it('of other dtypes are passed over until one is asked for', async () => {
    const file = openSafetensors(
      withTensors(
        { h: tensor('I16', [2], [0, 4]), x: tensor('F4', [3], [4, 6]), a: tensor('F32', [1], [6, 10]) },
        10,
      ),
      WHERE,
    );
    expect(file.read('a').data).toEqual(Float32Array.of(0));
    expect(await messageOf(() => file.read('h'))).toBe(
      `${WHERE}: h is I16, expected F32, F64, F16, BF16; convert it before saving, e.g. \`.float()\` in PyTorch`,
    );
    expect(await messageOf(() => file.read('x'))).toMatch('x is F4, expected F32, F64');
  });

  it('are written from views into a larger buffer, as an engine’s memory is', () => {
    const memory = Float32Array.of(1, 2, 3, 4, 5);
    const file = {
      tensors: new Map([['a', { shape: [2], data: memory.subarray(1, 3) }]]),
      metadata: new Map<string, string>(),
    };
    expect(decodeSafetensors(encodeSafetensors(file), WHERE).tensors.get('a')?.data).toEqual(
      Float32Array.of(2, 3),
    );
  });

  it('are not encoded where shape and data disagree, or a name is taken', () => {
    const encode = (name: string, shape: number[]) => () =>
      encodeSafetensors({
        tensors: new Map([[name, { shape, data: new Float32Array(6) }]]),
        metadata: new Map(),
      });
    expect(encode('a', [2, 3])).not.toThrow();
    expect(encode('a', [2, 2])).toThrow('a: 6 numbers do not fill the shape 2×2');
    expect(encode('__metadata__', [6])).toThrow('may not be called');
  });
});

describe('a safetensors file', () => {
  const one = tensor('F32', [1], [0, 4]);
  const cases: [string, Uint8Array, string][] = [
    ['is empty', new Uint8Array(), 'is empty'],
    ['is too short for a length', utf8('abc'), 'has only 3 bytes: this is not a safetensors file'],
    ['is a text', utf8('Once upon a time there was'), 'is not a safetensors file; give a .safetensors file'],
    ['is an archive', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 1, 2), 'is not a safetensors file'],
    ['is all zeros', new Uint8Array(16), 'its header is not a JSON object'],
    [
      'has a header beyond its end',
      byHand('{"a":', undefined, 200n),
      'ends in the midst of its header (5 of 200 bytes): it was cut short',
    ],
    [
      'is nothing but a length',
      byHand('', undefined, 200n),
      'ends in the midst of its header (0 of 200 bytes)',
    ],
    ['has a header over the limit', byHand('{}', undefined, 100_000_001n), 'is not a safetensors file'],
    ['has a length of 2^64-1', byHand('{}', undefined, 2n ** 64n - 1n), 'is not a safetensors file'],
    ['has bad UTF-8', byHand(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)), 'its header is not UTF-8'],
    ['has bad JSON', byHand('{"a":}'), 'its header is not a JSON object'],
    [
      'has too deep a header',
      byHand(`{"a":${'['.repeat(100_000)}`),
      'its header is nested more than 3 levels deep',
    ],
    [
      'names a tensor twice',
      byHand(`{"a":${JSON.stringify(one)},"\\u0061":${JSON.stringify(one)}}`, new Uint8Array(4)),
      'its header names "a" twice',
    ],
    ['gives a dtype twice', byHand('{"a":{"dtype":"F32","dtype":"F64"}}'), 'its header names "dtype" twice'],
    [
      'has metadata that are no object',
      byHand('{"__metadata__":["x"]}'),
      '__metadata__ is ["x"], expected an object of strings',
    ],
    [
      'has metadata that are no strings',
      byHand('{"__metadata__":{"version":1}}'),
      '__metadata__: "version" is 1, expected a string',
    ],
    ['has a tensor that is a number', byHand('{"a":1}'), 'a is 1, expected a description of a tensor'],
    ['lacks a dtype', byHand('{"a":{"shape":[],"data_offsets":[0,4]}}'), 'a: its dtype is missing'],
    ['lacks a shape', byHand('{"a":{"dtype":"F32","data_offsets":[0,4]}}'), 'a: its shape is missing'],
    ['lacks offsets', byHand('{"a":{"dtype":"F32","shape":[1]}}'), 'a: its data_offsets are missing'],
    [
      'has a fraction in a shape',
      withTensors({ a: tensor('F32', [1.5], [0, 4]) }, 4),
      'a: its shape is [1.5], expected a list of whole numbers',
    ],
    [
      'has a negative shape',
      withTensors({ a: tensor('F32', [-1, -1], [0, 4]) }, 4),
      'a: its shape is [-1,-1]',
    ],
    ['has a string in a shape', withTensors({ a: tensor('F32', ['1'], [0, 4]) }, 4), 'a: its shape is ["1"]'],
    [
      'has a shape beyond range',
      withTensors({ a: tensor('F32', [2 ** 40, 2 ** 40], [0, 4]) }, 4),
      'which no file can hold',
    ],
    [
      'has a huge shape and huge offsets',
      withTensors({ a: tensor('F32', [2 ** 40], [0, 2 ** 42]) }, 4),
      'ends in the midst of a (4 of 4398046511104 bytes): it was cut short',
    ],
    ['has one offset', withTensors({ a: tensor('F32', [1], [0]) }, 4), 'a: its data_offsets are [0]'],
    [
      'has a negative offset',
      withTensors({ a: tensor('F32', [1], [-4, 0]) }, 4),
      'a: its data_offsets are [-4,0]',
    ],
    [
      'has offsets the wrong way round',
      withTensors({ a: tensor('F32', [1], [4, 0]) }, 4),
      'a: its data end (0) before they begin (4)',
    ],
    [
      'has a size that is not the shape’s',
      withTensors({ a: tensor('F32', [2], [0, 4]) }, 4),
      'a: its data have 4 bytes, expected 8 for F32 [2]',
    ],
    [
      'has the size of another dtype',
      withTensors({ a: tensor('F64', [1], [0, 4]) }, 4),
      'a: its data have 4 bytes, expected 8 for F64 [1]',
    ],
    [
      'is too short for its tensors',
      withTensors({ a: tensor('F32', [2], [0, 8]) }, 7),
      'ends in the midst of a (7 of 8 bytes): it was cut short',
    ],
    [
      'has overlapping tensors',
      withTensors({ a: tensor('F32', [2], [0, 8]), b: tensor('F32', [2], [4, 12]) }, 12),
      'b: its data overlap with another tensor',
    ],
    ['has the same place for two', withTensors({ a: one, b: one }, 4), 'b: its data overlap'],
    [
      'has a hole',
      withTensors({ a: one, b: tensor('F32', [1], [8, 12]) }, 12),
      '4 bytes before the data of b belong to no tensor',
    ],
    [
      'has a hole in front',
      withTensors({ b: tensor('F32', [1], [8, 12]) }, 12),
      '8 bytes before the data of b belong',
    ],
    ['has bytes to spare', withTensors({ a: one }, 5), '1 byte after its last tensor belongs to no tensor'],
    [
      'has an odd size of an unknown dtype',
      withTensors({ a: tensor('Q3', [3], [0, 5]) }, 5),
      'a is Q3, expected F32, F64',
    ],
  ];

  it.each(cases)('that %s is refused with a reason', async (_, bytes, reason) => {
    const message = await messageOf(() => decodeSafetensors(bytes, WHERE));
    expect(message).toMatch(new RegExp(`^${WHERE}: `));
    expect(message).toContain(reason);
  });

  it('may have tensors of no numbers anywhere', () => {
    const bytes = withTensors({ e: tensor('F32', [0, 3], [4, 4]), a: one, f: tensor('F64', [0], [0, 0]) }, 4);
    expect(decodeSafetensors(bytes, WHERE).tensors.get('e')).toEqual({
      shape: [0, 3],
      data: new Float32Array(),
    });
  });

  it('with a tensor called __proto__ or constructor is read like any other', () => {
    const bytes = byHand(
      `{"__proto__":${JSON.stringify(one)},"constructor":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}`,
      new Uint8Array(4),
    );
    expect([...decodeSafetensors(bytes, WHERE).tensors.keys()]).toEqual(['__proto__', 'constructor']);
  });

  const whole = encodeSafetensors({
    tensors: new Map([
      ['a', { shape: [2, 3], data: new Float32Array(6).fill(1) }],
      ['b', { shape: [2], data: Float64Array.of(1, 2) }],
    ]),
    metadata: new Map([['key', 'väl"ue']]),
  });

  it('cut at any byte is refused', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(surviving(() => decodeSafetensors(whole.subarray(0, length), WHERE), WHERE)).toBeUndefined();
    }
  });

  it('with any bit flipped is refused or read, nothing else', () => {
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const bytes = whole.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const file = surviving(() => decodeSafetensors(bytes, WHERE), WHERE);
      for (const { shape, data } of file?.tensors.values() ?? []) {
        expect(data).toHaveLength(shape.reduce((product, size) => product * size, 1));
      }
    }
  });

  it('of random bytes, or of a random header, is refused or read, nothing else', () => {
    const awkward = fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double(),
      fc.string(),
      fc.constant(null),
      fc.bigInt(0n, 2n ** 70n).map(Number),
    );
    const entry = fc.record(
      {
        dtype: fc.oneof(fc.constantFrom('F32', 'F64', 'I8', 'F4'), awkward),
        shape: fc.oneof(fc.array(fc.oneof(fc.nat(3), awkward)), awkward),
        data_offsets: fc.oneof(fc.tuple(fc.nat(16), fc.nat(16)), fc.array(awkward)),
      },
      { requiredKeys: [] },
    );
    const headers = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__metadata__', '__proto__', 'a')),
      fc.oneof(entry, fc.jsonValue()),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 64 }),
          fc
            .tuple(headers, fc.uint8Array({ maxLength: 16 }))
            .map(([header, data]) => byHand(JSON.stringify(header), data)),
          fc
            .tuple(fc.string({ unit: 'binary' }), fc.bigInt(0n, 2n ** 64n - 1n))
            .map(([text, length]) => byHand(text, undefined, length)),
        ),
        (bytes) => {
          surviving(() => decodeSafetensors(bytes, WHERE), WHERE);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
