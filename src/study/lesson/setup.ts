/** What the lesson measures on: a text, its alphabet, and the sizes that all of its networks share. */
import * as z from 'zod';
import { DissipaError } from '../../base/errors.js';
import { counted } from '../../base/words.js';
import type { Kernels } from '../../kernels/kernels.js';
import type { Alphabet } from '../../text/alphabet.js';
import { shortestSplit, splitText, type Split } from '../../text/split.js';
import type { Symbols } from '../../text/symbols.js';
import { shortestText, type WindowSize, windowInWords } from '../../text/windows.js';
import { trainOptions } from '../../train/options.js';

/** Half as many rows as a run has by default: with thirty trainings, twice as many steps are worth more. */
export const BATCH = 16;
export const VALIDATION = 0.1;

const size = (most: number, preset: number, description: string) =>
  z.int().min(2).max(most).default(preset).meta({ description });

export const lessonOptions = z.strictObject({
  hidden: size(4096, 64, 'units in each layer of every network, H'),
  window: size(4096, 64, 'timesteps the gradient travels back, T'),
  steps: size(1_000_000, 1000, 'updates in each of the brief trainings'),
  seed: trainOptions.shape.seed,
});
export type LessonOptions = Readonly<z.output<typeof lessonOptions>>;

/** A text in symbols. */
export interface LessonText {
  readonly alphabet: Alphabet;
  readonly symbols: Symbols;
  /** What it is called in errors. */
  readonly where: string;
  /** What it is called to readers; null for the corpus that comes with the program. */
  readonly name: string | null;
}

export interface LessonSetup extends LessonOptions, Omit<LessonText, 'symbols'>, Split {
  /** A fresh engine for each network: an engine's memory is never returned. */
  readonly open: () => Promise<Kernels>;
  /** The text that gradients are measured on: the beginning of the held-out one. */
  readonly measured: string;
  /** Its window, with as many rows as there is text for. */
  readonly size: WindowSize;
}

/** @throws DissipaError where the text is too short for a window */
export function prepareLesson(
  { symbols, ...text }: LessonText,
  options: LessonOptions,
  open: LessonSetup['open'],
): LessonSetup {
  const { window: timesteps } = options;
  const needed = shortestSplit({ rows: BATCH, timesteps }, VALIDATION);
  if (symbols.length < needed)
    throw new DissipaError({
      where: text.where,
      found: counted(symbols.length, 'character'),
      expected: `at least ${needed} for ${windowInWords({ rows: BATCH, timesteps })}, a tenth held out`,
      advice: 'give a longer text, or a smaller --window',
    });
  const split = splitText(symbols, VALIDATION);
  // At least one: a text that is long enough to train on holds out nearly two windows.
  const rows = Math.min(BATCH, Math.floor((split.validation.length - 1) / timesteps));
  const ids = new Uint16Array(shortestText({ rows, timesteps }));
  split.validation.read(0, ids);
  return {
    ...options,
    ...text,
    ...split,
    open,
    measured: text.alphabet.decode(ids),
    size: { rows, timesteps },
  };
}
