/** What becomes of a training of a sweep: figures alone, the same bits wherever it ran, but for the seconds. */
import * as z from 'zod';
import { listOf } from '../../base/lists.js';
import { verdictName } from '../../probe/memory.js';

const lag = z.int().nullable();
const memorySchema = z.object({
  layer: z.int(),
  halfLife: lag,
  lag1pct: lag,
  lag1e6: lag,
  verdict: verdictName,
});

export const resultSchema = z.object({
  /** The training's place among all of the sweep, from 0. */
  index: z.int().min(0),
  /** `steps`: through; `patience`; `halving`: stopped early, for others were better; `diverged`. */
  ended: z.enum(['steps', 'patience', 'halving', 'diverged']),
  /** The last step made. */
  step: z.int().min(0),
  /** Of them all. */
  steps: z.int().min(0),
  /** Trained on, text read again counted again. */
  characters: z.number(),
  parameters: z.int(),
  /** Nats a character of the held-out text at its best, and the step of that; null where it never was a number. */
  best: z.object({ step: z.int(), lossNats: z.number() }).nullable(),
  /** Of the held-out text that was looked at. */
  predictions: z.int(),
  /** How far the gradient reaches at the end, by layer, as `inspect` has it; null where a state overflows. */
  memory: listOf(memorySchema).nullable(),
  /** The arithmetic at its end: other processors may give other last digits. */
  engine: z.string(),
  /** Spent on it, wherever that was. */
  seconds: z.number(),
});

/** How far a training is; nats a character at its best. */
export const progressSchema = z.object({
  step: z.int().min(0),
  steps: z.int().min(0),
  lossNats: z.number().nullable(),
});

export type SweepResult = z.infer<typeof resultSchema>;
export type LayerMemory = z.infer<typeof memorySchema>;
