/** What the lesson measures on: a text, its alphabet, and the sizes that all of its networks share. */
import * as z from 'zod';
import { failure } from '../../base/errors.js';
import type { Kernels } from '../../kernels/kernels.js';
import type { Alphabet } from '../../text/alphabet.js';
import { shortestSplit, splitText, type TextParts } from '../../text/split.js';
import type { Symbols } from '../../text/symbols.js';
import { beginningOf, shortestText, type WindowSize } from '../../text/windows.js';
import { trainOptions } from '../../train/options.js';
import { levelsOf } from './levels.js';
import type { Levels } from '../../words/lesson/levels.js';
import type { LessonOptions, TooShort } from '../../words/lesson/setup.js';

/** Half as many rows as a run has by default: with fifty trainings, twice as many steps are worth more. */
export const BATCH = 16;

export const VALIDATION = 0.1;

/**
 * A training that reads its text more often than this learns it by heart: of 11,000 characters of prose (92 times) a
 * network of 64 units still learns what holds for the held-out end, of 6,000 none does.
 */
const MOST_PASSES = 100;

const size = (most: number, preset: number) =>
  z.int().min(2).max(most).default(preset).meta({ group: 'training' });

/** The table of a lesson's options. */
export const lessonOptions = z.strictObject({
  hidden: size(4096, 64),
  window: size(4096, 64),
  steps: size(1_000_000, 1000),
  seed: trainOptions.shape.seed,
});

/** A text in symbols. */
export interface LessonText {
  readonly alphabet: Alphabet;
  readonly symbols: Symbols;
  /** What it is called in errors. */
  readonly where: string;
  /** What it is called to readers; null for the corpus that comes with the program. */
  readonly name: string | null;
  /** What it stands in for. */
  readonly insteadOf?: TooShort;
}

/** What a lesson is measured on. */
export interface LessonSetup extends LessonOptions, Omit<LessonText, 'symbols'>, TextParts {
  readonly kernels: Kernels;
  /** Ids of the text that gradients are measured on: the beginning of the held-out one. */
  readonly measured: Uint16Array;
  /** Its window, with as many rows as there is text for. */
  readonly size: WindowSize;
  readonly levels: Levels;
}

/** The shortest text that carries a lesson: its end fills the window measured on, and no training learns it by heart. */
export function shortestLesson({ window: timesteps, steps }: LessonOptions): number {
  const held = Math.ceil(shortestText({ rows: BATCH, timesteps }) / VALIDATION);
  const read = (steps * BATCH * timesteps) / MOST_PASSES / (1 - VALIDATION);
  return Math.max(held, Math.ceil(read));
}

/** @throws DissipaError where the text is too short for a window */
export function prepareLesson(
  { symbols, ...text }: LessonText,
  options: LessonOptions,
  kernels: Kernels,
): LessonSetup {
  const { window: timesteps } = options;
  const needed = shortestSplit({ rows: BATCH, timesteps }, VALIDATION);
  if (symbols.length < needed)
    throw failure('lesson.short', {
      where: text.where,
      characters: symbols.length,
      needed,
      rows: BATCH,
      timesteps,
    });
  const split = splitText(symbols, VALIDATION);
  // At least one: a text that is long enough to train on holds out nearly two windows.
  const { ids, size } = beginningOf(split.validation, { rows: BATCH, timesteps });
  return {
    ...options,
    ...text,
    ...split,
    kernels,
    measured: ids,
    size,
    levels: levelsOf(split.training, split.validation, text.alphabet.size),
  };
}

/** The seed of the i-th of several networks that differ in nothing else; i counts from 0. */
export const seedOf = ({ seed }: Pick<LessonOptions, 'seed'>, i: number): number => (seed + i) | 0;
