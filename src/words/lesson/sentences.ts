/**
 * The sentences of what a lesson found: words with values, in which figures are written already. Which of them stand
 * in a section, and of what figures, is decided for all languages by `study/lesson/found/`.
 */
import type { CellName } from '../../model/shape.js';
import type { SectionName } from './figures.js';
import type { Outcome, Stage } from './outcome.js';

/** What sections have in common. */
export interface CommonSentences {
  readonly beforeTraining: string;
  readonly after: (updates: number) => string;
  readonly diverged: string;
  /** So many of all networks. */
  readonly networks: (found: number, all: number) => string;
  /** Why they are left out. @param level of counting symbols alone @param margin that it has to be better by */
  readonly notCounted: (which: string, level: string, margin: string) => string;
  /** Before the parts that came out so. */
  readonly groups: Readonly<Record<Outcome, string>>;
}

/** A sentence for each outcome. `partly`: what is added where a claim holds in part. */
export interface Conclusions {
  readonly holds: string;
  readonly partly?: string;
  readonly fails: string;
  readonly open: string;
}

/** `by…`: what is said of each one, listed. */
export interface Sentences extends Record<SectionName, object> {
  readonly sensitivity: {
    readonly drawn: (layers: number, byCellSmall: string, byCellRedrawn: string) => string;
    readonly unseen: string;
    readonly ends: (byCell: string) => string;
    readonly hardly: (byCellSmall: string, byCellRedrawn: string) => string;
    readonly nowhere: string;
  };
  readonly squashing: {
    readonly derivatives: (byCell: string, saturatedByCell: string) => string;
    readonly factors: (byCell: string) => string;
    readonly takes: Readonly<Record<'derivativeAlone' | 'derivative' | 'weights', string>>;
  };
  readonly regions: {
    readonly left: (cell: CellName, layer: number, byInit: string) => string;
    readonly smaller: (byCell: string) => string;
    readonly cases: (held: string, cell: CellName) => string;
  };
  readonly depth: {
    readonly shares: (cell: CellName, byInit: string) => string;
    readonly learnt: (cell: CellName, share: string, loss: string) => string;
    readonly network: (cell: CellName, layers: number) => string;
    readonly near: (layers: number, share: string) => string;
    readonly far: (near: string, lag: number, share: string) => string;
    readonly crossing: (near: string, lag: number) => string;
  };
  readonly freezing: {
    readonly diverged: string;
    readonly alone: (cell: CellName, start: string, first: string, last: string) => string;
    readonly frequencies: (level: string) => string;
    readonly withReadout: (
      cell: CellName,
      first: string,
      last: string,
      readout: string,
      together: string,
    ) => string;
    /** Goes on with `withReadout`. */
    readonly together: (loss: string) => string;
    readonly nothing: (cell: CellName, margin: string, without: string) => string;
  };
  readonly product: {
    readonly steps: (byCell: string) => string;
    readonly step: (product: {
      readonly factor: string;
      readonly derivative: string;
      readonly weights: string;
      readonly shrinking: string;
      readonly steps: number;
      readonly left: string;
    }) => string;
    readonly bound: (byCell: string) => string;
    readonly broken: string;
    readonly nothing: string;
    readonly sigma: (sigma: string) => string;
    readonly noLimit: (sigma: string) => string;
    readonly limit: (sigma: string, most: string, lag: number, left: string) => string;
    readonly lasting: (limit: string) => string;
  };
  readonly methods: {
    readonly left: (lag: number, byContender: string) => string;
    readonly none: string;
    readonly best: (contender: string, lag: number, left: string, loss: string) => string;
    /** Goes on with what is left. */
    readonly loss: (bits: string) => string;
    readonly withSeed: (contender: string, seed: number) => string;
  };
  readonly remedies: {
    readonly prices: Readonly<Record<'dies' | 'explodes' | 'isBehind', string>>;
    readonly paid: (prices: string) => string;
    readonly free: string;
    readonly unlearnt: (runs: number) => string;
    readonly reach: (remedy: {
      readonly lag: number;
      readonly left: string;
      readonly tanh: string;
      readonly learnt: string;
      readonly runs: number;
      readonly reaching: string;
    }) => string;
    readonly curve: (decades: string, lag: number, step: string, tanhStep: string) => string;
  };
  readonly misleading: {
    readonly total: (cell: CellName, varying: string, left: string) => string;
    readonly isZero: string;
    readonly varies: (factor: string) => string;
  };
  readonly recall: {
    readonly upTo: (updates: number, byContender: string, longest: string, chance: string) => string;
    readonly none: string;
    readonly pairs: (pairs: number, stage: Stage, together: string, share: string) => string;
    readonly alone: (contender: string, arrived: string, k: string) => string;
  };
}
