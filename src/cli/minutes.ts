/** `train --minutes`: the options it stands for, measured and chosen once; and at the end, whether the time was kept. */
import { choiceInWords, type Choice } from '../study/train/minutes.js';
import { textWidth, wrap } from '../ui/terminal/wrap.js';
import { secondsPerStep } from '../study/train/calibrate.js';
import { recipe, type Recipe } from '../train/recipes.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Environment } from './environment.js';
import type { Given } from './flags.js';
import { readingCommand, runFlags } from './run-words.js';

/** What is kept for the ending: a sample, the counting, the gradient. */
const ENDING_SECONDS = 2;
/** Of the time, at most, for one shape's steps. */
const MOST_SHARE = 0.02;

export interface Wish {
  /** Which will train. */
  readonly kernels: Kernels;
  readonly minutes: number;
  /** The flags that were given beside it. */
  readonly given: Given;
  readonly texts: readonly string[];
  /** The model that is begun with. */
  readonly from: string | null;
  /** To train on. */
  readonly characters: number;
  /** V */
  readonly symbols: number;
}

/** Says what is chosen as it is, in flags that give the same bits. */
export function chooseOptions(env: Environment, wish: Wish): Recipe & Choice {
  const { kernels, minutes, given, texts, from, characters, symbols } = wish;
  const total = 60 * minutes;
  const left = (): number => Math.max(0, total - env.now() / 1000 - ENDING_SECONDS);
  const choosing = recipe({ characters, symbols, own: given });
  let step = choosing.next();
  while (step.done !== true) {
    const took = secondsPerStep(kernels, step.value, symbols, () => env.now(), MOST_SHARE * total);
    step = choosing.next({ secondsPerStep: took, secondsLeft: left() });
  }
  const chosen = { minutes, characters, ...step.value };
  const told = wrap(choiceInWords(chosen, env.words), textWidth(env.columns));
  env.err(`${told}\n  ${readingCommand('train', texts, runFlags(chosen.options, from))}\n`);
  return chosen;
}
