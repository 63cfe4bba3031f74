/** Where a run ends, and how it can go on from there. */
import { misuse } from '../base/errors.js';
import { DEFAULT_STEPS, type TrainOptions } from '../train/options.js';
import type { Trainer } from '../train/trainer.js';
import type { Environment } from './environment.js';
import { shellWord } from '../base/shell-word.js';

/** @throws UsageError where the run has gone beyond the end it is given: its logs would lie behind it */
export function checkEnd({ step, steps }: Trainer, { epochs }: TrainOptions): void {
  if (steps >= step) return;
  throw misuse('run.past-end', {
    option: epochs === undefined ? '--steps' : '--epochs',
    epochs: epochs ?? null,
    end: steps,
    step,
  });
}

/** Says why a run ended, where that is not plain to see, and how it can go on. */
export function tellEnd(
  env: Environment,
  dir: string,
  { step, steps }: Trainer,
  { patience }: TrainOptions,
  firstStep: number,
): void {
  const again = `npx dissipa train --resume ${shellWord(dir)}`;
  const { notes } = env.words.training;
  if (step < steps)
    env.err(`${notes.patience(step, steps, patience, `${again} --patience ${patience * 2}`)}
`);
  else if (step === firstStep)
    env.err(`${notes.last(step, `${again} --steps ${step === 0 ? DEFAULT_STEPS : step * 2}`)}
`);
}
