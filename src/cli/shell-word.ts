/** A path in a command that is there to be copied: quoted where a shell would take it for something else. */
export const shellWord = (word: string): string =>
  /^[\p{L}\p{N}\p{M}_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
