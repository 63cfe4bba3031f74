/** How options are written where they are spoken of: `--min-count` on a command line, `minCount` in the library. */

/** `forgetBias` → `--forget-bias` */
export const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;

/** Of the options that a program's user knows by name, by flag; null where all are flags to them. */
let names: ReadonlyMap<string, string> | null = null;

/** From here on these options are written as names; chosen once, when a program begins. */
export function writeAsNames(known: Iterable<string>): void {
  names = new Map(Array.from(known, (name) => [flagOf(name), name]));
}

export const writtenOption = (name: string): string => (names === null ? flagOf(name) : name);

/** A sentence in which options are flags, as it is to be said. */
export const withOptionsWritten = (sentence: string): string =>
  names === null
    ? sentence
    : sentence.replace(/(?<![\w-])--[a-z][a-z0-9]*(?:-[a-z0-9]+)*/g, (flag) => names?.get(flag) ?? flag);
