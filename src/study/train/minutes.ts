/** What --minutes chose, and whether it kept the time, in words. */
import type { Limit } from '../../train/recipes.js';
import type { Words } from '../../words/words.js';

export interface Choice {
  readonly minutes: number;
  /** To train on. */
  readonly characters: number;
  /** What the training takes by what was measured. */
  readonly seconds: number;
  readonly limit: Limit;
}

/** So far from the time asked for is near enough. */
export const NEAR = 0.1;

export const choiceInWords = ({ minutes, characters, seconds, limit }: Choice, { training }: Words): string =>
  training.minutes.choice(characters, minutes, limit, seconds);

export interface Landing extends Choice {
  /** What the whole has taken, seconds. */
  readonly took: number;
  /** The training's own part of it. */
  readonly training: number;
}

/** Null where the time was kept, to a tenth. */
export function landingInWords(
  { minutes, seconds, limit, took, training: own }: Landing,
  { training: { minutes: words } }: Words,
): string | null {
  const asked = 60 * minutes;
  if (Math.abs(took / asked - 1) <= NEAR) return null;
  const told = words.took(took, asked);
  if (limit === 'own') return words.own(told);
  return limit === 'text' && took < asked ? words.text(told) : words.machine(told, own, seconds);
}
