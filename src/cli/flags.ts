/** Flags of a command, made from option tables; and their values, checked by the same tables. */
import type { Options } from 'yargs';
import type * as z from 'zod';
import { misuse } from '../base/errors.js';
import { checkTyped, describeOptions, flagOf, parseOptions, placeholderOf } from '../base/options.js';

/** For yargs: what it must know to tell flags from words. Values stay as they were typed, and are checked by the table. */
export function flagsOf(schema: z.ZodObject): Record<string, Options> {
  return Object.fromEntries(
    describeOptions(schema).map(({ name, type }) => [
      flagOf(name).slice(2),
      // No type for the others: they are told apart by the table.
      { ...(type === 'boolean' && { type }) } satisfies Options,
    ]),
  );
}

/** A flag's text as the number it stands for, or unchanged where it stands for none. */
const numeric = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;

/** The flags that were given, under the names of the table; what is not of the table is left alone with yargs. */
export type Given = Readonly<Record<string, unknown>>;

const OF_YARGS = new Set(['_', '$0']);

/**
 * Checks what yargs found.
 * @throws UsageError for an unknown flag, and for a value that the table does not allow
 */
export function readFlags<T extends z.ZodObject>(schema: T, argv: Given): z.output<T> {
  return parseOptions(schema, givenFlags(schema, argv));
}

/** Of what was given, the flags of a table. @param isOf false: the others */
export const partOf = (given: Given, { shape }: z.ZodObject, isOf = true): Given =>
  Object.fromEntries(Object.entries(given).filter(([name]) => name in shape === isOf));

/** What yargs makes of a flag without a value; one that was typed is a text. */
const isBare = (value: unknown): boolean => (Array.isArray(value) ? value.includes(true) : value === true);

/** @throws UsageError for a flag that stands without the value that it needs */
function checkValues(schema: z.ZodObject, argv: Given): void {
  for (const option of describeOptions(schema)) {
    const { name, type, isAloneToo } = option;
    if (type !== 'boolean' && isAloneToo !== true && isBare(argv[name]))
      throw misuse('option.bare', { option: flagOf(name), takes: placeholderOf(option) });
  }
}

/**
 * The flags alone, numbers as numbers, not yet checked.
 * @throws UsageError for a flag without its value
 */
export function givenFlags(schema: z.ZodObject, argv: Given): Given {
  checkValues(schema, argv);
  const isNumber = new Set(
    describeOptions(schema)
      .filter(({ type, name }) => type === 'number' || name === 'threads')
      .map(({ name }) => name),
  );
  return Object.fromEntries(
    Object.entries(argv)
      .filter(([name, value]) => !OF_YARGS.has(name) && value !== undefined)
      .map(([name, value]) => {
        const camel = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
        // Given more than once, a flag counts as it was given last.
        const last: unknown = Array.isArray(value) ? value.at(-1) : value;
        if (!isNumber.has(camel)) return [camel, last];
        // `1.000` is a thousand to some, and 1 to JavaScript.
        if (typeof last === 'string') checkTyped(schema, camel, last);
        return [camel, numeric(last)];
      }),
  );
}
