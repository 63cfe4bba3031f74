/**
 * Section 8: ReLU does not squash, and so is the remedy. Judged with the uniform and with the identity initialisation, LSTM
 * and GRU beside it, on the networks of section 7: does its gradient reach further than tanh's, has it learnt, and at what
 * price?
 */
import { log10 } from '../../../base/elementary.js';
import { vanishes } from '../curve.js';
import { MARGIN_NATS } from '../../../words/lesson/levels.js';
import { now, type ClaimPart, type ClaimVerdict } from '../../../words/lesson/outcome.js';
import { claimPart, verdictOf } from '../outcome.js';
import { exploded, EXPLODES_TIMES, reachesFurther } from './methods.js';
import { reachOf, tanhOf, type Attempt, type MethodNets } from '../../../words/lesson/methods.js';
import type { RemediesFigures, RemedyPart, Remedy, Trial } from '../../../words/lesson/remedies.js';

/** A tenth of the units dead is a price. */
export const DEAD_PRICE = 0.1;

const nameOf = ({ cell, init }: MethodNets): RemedyPart | null => {
  if (cell === 'lstm' || cell === 'gru') return cell;
  return cell === 'relu' ? (init === 'identity' ? 'relu identity' : 'relu uniform') : null;
};

/** @throws RangeError where there is no tanh to compare with (a defect, not a user's mistake) */
export function remediesOf(contenders: readonly MethodNets[]): RemediesFigures {
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
    dies: ((attempt.end ?? attempt.start).dead ?? 0) >= DEAD_PRICE,
    explodes:
      reachOf(attempt) >= log10(EXPLODES_TIMES) ||
      [attempt.clippedNorms, attempt.freeNorms].some((norms) => norms !== null && exploded(norms)),
    isBehind: other !== null && (loss === null || loss > other + MARGIN_NATS),
  };
}

export const isFree = ({ dies, explodes, isBehind }: Trial): boolean => !dies && !explodes && !isBehind;

/** It works in every training, free of charge: it holds; at a price, or not in each: in part; in none: it fails. */
export const remediesVerdict = (
  remedies: readonly Pick<Remedy, 'name' | 'trials'>[],
): ClaimVerdict<RemedyPart> => {
  const parts = remedies.map(({ name, trials }): ClaimPart<RemedyPart> => {
    const part = claimPart(
      name,
      trials.map(({ reaches }) => reaches),
      !name.startsWith('relu'),
    );
    return part.outcome === 'holds' && !trials.every(isFree) ? { ...part, outcome: 'partly' } : part;
  });
  return verdictOf(parts);
};
