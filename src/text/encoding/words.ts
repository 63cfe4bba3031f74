/** What is said of bytes that cannot be read: where, what was found, what to do. */
import { failure, type DissipaError } from '../../base/errors.js';

/** Where in a file: counted from 0 in bytes, from 1 in lines. */
export interface BytePlace {
  readonly byte: number;
  readonly line: number;
}

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;
const shown = (encoding: string): string => (encoding.startsWith('utf-') ? encoding.toUpperCase() : encoding);

export const isZero = (where: string, { byte }: BytePlace): DissipaError =>
  failure('text.zero', { where, byte });

export const isBinary = (where: string, { byte }: BytePlace, value: number): DissipaError =>
  failure('text.binary', { where, byte, value });

export const isCutOff = (where: string, { byte }: BytePlace, encoding: string): DissipaError =>
  failure('text.cut-off', { where, byte, encoding: shown(encoding) });

/** @param byte the first that is at fault @param isGuess the encoding was found out, not named */
export const isWrong = (
  where: string,
  place: BytePlace,
  { byte, encoding, isGuess }: { byte: number; encoding: string; isGuess: boolean },
): DissipaError =>
  failure('text.bad-byte', { where, ...place, value: hex(byte), encoding: shown(encoding), isGuess });

/** @param place where the second encoding shows */
export const isMixed = (
  where: string,
  { byte, line }: BytePlace,
  before: string,
  after: string,
): DissipaError =>
  failure('text.mixed', {
    where,
    byte,
    line,
    before: shown(before),
    after: shown(after),
    command: commandFor(byte, before, after, /\.gz$/i.test(where)),
  });

/** Makes UTF-8 of both parts; FILE and NEW are the reader's. @param isPacked the bytes are those of what is packed */
function commandFor(byte: number, before: string, after: string, isPacked: boolean): string {
  const part = (encoding: string, which: string): string => {
    const bytes = isPacked ? `gzip -dc FILE | ${which}` : `${which} FILE`;
    return encoding === 'utf-8' ? bytes : `${bytes} | iconv -f ${ICONV[encoding] ?? encoding} -t utf-8`;
  };
  const [first, second] = [part(before, `head -c ${byte}`), part(after, `tail -c +${byte + 1}`)];
  return `(${first}; ${second}) > NEW`;
}
/** Other names than ours. */
const ICONV: Readonly<Record<string, string>> = { 'x-mac-cyrillic': 'mac-cyrillic', shift_jis: 'shift-jis' };
