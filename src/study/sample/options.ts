/** What can be asked of a sample. */
import * as z from 'zod';
import { UNKNOWNS } from '../../text/unknown.js';

const LARGEST_SEED = 2 ** 31 - 1;

export const STARTS = ['word', 'line'] as const;

export const sampleOptions = z.strictObject({
  prompt: z.string().default('').meta({ description: 'text to go on from; read through the network first' }),
  start: z.enum(STARTS).optional().meta({
    description: 'begin where a word or a line begins: a space or a line feed is read first',
  }),
  length: z.int().min(0).default(500).meta({ description: 'characters to make, at most' }),
  stop: z
    .string()
    .refine((text) => text !== '', { error: 'some-text' })
    .optional()
    .meta({ description: 'end a sample before this text' }),
  lines: z.int().min(0).default(0).meta({ description: 'end a sample after so many lines; 0 for no end' }),
  count: z.int().min(1).max(1_000_000).default(1).meta({
    description:
      'samples to make, side by side; their seeds are seed, seed + 1, … and each is what its seed gives alone',
  }),
  temperature: z
    .number()
    .min(0)
    .default(0.8)
    .meta({ description: 'below 1 likelier, above 1 bolder; 0 always takes the likeliest' }),
  topK: z.int().min(0).default(0).meta({ description: 'choose among the k likeliest only; 0 for all' }),
  topP: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .meta({ description: 'choose among the likeliest that together have this probability' }),
  seed: z
    .int()
    .min(-(2 ** 31))
    .max(LARGEST_SEED)
    .default(1)
    .meta({ description: 'seed of the choices: same seed, same text' }),
  unknown: z.enum(UNKNOWNS).optional().meta({
    description:
      'what becomes of symbols of the prompt that the model has not [replace where it has a symbol for them, else refuse]',
  }),
});
export type SampleOptions = Readonly<z.infer<typeof sampleOptions>>;

/** Why a sample ended: it is as long as was asked for, the stop text came, or the last of its lines was through. */
export type SampleEnd = 'length' | 'stop' | 'lines';

/** Seeds beyond are those of no sample. */
export const hasSeeds = ({ seed, count }: SampleOptions): boolean => seed + count - 1 <= LARGEST_SEED;
