/** What --minutes chose, and whether it kept the time, in words. */
import { counted } from '../../base/words.js';
import type { Limit } from '../../train/recipes.js';
import { count } from '../../words/numbers.js';

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

/** 40 seconds, 1.2 minutes, 12 minutes, 3.5 hours */
export function duration(seconds: number): string {
  if (seconds < 59.5) return counted(Math.max(1, Math.round(seconds)), 'second');
  const minutes = seconds / 60;
  if (minutes >= 180) return counted(Number((minutes / 60).toPrecision(2)), 'hour');
  return counted(Number(minutes.toPrecision(minutes < 10 ? 2 : 3)), 'minute');
}

export function choiceInWords({ minutes, characters, seconds, limit }: Choice): string {
  const asked = duration(60 * minutes);
  const reason = {
    time: '',
    text: ` It takes about ${duration(seconds)}: more passes over a text of this length would only learn it by heart.`,
    own: ` With the steps or epochs given it takes about ${duration(seconds)}.`,
  }[limit];
  return `Chosen for ${counted(count(characters), 'character')} and ${asked}, as measured here.${reason} Without --minutes, for the same bits:`;
}

export interface Landing extends Choice {
  /** What the whole has taken, seconds. */
  readonly took: number;
  /** The training's own part of it. */
  readonly training: number;
}

/** Null where the time was kept, to a tenth. */
export function landingInWords({ minutes, seconds, limit, took, training }: Landing): string | null {
  const asked = 60 * minutes;
  if (Math.abs(took / asked - 1) <= NEAR) return null;
  const told = `It took ${duration(took)}, not ${duration(asked)}`;
  if (limit === 'own') return `${told}: its steps or epochs were given.`;
  if (limit === 'text' && took < asked)
    return `${told}: more passes over a text of this length would only learn it by heart.`;
  const why = training > seconds ? 'had more else to do' : 'had less else to do';
  return `${told}: the training took ${duration(training)}, ${duration(seconds)} by what was measured before it. The machine ${why} since.`;
}
