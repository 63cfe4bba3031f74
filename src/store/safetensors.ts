/**
 * The safetensors format: 8 bytes header length (little-endian), a JSON header, the tensors' numbers end to end.
 *   {"name": {"dtype": "F32", "shape": [rows, cols], "data_offsets": [begin, end]}, …, "__metadata__": {"key": "text"}}
 * Offsets count bytes from the end of the header; together they cover the rest of the file without holes or overlaps.
 * Numbers are little-endian, as is every machine that runs this: they are copied as they are.
 * Reading trusts nothing in the file, sizes nothing from a number it has not held against the file's own length, and
 * reads no more than the header before that has been found sound.
 */
import { isRecord, quote, quoted } from '../base/json-value.js';
import { failure, type DissipaError } from '../base/errors.js';
import { joined } from '../base/pieces.js';
import { shownName } from '../base/visible.js';
import { fromBfloat16, fromFloat16 } from './half.js';
import { strictJson, structureDefect, tryJson, tryUtf8 } from './json.js';
import type { AlienFault, DamageFault } from './problems.js';

/** A file's bytes, read where they are asked for; `FileStore.at` gives such a one. */
export interface ByteSource {
  size(): number;
  /** Fills `into` with the bytes from `position` on. Throws DissipaError where they end before. */
  read(position: number, into: Uint8Array): void;
}

/** A tensor's numbers, row-major; `shape` empty for a single number. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, TensorData>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** A file whose header has been checked as a whole, and whose tensors are read one by one. */
export interface OpenSafetensors {
  readonly metadata: ReadonlyMap<string, string>;
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** A copy of a tensor's numbers. Throws DissipaError for other dtypes than floats of 16, 32 and 64 bits. */
  read(name: string): TensorData;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes from the start of the data. */
  readonly begin: number;
  readonly end: number;
}

const METADATA = '__metadata__';
/** Room for tens of thousands of tensors. The format's own library allows 100 MB, which take gigabytes to parse. */
const MAX_HEADER_BYTES = 2 ** 24;
/** Beyond the limit of the format's own library it is not a length. */
const MAX_LENGTH = 100_000_000n;
/** Of a header's keys; a tensor has 4. Looked at before the header is parsed. */
const MAX_KEYS = 2 ** 18;
/** Of the values in a header's objects and lists. */
const MAX_VALUES = 2 ** 20;
/** header → tensor → shape: nothing in a header is deeper. */
const MAX_DEPTH = 3;

const BYTES_OF: ReadonlyMap<string, number> = new Map([
  ...['BOOL', 'U8', 'I8', 'F8_E5M2', 'F8_E4M3', 'F8_E8M0'].map((dtype) => [dtype, 1] as const),
  ...['U16', 'I16', 'F16', 'BF16'].map((dtype) => [dtype, 2] as const),
  ...['U32', 'I32', 'F32'].map((dtype) => [dtype, 4] as const),
  ...['U64', 'I64', 'F64', 'C64'].map((dtype) => [dtype, 8] as const),
]);

/** The file's bytes. @see safetensorsPieces */
export const encodeSafetensors = (file: SafetensorsFile): Uint8Array => joined(safetensorsPieces(file));

/**
 * The file's bytes in pieces, one after the other: its header, and each tensor's numbers where they lie, without a copy.
 * Tensors of 8-byte numbers first, then those of 4, each in the order given: all are aligned in the file.
 * Throws a plain Error where a tensor's shape and data disagree.
 */
export function safetensorsPieces({ tensors, metadata }: SafetensorsFile): Uint8Array[] {
  const wide = [...tensors].filter(([, { data }]) => data instanceof Float64Array);
  const narrow = [...tensors].filter(([, { data }]) => data instanceof Float32Array);
  const ordered = [...wide, ...narrow];
  const header: [string, unknown][] = [];
  if (metadata.size > 0) header.push([METADATA, Object.fromEntries(metadata)]);
  let dataBytes = 0;
  for (const [name, { shape, data }] of ordered) {
    if (name === METADATA) throw new Error(`a tensor may not be called ${METADATA}`);
    if (shape.reduce((product, size) => product * size, 1) !== data.length) {
      throw new Error(`${name}: ${data.length} numbers do not fill the shape ${shape.join('×')}`);
    }
    const begin = dataBytes;
    dataBytes += data.byteLength;
    const dtype = data instanceof Float64Array ? 'F64' : 'F32';
    header.push([name, { dtype, shape, data_offsets: [begin, dataBytes] }]);
  }
  const json = new TextEncoder().encode(strictJson(Object.fromEntries(header)));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  if (headerBytes > MAX_HEADER_BYTES) throw new Error(`a header of ${headerBytes} bytes is too long`);

  const begun = new Uint8Array(8 + headerBytes).fill(0x20);
  new DataView(begun.buffer).setBigUint64(0, BigInt(headerBytes), true);
  begun.set(json, 8);
  return [
    begun,
    ...ordered.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ];
}

/** All tensors and metadata. Throws DissipaError, with `where` in front, for whatever is wrong with the bytes. */
export function decodeSafetensors(bytes: Uint8Array, where: string): SafetensorsFile {
  const file = openSafetensors(bytes, where);
  const tensors = new Map([...file.shapes.keys()].map((name) => [name, file.read(name)]));
  return { tensors, metadata: file.metadata };
}

/** Bytes that are in memory already. */
const inMemory = (bytes: Uint8Array): ByteSource => ({
  size: () => bytes.length,
  read: (position, into) => {
    into.set(bytes.subarray(position, position + into.length));
  },
});

/** Reads and checks the header, and nothing else yet. Throws DissipaError, with `where` in front. */
export function openSafetensors(file: Uint8Array | ByteSource, where: string): OpenSafetensors {
  const source = file instanceof Uint8Array ? inMemory(file) : file;
  const headerBytes = headerLength(source, where);
  const header = parseHeader(readFrom(source, 8, headerBytes), where);
  const start = 8 + headerBytes;
  let metadata = new Map<string, string>();
  const entries = new Map<string, Entry>();
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) metadata = readMetadata(value, where);
    else entries.set(name, readEntry(name, value, where));
  }
  checkCoverage(entries, source.size() - start, where);
  return {
    metadata,
    shapes: new Map([...entries].map(([name, { shape }]) => [name, shape])),
    read: (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(`${where} has no tensor ${name}`);
      return readTensor(name, entry, source, start, where);
    },
  };
}

const damaged = (where: string, fault: DamageFault): DissipaError =>
  failure('safetensors.damaged', { where, fault });

const alien = (where: string, fault: AlienFault): DissipaError =>
  failure('safetensors.alien', { where, fault });

function readFrom(source: ByteSource, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  source.read(position, bytes);
  return bytes;
}

/** The header's length in bytes, which are all there. */
function headerLength(source: ByteSource, where: string): number {
  const size = source.size();
  if (size === 0) throw damaged(where, { is: 'empty' });
  if (size < 8) throw alien(where, { is: 'short', bytes: size });
  const begun = readFrom(source, 0, Math.min(size, 9));
  const length = new DataView(begun.buffer).getBigUint64(0, true);
  // A text's first eight characters, read as a length, are beyond any limit.
  if (length > MAX_LENGTH) throw alien(where, { is: 'other' });
  if (size > 8 && begun[8] !== OPENING && length > 0n) throw alien(where, { is: 'other' });
  if (length > BigInt(size - 8)) {
    throw damaged(where, { is: 'cut-header', has: size - 8, needed: length.toString() });
  }
  if (length > BigInt(MAX_HEADER_BYTES))
    throw alien(where, { is: 'bytes', has: length.toString(), most: MAX_HEADER_BYTES });
  return Number(length);
}

const [OPENING, QUOTE, BACKSLASH, COLON, COMMA] = [0x7b, 0x22, 0x5c, 0x3a, 0x2c];

/** What the header would cost to parse: counted in its bytes, whatever else is wrong with them. */
function checkCounts(bytes: Uint8Array, where: string): void {
  let [keys, values] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (byte === COLON) keys++;
    else if (byte === COMMA) values++;
  }
  if (keys > MAX_KEYS) throw alien(where, { is: 'keys', has: String(keys), most: MAX_KEYS });
  if (values > MAX_VALUES) throw alien(where, { is: 'values', has: String(values), most: MAX_VALUES });
}

function parseHeader(bytes: Uint8Array, where: string): Record<string, unknown> {
  checkCounts(bytes, where);
  const text = tryUtf8(bytes);
  if (text === null) throw damaged(where, { is: 'header-utf-8' });
  const defect = structureDefect(text, MAX_DEPTH);
  if (defect !== null) throw damaged(where, { is: 'header-defect', defect });
  const parsed = tryJson(text);
  if (!isRecord(parsed?.value)) throw damaged(where, { is: 'header-json' });
  return parsed.value;
}

function readMetadata(value: unknown, where: string): Map<string, string> {
  if (!isRecord(value))
    throw damaged(where, { is: 'metadata', entry: METADATA, key: null, value: quoted(value) });
  const metadata = new Map<string, string>();
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') {
      throw damaged(where, { is: 'metadata', entry: METADATA, key: quote(key), value: quoted(text) });
    }
    metadata.set(key, text);
  }
  return metadata;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** A tensor's line of the header, consistent in itself. */
function readEntry(fullName: string, value: unknown, where: string): Entry {
  const name = shownName(fullName);
  if (!isRecord(value)) throw damaged(where, { is: 'tensor', tensor: name, value: quoted(value) });
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string') throw damaged(where, { is: 'dtype', tensor: name, value: quoted(dtype) });
  if (!Array.isArray(shape) || !shape.every(isCount)) {
    throw damaged(where, { is: 'shape', tensor: name, value: quoted(shape) });
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw damaged(where, { is: 'offsets', tensor: name, value: quoted(offsets) });
  }
  const [begin = 0, end = 0] = offsets;
  if (end < begin) throw damaged(where, { is: 'backwards', tensor: name, begin, end });
  let bytesNeeded = BYTES_OF.get(dtype);
  if (bytesNeeded !== undefined) {
    for (const size of shape) {
      bytesNeeded *= size;
      if (!isCount(bytesNeeded)) throw damaged(where, { is: 'endless', tensor: name, value: quoted(shape) });
    }
    if (bytesNeeded !== end - begin) {
      const bytes = { bytes: end - begin, needed: bytesNeeded };
      throw damaged(where, { is: 'bytes', tensor: name, ...bytes, dtype, shape: quoted(shape) });
    }
  }
  return { dtype, shape, begin, end };
}

/** The tensors lie end to end, from the first byte of the data to the last. */
function checkCoverage(entries: ReadonlyMap<string, Entry>, dataBytes: number, where: string): void {
  const ordered = [...entries].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const [fullName, { begin, end }] of ordered) {
    const name = shownName(fullName);
    if (begin < covered) throw damaged(where, { is: 'overlap', tensor: name });
    if (begin > covered) throw damaged(where, { is: 'before', tensor: name, bytes: begin - covered });
    if (end > dataBytes) {
      throw damaged(where, { is: 'cut-tensor', tensor: name, has: dataBytes, needed: end });
    }
    covered = end;
  }
  if (covered < dataBytes) {
    throw damaged(where, { is: 'after', bytes: dataBytes - covered });
  }
}

/** Numbers of 16 bits become float32, which holds all of them. */
const ARRAYS: ReadonlyMap<string, (buffer: ArrayBuffer) => TensorData['data']> = new Map<
  string,
  (buffer: ArrayBuffer) => TensorData['data']
>([
  ['F32', (buffer) => new Float32Array(buffer)],
  ['F64', (buffer) => new Float64Array(buffer)],
  ['F16', (buffer) => fromFloat16(new Uint16Array(buffer))],
  ['BF16', (buffer) => fromBfloat16(new Uint16Array(buffer))],
]);

function readTensor(
  name: string,
  { dtype, shape, begin, end }: Entry,
  source: ByteSource,
  start: number,
  where: string,
): TensorData {
  const numbers = ARRAYS.get(dtype);
  if (numbers === undefined) {
    throw failure('safetensors.dtype', {
      ...{ where, tensor: shownName(name), dtype: shownName(dtype) },
      known: [...ARRAYS.keys()],
    });
  }
  // The size was held against the file's; copied, because the place in the file need not be aligned.
  const bytes = new Uint8Array(end - begin);
  source.read(start + begin, bytes);
  return { shape, data: numbers(bytes.buffer) };
}
