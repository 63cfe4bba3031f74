/** The figures of the lesson's section on recall. */
import type { Log10 } from './curve.js';
import type { NetSpec } from './doing.js';
import type { ClaimVerdict } from './outcome.js';

export const LETTERS = 8;

export const CHANCE = 1 / LETTERS;

/** Halfway between chance and always: it recalls. */
export const RECALLS_AT = (1 + CHANCE) / 2;

export interface TrainedRecall {
  readonly seed: number;
  /** Share of the answers that are right; null where the training ended in no numbers. */
  readonly accuracy: number | null;
  /** log10 of what is left of the answer's gradient at the letter, relative to lag 0; null for an exact 0. */
  readonly start: Log10;
  readonly end: Log10;
}

export interface Recalling {
  readonly cell: NetSpec['cell'];
  readonly init: NetSpec['init'];
  readonly byK: readonly { readonly k: number; readonly trained: readonly TrainedRecall[] }[];
}

/** Pairs of networks for one k, of which one recalls and the other does not; in `together` of them the first had more gradient. */
export interface Concordance {
  readonly together: number;
  readonly pairs: number;
}

export type RecallPart = 'start' | 'end';

export interface RecallFigures extends ClaimVerdict<RecallPart> {
  readonly letters: number;
  readonly chance: number;
  readonly updates: number;
  readonly tests: number;
  readonly nets: readonly Recalling[];
  /** Between the gradient before the training and recalling after it; between the gradient after it and that. */
  readonly concordance: Readonly<Record<RecallPart, Concordance>>;
}

export const recalls = ({ accuracy }: TrainedRecall): boolean => accuracy !== null && accuracy >= RECALLS_AT;

/** The largest k up to which, and at every shorter distance, most of a cell's networks recall; null for none. */
export function recallsUpTo({ byK }: Recalling): number | null {
  const ends = byK.findIndex(({ trained }) => 2 * trained.filter(recalls).length <= trained.length);
  const last = ends < 0 ? byK.length - 1 : ends - 1;
  return last < 0 ? null : byK[last].k;
}
