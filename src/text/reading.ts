/** How texts are read: the options that every command that reads some has, and that a run keeps. */
import * as z from 'zod';
import { misuse } from '../base/errors.js';
import { flagOf, type OptionMeta } from '../base/options.js';
import './symbol-problems.js';
import { BAD_BYTES } from './encoding/codec.js';
import { encodingNamed, ENCODINGS } from './encoding/names.js';
import { RECORDS } from './records.js';
import type { ReadingVersion } from './versions.js';

/** Instead of an encoding: those that there are are shown. */
export const LIST = 'list';

const option = <T extends z.ZodType>(schema: T): T => schema.meta({ group: 'data' } satisfies OptionMeta);
/** May be given anew with --resume: the text must be the same. */
const resumable = <T extends z.ZodType>(schema: T): T =>
  schema.meta({ group: 'data', resumable: true } satisfies OptionMeta);

/** `abc, .TXT` → `abc`, `txt`; null where one of them is none. */
export function extensionsIn(list: string): string[] | null {
  const names = list.split(',').map((name) => name.trim().replace(/^\./, '').toLowerCase());
  return names.every((name) => /^[\p{L}\p{N}_+-]+(?:\.[\p{L}\p{N}_+-]+)*$/u.test(name)) ? names : null;
}

export const readingOptions = {
  encoding: option(
    z
      .string()
      .refine((label) => label === 'auto' || encodingNamed(label) !== undefined, {
        error: 'encoding',
      })
      .default('auto')
      .meta({ takes: 'name', known: [...ENCODINGS, LIST] } satisfies OptionMeta),
  ),
  badBytes: option(z.enum(BAD_BYTES).default('refuse')),
  ext: resumable(
    z
      .string()
      .refine((list) => extensionsIn(list) !== null, { error: 'extensions' })
      .default('txt,md')
      .meta({ takes: 'list' } satisfies OptionMeta),
  ),
  keepBoilerplate: option(z.boolean().default(false)),
  lowercase: option(z.boolean().default(false)),
} satisfies Record<string, z.ZodType>;

/** @see readingOptions */
export type Reading = {
  readonly [Name in keyof typeof readingOptions]: z.infer<(typeof readingOptions)[Name]>;
};

export const SYMBOLS = ['characters', 'bytes'] as const;

/** What a model is made for: it keeps it, so that only what trains one, or looks at a text before, has these options. */
export const symbolOptions = {
  records: option(z.enum(RECORDS).optional()),
  symbols: option(z.enum(SYMBOLS).optional()),
} satisfies Record<string, z.ZodType>;

/** @see symbolOptions */
export type SymbolOptions = {
  readonly [Name in keyof typeof symbolOptions]?: z.infer<(typeof symbolOptions)[Name]>;
};

/**
 * Bytes are not decoded, so that nothing of it can be asked for.
 * @throws UsageError
 */
export function checkSymbolOptions({ symbols, ...given }: Partial<Reading> & SymbolOptions): void {
  if (symbols !== 'bytes') return;
  for (const name of ['encoding', 'badBytes', 'keepBoilerplate', 'lowercase'] as const) {
    const value = given[name];
    if (value !== undefined && value !== readingOptions[name].parse(undefined))
      throw misuse('text.bytes-as-they-are', { option: flagOf(name) });
  }
}

export type HowToRead = Partial<Reading> &
  SymbolOptions & {
    readonly version?: ReadingVersion | undefined;
  };
