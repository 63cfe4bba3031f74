/** What a comparison finds, as values: each sentence of `<language>/compare.ts` is made of those of its key. */
import type { Verdict } from '../probe/memory.js';

/** Where 1% is left: a lag, or Infinity beyond the window. */
export interface LagPlace {
  readonly lag: number;
  readonly window: number;
}

export interface CompareFindings {
  readonly best: {
    readonly first: string;
    readonly bits: number;
    /** Those no further apart than chance can make them; with one seed, than `within` bits. */
    readonly level: readonly string[];
    readonly within: number | null;
    readonly second: { readonly name: string; readonly ahead: number };
  };
  /** Beside the n-gram model. */
  readonly floor: {
    readonly order: number | null;
    readonly bits: number;
    readonly better: readonly string[];
    readonly worse: readonly string[];
  };
  /** Nets that even guessing predicts better than. */
  readonly lost: { readonly names: readonly string[]; readonly symbols: number; readonly bits: number };
  readonly reach: {
    readonly furthest: readonly string[];
    readonly place: LagPlace;
    /** null where all reach equally far. */
    readonly nearest: { readonly name: string; readonly place: LagPlace } | null;
    readonly fates: readonly { readonly verdict: Verdict; readonly names: readonly string[] }[];
  };
  readonly twoParts: readonly {
    readonly name: string;
    readonly decades: number;
    readonly steps: number;
    readonly thenLevel: boolean;
  }[];
  readonly crossing: {
    readonly sooner: string;
    readonly soonerLag: number;
    readonly soonerLeft: number | null;
    readonly later: string;
    readonly laterLag: number;
    readonly laterLeft: number | null;
    readonly lag: number;
  };
  readonly reachAndScore: {
    readonly pairs: number;
    readonly agreeing: number;
    readonly goes: 'with-better' | 'with-worse' | 'neither';
  };
  readonly baseline: {
    readonly speed: number;
    /** Bits by which ours is better; null where they are level, undefined where one has no score. */
    readonly ahead: number | null | undefined;
  };
  /** Bits by which the repair makes it better; null where they are level. */
  readonly repair: number | null;
  readonly capped: {
    readonly seen: readonly (readonly [name: string, characters: number])[];
    readonly budget: number;
    readonly minutes: number;
  };
  /** What is read record by record, and by whom as one text. */
  readonly records: { readonly inOne: readonly string[] };
  readonly byMinutes: { readonly minutes: number };
  readonly counted: { readonly characters: number };
  readonly diverged: {
    readonly name: string;
    readonly lost: number;
    readonly of: number;
    readonly characters: number;
  };
  /** What brain.js's net is. */
  readonly aboutLstm: null;
  readonly aboutLstmBeside: null;
  readonly aboutRepair: null;
  readonly gradientCheck: { readonly name: string; readonly right: number; readonly of: number };
  readonly aboutUpdates: { readonly window: number; readonly characters: number };
}

/** A sentence for every finding there is. */
export type CompareSentences = {
  readonly [K in keyof CompareFindings]: (values: CompareFindings[K]) => string;
};

export type CompareFinding = {
  [K in keyof CompareFindings]: { readonly key: K; readonly values: CompareFindings[K] };
}[keyof CompareFindings];

export const compareFinding = <K extends keyof CompareFindings>(
  key: K,
  values: CompareFindings[K],
): CompareFinding => ({ key, values }) as unknown as CompareFinding;

export const sentenceOf = (sentences: CompareSentences, { key, values }: CompareFinding): string =>
  (sentences[key] as (of: typeof values) => string)(values);
