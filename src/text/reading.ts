/** How texts are read: the options that every command that reads some has, and that a run keeps. */
import * as z from 'zod';
import type { OptionMeta } from '../base/options.js';
import { BAD_BYTES } from './encoding/codec.js';
import { encodingNamed } from './encoding/names.js';

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
      .default('auto'),
  ),
  badBytes: option(z.enum(BAD_BYTES).default('refuse')),
  ext: resumable(
    z
      .string()
      .refine((list) => extensionsIn(list) !== null, { error: 'extensions' })
      .default('txt,md'),
  ),
  keepBoilerplate: option(z.boolean().default(false)),
  lowercase: option(z.boolean().default(false)),
} satisfies Record<string, z.ZodType>;

/** @see readingOptions */
export type Reading = {
  readonly [Name in keyof typeof readingOptions]: z.infer<(typeof readingOptions)[Name]>;
};

/**
 * What becomes of the same bytes has changed: a run goes on with the reading it was begun with.
 *   1  Windows-1252 for whatever is not UTF-8; control characters taken out, form feeds among them; between two markers
 *      of Project Gutenberg's all is kept, outside them nothing. Runs that say nothing of it were begun with this one.
 *   2  as decode.ts does it
 */
export const READING_VERSION = 2;
export type ReadingVersion = 1 | 2;
export const isVersion = (version: number): version is ReadingVersion => version === 1 || version === 2;

export type HowToRead = Partial<Reading> & { readonly version?: ReadingVersion | undefined };
