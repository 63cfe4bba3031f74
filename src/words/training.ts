/** What is told of a training, as keys and values. Losses are nats a character. */
import type { Numbers } from './numbers.js';

export type Finding =
  /** No step was made: the net is as it was drawn. */
  | { readonly kind: 'untrained'; readonly lossNats: number | null }
  /** Nothing was learnt: even guessing is better at the end and always was, on the text trained on too. */
  | { readonly kind: 'failed'; readonly lossNats: number }
  /** Something was, and then the training came apart: what it was trained on is told worse as well. */
  | { readonly kind: 'diverged'; readonly since: number; readonly rise: number }
  /** Layers most of whose units never answer. */
  | { readonly kind: 'dead'; readonly layers: readonly number[] }
  /** The text trained on is told better than even guessing tells it, the held-out one never was. */
  | { readonly kind: 'nothing-carries-over'; readonly lossNats: number }
  /** What is held out is told worse than before, and what it was trained on better: that is learnt by heart. */
  | { readonly kind: 'overfitting'; readonly since: number; readonly rise: number }
  | { readonly kind: 'behind-counting'; readonly by: number }
  | { readonly kind: 'ahead-of-counting'; readonly by: number }
  /** The last tenth of the steps brought so much; of an annealed run: and nothing is learnt by heart yet. */
  | { readonly kind: 'improving'; readonly by: number };

/** The figures that findings are told beside. */
export interface TrainingFigures {
  /** V */
  readonly symbols: number;
  readonly lr: number;
  readonly step: number;
  readonly bestNats: number | null;
  readonly endNats: number | null;
  readonly trainingNats: number | null;
  readonly evenNats: number;
  /** What counting alone needs; null where nothing was counted. */
  readonly floorNats: number | null;
}

/** A time for people: 40 seconds, 1.2 minutes, 12 minutes, 3.5 hours */
export interface Duration {
  readonly unit: 'second' | 'minute' | 'hour';
  readonly count: number;
}

export function durationOf(seconds: number): Duration {
  if (seconds < 59.5) return { unit: 'second', count: Math.max(1, Math.round(seconds)) };
  const minutes = seconds / 60;
  if (minutes >= 180) return { unit: 'hour', count: Number((minutes / 60).toPrecision(2)) };
  return { unit: 'minute', count: Number(minutes.toPrecision(minutes < 10 ? 2 : 3)) };
}

/** Nats as bits: 2.650; grouped, or with an exponent, where a training came apart: 2,435 */
export const bitsIn =
  ({ fixed, count }: Numbers) =>
  (nats: number): string => {
    const value = nats / Math.LN2;
    if (Math.abs(value) < 1000) return fixed(value, 3);
    return Math.abs(value) < 1e12 ? count(Math.round(value)) : value.toExponential(1);
  };
