/** Words of a command that is there to be copied. */
import { visibleInLine } from './visible.js';

/** A path in a command that is there to be copied: quoted where a shell would take it for something else. */
export function shellWord(word: string): string {
  if (/^[\p{L}\p{N}\p{M}_@%+=:,./-]+$/u.test(word)) return word;
  if (visibleInLine(word) === word) return `'${word.replaceAll("'", "'\\''")}'`;
  // A terminal must not be shown it as it is; bash, zsh and ksh read its bytes in this form.
  const bytes = Array.from(new TextEncoder().encode(word), (byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x27 || byte === 0x5c
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : String.fromCharCode(byte),
  );
  return `$'${bytes.join('')}'`;
}
