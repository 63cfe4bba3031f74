/**
 * What the figures say of a claim. Each section names the parts of its claim, counts in how many of its cases each part
 * holds, and has an outcome from them, by the thresholds that stand there.
 */
import type { ClaimPart, Outcome, ClaimVerdict } from '../../words/lesson/outcome.js';

/** All of them: it holds; some: partly; none: it fails; of no case at all nothing can be said. */
export function outcomeOf(cases: readonly boolean[]): Outcome {
  if (cases.length === 0) return 'open';
  if (cases.every((held) => held)) return 'holds';
  return cases.some((held) => held) ? 'partly' : 'fails';
}

export const claimPart = <Name extends string>(
  name: Name,
  cases: readonly boolean[],
  isBeside = false,
): ClaimPart<Name> => ({
  name,
  held: cases.filter((held) => held).length,
  cases: cases.length,
  outcome: outcomeOf(cases),
  isBeside,
});

/** The claim as a whole; parts that are open say nothing of it, and those beside it neither. */
export function verdictOf<Name extends string>(parts: readonly ClaimPart<Name>[]): ClaimVerdict<Name> {
  const told = parts.flatMap(({ outcome, isBeside }) => (isBeside || outcome === 'open' ? [] : [outcome]));
  const alike = told.every((outcome) => outcome === told[0]);
  return { parts, outcome: told.length === 0 ? 'open' : alike ? told[0] : 'partly' };
}
