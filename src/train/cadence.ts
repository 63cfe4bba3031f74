/**
 * When a run is evaluated, and on how much of the held-out text: from the lengths of the text and of the window, never
 * from a clock or from how long the run is to be, so that a run is the same on any machine, and the same when it is given
 * more steps later.
 *
 * Predicting a character costs about a third of training on it. So an evaluation of E characters every so many steps of
 * N·T takes E/(3·N·T·every + E) of the work: `every` is such that this is a tenth at most. Where less will do, it is 250
 * steps, or ten passes over a short text, which is soon learnt by heart. Before that come a few, each at twice the step of
 * the one before: a loss falls fastest at the beginning, and a short run has nothing else.
 */
import type { WindowSize } from '../text/windows.js';

export interface Cadence {
  /** The step of the first evaluation; the next is at twice the step, up to `evaluateEvery`. */
  readonly evaluateFirst: number;
  /** Steps between two evaluations. */
  readonly evaluateEvery: number;
  /** Characters that each looks at. */
  readonly evaluateCharacters: number;
}

export interface Lengths {
  readonly size: WindowSize;
  /** Windows in a pass over the text trained on. */
  readonly windowsPerPass: number;
  /** Characters held out. */
  readonly heldOut: number;
}

const SHARE = 0.1;
const COST = 1 / 3;
const USUAL = 250;
const PASSES = 10;
/** Of a run whose windows are small fewer characters are looked at, rather than once in more than so many steps. */
const RAREST = 1000;
/** The mean of so many characters is known to some 0.02 and 0.01 nats; from one evaluation to the next, the same characters, far better. */
const [FEWEST, MOST] = [16_384, 65_536];
/** Evaluations before the first of the usual ones. */
const EARLY = 4;

/** Characters of which one evaluation takes its share of the work of so many steps. */
const affordable = (steps: number, { rows, timesteps }: WindowSize): number =>
  ((SHARE / (1 - SHARE)) * steps * rows * timesteps) / COST;

/** @param given what stands fixed; whoever says how often has no others */
export function cadenceFor(
  { size, windowsPerPass, heldOut }: Lengths,
  given: { readonly [Name in keyof Cadence]?: number | undefined },
): Cadence {
  const bounded = Math.min(MOST, Math.max(FEWEST, Math.floor(affordable(RAREST, size))));
  // Two at least, as the option has it, where nothing is held out either.
  const evaluateCharacters = given.evaluateCharacters ?? Math.max(2, Math.min(heldOut, bounded));
  const cheap = Math.ceil(Math.min(heldOut, evaluateCharacters) / affordable(1, size));
  const soon = Math.min(USUAL, Math.ceil(PASSES * windowsPerPass));
  const evaluateEvery = given.evaluateEvery ?? Math.max(1, cheap, soon);
  const early = given.evaluateEvery ?? Math.max(1, cheap, Math.ceil(evaluateEvery / 2 ** EARLY));
  return { evaluateFirst: given.evaluateFirst ?? early, evaluateEvery, evaluateCharacters };
}

/** Whether an evaluation is due after a step. */
export function isDue({ evaluateFirst, evaluateEvery }: Cadence, step: number): boolean {
  if (step >= evaluateEvery) return step % evaluateEvery === 0;
  return Number.isInteger(Math.log2(step / evaluateFirst)) && step >= evaluateFirst;
}
