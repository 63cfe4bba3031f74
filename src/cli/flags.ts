/** Flags of a command, made from option tables; and their values, checked by the same tables. */
import type { Options } from 'yargs';
import type * as z from 'zod';
import { UsageError } from '../base/errors.js';
import { describeOptions, flagOf, parseOptions, type OptionDescription } from '../base/options.js';

const dashed = (name: string): string => flagOf(name).slice(2);

function describe({ description, choices, default: preset }: OptionDescription): string {
  const choice = choices ? `: ${choices.join(', ')}` : '';
  return `${description}${choice}${preset === undefined || preset === '' ? '' : ` [${preset}]`}`;
}

/**
 * The flags of a table, for yargs. Values stay as they were typed: the table, not yargs, says what is wrong with one,
 * and in the words of what was typed. Defaults are the table's too, so that a flag left out can be told from one given.
 */
export function flagsOf(schema: z.ZodObject): Record<string, Options> {
  return Object.fromEntries(
    describeOptions(schema).map((option) => [
      dashed(option.name),
      {
        describe: describe(option),
        // No type for the others: they are told apart by the table, and help would call every number a string.
        ...(option.type === 'boolean' && { type: 'boolean' }),
        ...(option.group !== undefined && { group: `${option.group}:` }),
      } satisfies Options,
    ]),
  );
}

/** A flag's text as the number it stands for, or unchanged where it stands for none. */
const numeric = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;

/** The flags that were given, under the names of the table; what is not of the table is left alone with yargs. */
export type Given = Readonly<Record<string, unknown>>;

const OF_YARGS = new Set(['_', '$0', 'help', 'version']);

/**
 * Checks what yargs found.
 * @param positional arguments of the command that are not flags
 * @throws UsageError for an unknown flag, and for a value that the table does not allow
 */
export function readFlags<T extends z.ZodObject>(
  schema: T,
  argv: Given,
  positional: readonly string[],
): z.output<T> {
  return parseOptions(schema, givenFlags(schema, argv, positional));
}

/** What yargs makes of a flag without a value; one that was typed is a text. */
const isBare = (value: unknown): boolean => (Array.isArray(value) ? value.includes(true) : value === true);

/** @throws UsageError for a flag that stands without the value that it needs */
function checkValues(schema: z.ZodObject, argv: Given): void {
  for (const { name, type, isAloneToo } of describeOptions(schema))
    if (type !== 'boolean' && isAloneToo !== true && isBare(argv[name]))
      throw new UsageError({
        where: flagOf(name),
        found: 'has no value',
        expected: `expected one after it, as in ${flagOf(name)} VALUE`,
      });
}

/**
 * The flags alone, numbers as numbers, not yet checked.
 * @throws UsageError for a flag without its value
 */
export function givenFlags(schema: z.ZodObject, argv: Given, positional: readonly string[]): Given {
  checkValues(schema, argv);
  const isNumber = new Set(
    describeOptions(schema)
      .filter(({ type, name }) => type === 'number' || name === 'threads')
      .map(({ name }) => name),
  );
  return Object.fromEntries(
    Object.entries(argv)
      .filter(([name, value]) => !OF_YARGS.has(name) && !positional.includes(name) && value !== undefined)
      .map(([name, value]) => {
        const camel = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
        // Given more than once, a flag counts as it was given last.
        const last: unknown = Array.isArray(value) ? value.at(-1) : value;
        return [camel, isNumber.has(camel) ? numeric(last) : last];
      }),
  );
}
