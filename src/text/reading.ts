/** How texts are read: the options that every command that reads some has, and that a run keeps. */
import * as z from 'zod';
import type { OptionMeta } from '../base/options.js';
import { encodingNamed } from './encoding.js';

const option = <T extends z.ZodType>(schema: T, description: string): T =>
  schema.meta({ group: 'Data', description } satisfies OptionMeta);

export const readingOptions = {
  encoding: option(
    z
      .string()
      .refine((label) => label === 'auto' || encodingNamed(label) !== undefined, {
        error: 'expected auto or an encoding such as utf-8, utf-16le, windows-1252, iso-8859-15',
      })
      .default('auto'),
    'encoding of the texts; auto finds it out',
  ),
  keepBoilerplate: option(
    z.boolean().default(false),
    "leave Project Gutenberg's header, licence and footer in",
  ),
  lowercase: option(z.boolean().default(false), 'read capitals as small letters'),
} satisfies Record<string, z.ZodType>;

/** @see readingOptions */
export type Reading = {
  readonly [Name in keyof typeof readingOptions]: z.infer<(typeof readingOptions)[Name]>;
};
