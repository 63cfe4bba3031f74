/** The learning rate by step. */
import { cosOfTurns } from '../base/elementary.js';

export const SCHEDULES = ['constant', 'linear', 'cosine'] as const;
export type ScheduleName = (typeof SCHEDULES)[number];

export interface ScheduleOptions {
  readonly lr: number;
  readonly schedule: ScheduleName;
  /** Steps in which the rate rises from 0 to `lr`, linearly. */
  readonly warmup: number;
  /** What linear and cosine end at. */
  readonly minLr: number;
}

/** The rate of `step` (from 1) of `steps`. After the warm-up: constant, or down to `minLr` at the last step. */
export function learningRate(options: ScheduleOptions, step: number, steps: number): number {
  const { lr, schedule, warmup, minLr } = options;
  if (step <= warmup) return (lr * step) / warmup;
  const progress = steps > warmup + 1 ? Math.min(1, (step - warmup - 1) / (steps - warmup - 1)) : 0;
  switch (schedule) {
    case 'constant':
      return lr;
    case 'linear':
      return lr + (minLr - lr) * progress;
    case 'cosine':
      return minLr + ((lr - minLr) * (1 + cosOfTurns(progress / 2))) / 2;
  }
}
