/**
 * Append-only logs. A first line says what it is, each further line is one JSON object with a `step`:
 *   {"format":"dissipa.metrics","version":1}
 *   {"step":1,"lossNats":4.17}
 * A crash can only tear the last line; it is dropped when read. Numbers are written in full.
 */
import { isRecord, quote, quoted } from '../base/json-value.js';
import { failure } from '../base/errors.js';
import { strictJson, tryJson, tryUtf8 } from './json.js';

export interface LogLine {
  readonly step: number;
  readonly [key: string]: unknown;
}

export interface Log {
  /** Of its format. Those before the newest are read too; what is appended is of the newest. */
  readonly version: number;
  /** In the file's order, without the header. */
  readonly lines: readonly LogLine[];
  /** The length up to the end of the last whole line, in bytes: what follows is torn. 0 where not even the header was finished. */
  readonly byteLength: number;
  /** The length in bytes that holds the header and the lines up to the first whose step is beyond `step`. */
  readonly keepThrough: (step: number) => number;
}

/** The newest version of each format that has had several; of the others the first. */
const NEWEST: Readonly<Record<string, number>> = { 'dissipa.gradients': 2 };
const newestOf = (format: string): number => NEWEST[format] ?? 1;

const NEWLINE = 0x0a;

export const isStep = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Throws a RangeError, a defect, for what is no whole number from `from`. */
export function assertStep(step: number, from: number): void {
  if (!Number.isSafeInteger(step) || step < from) throw new RangeError(`${step} is not a step`);
}

/** The first line, with its newline: of the newest version, unless another is named. */
export const logHeader = (format: string, version: number = newestOf(format)): string =>
  `${strictJson({ format, version })}\n`;

/** One line, with its newline. Throws a plain Error for what JSON cannot hold (NaN …) and for a step that is none. */
export function encodeLine(line: LogLine): string {
  assertStep(line.step, 0);
  return `${strictJson(line)}\n`;
}

/** What was measured may have overflowed: such a figure is null, and the layer's verdict says `not-finite`. */
export function encodeMeasured(line: LogLine): string {
  assertStep(line.step, 0);
  return `${strictJson(line, undefined, 'null')}\n`;
}

/** Reads a log of `format`. Throws DissipaError, with `where` and the line in front, for damage other than a torn end. */
export function readLog(content: string | Uint8Array, where: string, format: string): Log {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const lines: LogLine[] = [];
  /** Where each line ends, in bytes. */
  const ends: number[] = [];
  let headerEnd = 0;
  let version = newestOf(format);
  for (let start = 0, number = 1; start < bytes.length; number++) {
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline === -1) {
      if (number === 1) checkTornHeader(bytes, where, format);
      break;
    }
    const text = tryUtf8(bytes.subarray(start, newline));
    const parsed = text === null ? null : tryJson(text);
    const isLast = newline === bytes.length - 1;
    if (number === 1) {
      version = checkHeader(parsed?.value, where, format);
      headerEnd = newline + 1;
    } else {
      if (parsed === null && isLast) break;
      lines.push(checkLine(parsed, text, where, number));
      ends.push(newline + 1);
    }
    start = newline + 1;
  }
  const byteLength = ends.at(-1) ?? headerEnd;
  return {
    version,
    lines,
    byteLength,
    keepThrough: (step) => {
      const first = lines.findIndex((line) => line.step > step);
      if (first === -1) return byteLength;
      return ends[first - 1] ?? headerEnd;
    },
  };
}

const firstLine = (format: string): string => logHeader(format).trimEnd();

/** @returns the version that the log is of */
function checkHeader(header: unknown, where: string, format: string): number {
  if (!isRecord(header) || typeof header['format'] !== 'string') {
    throw failure('log.no-header', { where, header: firstLine(format) });
  }
  if (header['format'] !== format)
    throw failure('log.other-format', {
      ...{ where, header: firstLine(format), format: quote(header['format']) },
    });
  const version = header['version'];
  const newest = newestOf(format);
  if (typeof version === 'number' && Number.isInteger(version) && version >= 1 && version <= newest)
    return version;
  const isNewer = typeof version === 'number' && version > newest;
  throw failure('log.version', { where, header: firstLine(format), version: quoted(version), isNewer });
}

/** A file without a single newline is a log only if it is the beginning of a header. */
function checkTornHeader(bytes: Uint8Array, where: string, format: string): void {
  const begun = tryUtf8(bytes);
  const versions = Array.from({ length: newestOf(format) }, (_, i) => i + 1);
  if (begun === null || !versions.some((version) => logHeader(format, version).startsWith(begun))) {
    throw failure('log.no-header', { where, header: firstLine(format) });
  }
}

function checkLine(
  parsed: { value: unknown } | null,
  text: string | null,
  where: string,
  line: number,
): LogLine {
  if (parsed === null) {
    const is = text === null ? 'no-utf-8' : 'no-json';
    throw failure('log.bad-line', { where, line, is, value: quoted(text ?? undefined) });
  }
  const { value } = parsed;
  if (!isRecord(value)) throw failure('log.bad-line', { where, line, is: 'no-object', value: quoted(value) });
  const step = value['step'];
  if (!isStep(step)) throw failure('log.bad-line', { where, line, is: 'step', value: quoted(step) });
  return { ...value, step };
}
