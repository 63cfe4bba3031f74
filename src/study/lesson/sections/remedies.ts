/**
 * Section 8: ReLU does not squash, and so is the remedy. Judged with the uniform and with the identity initialisation, LSTM
 * and GRU beside it, on the networks of section 7: does its gradient reach further than tanh's, has it learnt, and at what
 * price?
 */
import { log10 } from '../../../base/elementary.js';
import { vanishes } from '../curve.js';
import { MARGIN_NATS } from '../levels.js';
import { now, partOf, verdictOf, type Part, type Verdict } from '../outcome.js';
import {
  exploded,
  EXPLODES_AT,
  reachesFurther,
  reachOf,
  tanhOf,
  type Attempt,
  type Contender,
} from './methods.js';

/** A tenth of the units dead is a price. */
export const DEAD_AT = 0.1;

/** What one training of a remedy shows, beside the training of tanh with the same seed. */
export interface Trial {
  readonly seed: number;
  /** It has learnt, and loses at most half as many powers of ten over the window as tanh does. */
  readonly reaches: boolean;
  readonly hasLearnt: boolean;
  /** The prices it has paid. */
  readonly dies: boolean;
  readonly explodes: boolean;
  /** It predicts worse than tanh, by more than the margin. */
  readonly isBehind: boolean;
}

export type RemedyPart = 'relu uniform' | 'relu identity' | 'lstm' | 'gru';

export interface Remedy extends Contender {
  readonly name: RemedyPart;
  /** One for each seed with which tanh has learnt and its gradient vanishes: elsewhere there is nothing to be remedied. */
  readonly trials: readonly Trial[];
}

export interface RemediesFigures extends Verdict<RemedyPart> {
  readonly remedies: readonly Remedy[];
  readonly tanh: Contender;
}

const nameOf = ({ cell, init }: Contender): RemedyPart | null => {
  if (cell === 'lstm' || cell === 'gru') return cell;
  return cell === 'relu' ? (init === 'identity' ? 'relu identity' : 'relu uniform') : null;
};

/** @throws RangeError where there is no tanh to compare with (a defect, not a user's mistake) */
export function remediesOf(contenders: readonly Contender[]): RemediesFigures {
  const tanh = tanhOf(contenders);
  if (tanh === null) throw new RangeError('no tanh among the contenders');
  const remedies = contenders.flatMap((contender): Remedy[] => {
    const name = nameOf(contender);
    if (name === null) return [];
    const trials = tanh.attempts.flatMap((beside, i) =>
      beside.hasLearnt && vanishes(now(beside).curve) ? [trialOf(contender.attempts[i], beside)] : [],
    );
    return [{ ...contender, name, trials }];
  });
  return { remedies, tanh, ...remediesVerdict(remedies) };
}

export function trialOf(attempt: Attempt, tanh: Attempt): Trial {
  const loss = attempt.validationLossNats;
  const other = tanh.validationLossNats;
  return {
    seed: attempt.seed,
    reaches: attempt.hasLearnt && reachesFurther(reachOf(attempt), reachOf(tanh)),
    hasLearnt: attempt.hasLearnt,
    dies: ((attempt.end ?? attempt.start).dead ?? 0) >= DEAD_AT,
    explodes:
      reachOf(attempt) >= log10(EXPLODES_AT) ||
      [attempt.clippedNorms, attempt.freeNorms].some((norms) => norms !== null && exploded(norms)),
    isBehind: other !== null && (loss === null || loss > other + MARGIN_NATS),
  };
}

export const isFree = ({ dies, explodes, isBehind }: Trial): boolean => !dies && !explodes && !isBehind;

/** It works in every training, free of charge: it holds; at a price, or not in each: in part; in none: it fails. */
export const remediesVerdict = (
  remedies: readonly Pick<Remedy, 'name' | 'trials'>[],
): Verdict<RemedyPart> => {
  const parts = remedies.map(({ name, trials }): Part<RemedyPart> => {
    const part = partOf(
      name,
      trials.map(({ reaches }) => reaches),
      !name.startsWith('relu'),
    );
    return part.outcome === 'holds' && !trials.every(isFree) ? { ...part, outcome: 'partly' } : part;
  });
  return verdictOf(parts);
};
