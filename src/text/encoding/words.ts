/** What is said of bytes that cannot be read: where, what was found, what to do. */
import { DissipaError } from '../../base/errors.js';

/** Where in a file: counted from 0 in bytes, from 1 in lines. */
export interface Place {
  readonly byte: number;
  readonly line: number;
}

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;
const shown = (encoding: string): string => (encoding.startsWith('utf-') ? encoding.toUpperCase() : encoding);

const TEXT = 'expected a text';
const ONE_ENCODING = 'expected a text in one encoding throughout';

export const isZero = (where: string, place: Place): DissipaError =>
  new DissipaError({
    where,
    found: `byte ${place.byte} is 0, so this is a binary file`,
    expected: TEXT,
    advice: 'name a text file',
  });

export const isBinary = (where: string, place: Place, byte: number): DissipaError =>
  new DissipaError({
    where,
    found: `byte ${place.byte} is ${byte}, a control character among many, so this is a binary file`,
    expected: TEXT,
    advice: 'name a text file',
  });

export const isCutOff = (where: string, place: Place, encoding: string): DissipaError =>
  new DissipaError({
    where,
    found: `the file ends in the middle of a character of ${shown(encoding)}, at byte ${place.byte}`,
    expected: TEXT,
    advice:
      'is it complete? --bad-bytes drop leaves the rest of the character out; or name another --encoding',
  });

/** @param byte the first that is at fault @param isGuess the encoding was found out, not named */
export const isWrong = (
  where: string,
  place: Place,
  { byte, encoding, isGuess }: { byte: number; encoding: string; isGuess: boolean },
): DissipaError =>
  new DissipaError({
    where,
    found: `byte ${place.byte} (${hex(byte)}) is not ${shown(encoding)}${isGuess ? ', as the rest is' : ''}: line ${place.line}`,
    expected: ONE_ENCODING,
    advice:
      'mend it there, or go on with --bad-bytes replace (by U+FFFD) or --bad-bytes drop, or name another --encoding where all of it is in that',
  });

/** @param place where the second encoding shows */
export const isMixed = (where: string, place: Place, before: string, after: string): DissipaError =>
  new DissipaError({
    where,
    found: `from byte ${place.byte} on (line ${place.line}) the text is ${shown(after)}, before it is ${shown(before)}`,
    expected: ONE_ENCODING,
    advice: `bring both parts into one, for example with \`${
      before === 'utf-8'
        ? `tail -c +${place.byte + 1} FILE | iconv -f ${after}`
        : `head -c ${place.byte} FILE | iconv -f ${before}`
    } -t utf-8\``,
  });
