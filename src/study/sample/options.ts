/** What can be asked of a sample. */
import * as z from 'zod';
import type { OptionMeta } from '../../base/options.js';
import { UNKNOWNS } from '../../text/unknown.js';

const LARGEST_SEED = 2 ** 31 - 1;

export const STARTS = ['word', 'line'] as const;

/** The table of how a text is to be written. */
export const sampleOptions = z.strictObject({
  prompt: z
    .string()
    .default('')
    .meta({ group: 'sampling', takes: 'words' } satisfies OptionMeta),
  start: z.enum(STARTS).optional().meta({ group: 'sampling' }),
  length: z.int().min(0).default(500).meta({ group: 'sampling' }),
  stop: z
    .string()
    .refine((text) => text !== '', { error: 'some-text' })
    .optional()
    .meta({ group: 'sampling', takes: 'words' } satisfies OptionMeta),
  lines: z.int().min(0).default(0).meta({ group: 'sampling' }),
  count: z.int().min(1).max(1_000_000).default(1).meta({ group: 'sampling' }),
  temperature: z.number().min(0).default(0.8).meta({ group: 'sampling' }),
  topK: z.int().min(0).default(0).meta({ group: 'sampling' }),
  topP: z.number().gt(0).max(1).default(1).meta({ group: 'sampling' }),
  seed: z
    .int()
    .min(-(2 ** 31))
    .max(LARGEST_SEED)
    .default(1)
    .meta({ group: 'sampling' }),
  unknown: z.enum(UNKNOWNS).optional().meta({ group: 'sampling' }),
});
/** How a text is to be written. */
export type SampleOptions = Readonly<z.infer<typeof sampleOptions>>;

/** Why a sample ended: it is as long as was asked for, the stop text came, the last of its lines was through, or the
 * record, of a model of records. */
export type SampleEnd = 'length' | 'stop' | 'lines' | 'record';

/** Seeds beyond are those of no sample. */
export const hasSeeds = ({ seed, count }: SampleOptions): boolean => seed + count - 1 <= LARGEST_SEED;
