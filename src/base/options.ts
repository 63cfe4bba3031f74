/**
 * Options from a table: a strict zod object is the one place where an option's name, range, default and description
 * stand; flags, help, checks and forms are read out of it.
 */
import * as z from 'zod';
import { misuse, type UsageError } from './errors.js';
import { nearest } from './nearest.js';
import { writtenOption } from './option-names.js';
import { expectedBy, type Expected } from './expected.js';
import { checkTypedNumber, type NumberKind } from './typed-number.js';

export { flagOf } from './option-names.js';

/** The heading that an option stands under in help. */
export type OptionGroup =
  | 'model'
  | 'fresh'
  | 'contenders'
  | 'budget'
  | 'sweep'
  | 'data'
  | 'training'
  | 'optimiser'
  | 'probes'
  | 'sampling'
  | 'measuring'
  | 'files'
  | 'run'
  | 'general';

/** What a value that is neither a number nor one of a few names, for help and for completion. */
export type Takes =
  | 'text'
  | 'words'
  | 'file'
  | 'folder'
  | 'folders'
  | 'model'
  | 'weights'
  | 'run'
  | 'list'
  | 'name'
  | 'count'
  | 'axes'
  | 'part'
  | 'address';

/** What stands for an option's value where it is spoken of. */
export type Placeholder = Takes | 'choice' | 'number';

/** What a schema says of an option beside its range, through `.meta()`; what it is called stands in `words/`. */
export interface OptionMeta {
  readonly group?: OptionGroup;
  readonly takes?: Takes;
  /** The names of which a list is made. */
  readonly listOf?: readonly string[];
  /** What is taken where it is left out, if that is no default of the table. */
  readonly usual?: number;
  /** train: may be given anew with --resume. */
  readonly resumable?: boolean;
  /** May stand without a value. */
  readonly isAloneToo?: boolean;
  /** A share below 1, or a count. */
  readonly isCountToo?: boolean;
  /** Names that a text may be, among others: for completion, and for what may have been meant. */
  readonly known?: readonly string[];
}

export interface OptionDescription extends OptionMeta {
  readonly name: string;
  readonly type: 'number' | 'string' | 'boolean';
  readonly choices?: readonly string[];
  readonly default?: string | number | boolean;
}

/**
 * One of the names that there are when it is checked: more may have been added since the table was made.
 * @param listed those that help, completion and forms show
 */
export const nameOf = <Name extends string>(
  names: () => readonly Name[],
  listed: readonly Name[],
): z.ZodType<Name, Name> =>
  z
    .unknown()
    .check(({ value, issues }) => {
      const values = names();
      if (!values.some((name) => name === value))
        issues.push({ code: 'invalid_value', values: [...values], input: value });
    })
    .meta({ type: 'string', enum: listed }) as unknown as z.ZodType<Name, Name>;

interface PropertySchema extends OptionMeta {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: string | number | boolean;
}

const TYPES: Readonly<Record<string, OptionDescription['type']>> = {
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
};

const propertiesOf = (schema: z.ZodObject): Readonly<Record<string, PropertySchema>> =>
  z.toJSONSchema(schema, { io: 'input' }).properties as Record<string, PropertySchema>;

const SAID = ['default', 'group', 'takes', 'listOf', 'usual', 'resumable', 'isAloneToo', 'known'] as const;

/** The table, read back out of the schema. */
export function describeOptions(schema: z.ZodObject): OptionDescription[] {
  return Object.entries(propertiesOf(schema)).map(([name, property]) => ({
    name,
    type: TYPES[property.type ?? ''] ?? 'string',
    ...(property.enum && { choices: property.enum }),
    ...Object.fromEntries(SAID.flatMap((key) => (property[key] === undefined ? [] : [[key, property[key]]]))),
  }));
}

/** A text says what it is by its `takes`. */
export const placeholderOf = ({
  choices,
  takes,
}: Pick<OptionDescription, 'choices' | 'takes'>): Placeholder => (choices ? 'choice' : (takes ?? 'number'));

/** A value as it was typed; JSON has no word for an infinite number. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value || "''";
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** The value that may have been meant, where only some are allowed: `lstm` for `LSTM`. @param known names of a text */
function guessed(value: unknown, expected: Expected, known: readonly string[]): string | null {
  if (typeof value !== 'string') return null;
  const names = expected.is === 'one-of' ? expected.values : expected.is === 'rule' ? known : [];
  return nearest(value, names) ?? null;
}

/**
 * Completes and checks options.
 * @throws UsageError for an unknown name (with the nearest known one) and for a value out of range
 */
export function parseOptions<T extends z.ZodObject>(
  schema: T,
  given: Readonly<Record<string, unknown>>,
): z.output<T> {
  const names = Object.keys(schema.shape);
  for (const name of Object.keys(given)) if (!names.includes(name)) throw unknownOption(name, names);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue.path[0]);
  const value = given[name];
  const known = (propertiesOf(schema)[name] as PropertySchema | undefined)?.known ?? [];
  if (typeof value === 'string') checkTyped(schema, name, value);
  const [option, wanted] = [writtenOption(name), expectedBy(issue)];
  // What is typed is a text always: that one is wanted would say nothing.
  const expected: Expected = wanted.is === 'string' ? { is: 'value' } : wanted;
  if (value === undefined) throw misuse('option.missing', { option, expected });
  throw misuse('option.wrong', {
    option,
    value: shown(value),
    expected,
    guess: guessed(value, expected, known),
  });
}

/** Which kind of number an option wants; null where it wants none. */
function numberKind(schema: z.ZodObject, name: string): NumberKind | null {
  const property = propertiesOf(schema)[name] as PropertySchema | undefined;
  if (TYPES[property?.type ?? ''] !== 'number') return null;
  if (property?.type === 'integer') return 'whole';
  return property?.isCountToo === true ? 'share-or-count' : 'any';
}

/** @throws UsageError where one number is wanted and the text is not plainly one, if JavaScript would take it or not */
export function checkTyped(schema: z.ZodObject, name: string, text: string): void {
  const kind = numberKind(schema, name);
  if (kind !== null) checkTypedNumber(name, text, kind);
}

export const unknownOption = (name: string, names: readonly string[]): UsageError => {
  const guess = nearest(name, names);
  return misuse('option.unknown', {
    option: writtenOption(name),
    guess: guess === undefined ? null : writtenOption(guess),
  });
};
