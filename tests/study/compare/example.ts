/** Comparisons to draw and to draw conclusions from: every figure is set by the arguments. */
import { memoryOf } from '../../../src/probe/memory.js';
import { beginComparison, withResult, type Comparison } from '../../../src/study/compare/comparison.js';
import { contenderOf, CONTENDER_NAMES, type ContenderName } from '../../../src/study/compare/contenders.js';
import { parseCompareOptions } from '../../../src/study/compare/options.js';
import type { JobResult } from '../../../src/study/compare/result.js';

export const TIMESTEPS = 32;

export interface Made {
  readonly contender: ContenderName;
  readonly seed?: number;
  /** null: diverged */
  readonly bits?: number | null;
  /** Decades of the gradient gained a step back, after training. */
  readonly decades?: number;
  /** The same as a whole curve, in decades from lag 0. */
  readonly curve?: readonly number[];
  readonly seen?: number;
  readonly seconds?: number;
  readonly ended?: JobResult['ended'];
  readonly sample?: string;
}

const layerOf = (
  decades: number,
  curve: readonly number[] = Array.from({ length: TIMESTEPS }, (_, k) => k * decades),
) => {
  const lagLog10 = { h: curve.map((y) => -3 + y), c: null };
  return { layer: 0, lagLog10, memory: memoryOf(lagLog10), saturation: { tanh: [0.25, 0.75] } };
};

export function resultOf(made: Made): JobResult {
  const { contender, seed = 1, bits = 2, decades = -0.1, seen = 100_000, seconds = 10 } = made;
  const { kind } = contenderOf(contender);
  const isCounting = kind === 'ngram';
  const heldOut =
    bits === null
      ? null
      : { predictions: 999, lossNats: bits * Math.LN2, bitsPerChar: bits, bitsPerByte: bits - 0.1 };
  return {
    ...{ contender, seed, charactersSeen: seen, seconds, heldOut },
    ...{ hidden: isCounting ? null : 16, layers: isCounting ? null : 1, parameters: 1234 },
    ended: made.ended ?? (bits === null ? 'diverged' : 'budget'),
    curve: [0, 0.5, 1].map((share) => ({
      characters: share * seen,
      seconds: share * seconds,
      bitsPerChar: 6 - share * (6 - (bits ?? 5)),
    })),
    start: isCounting ? null : [layerOf(-0.3)],
    end: isCounting || bits === null ? null : [layerOf(decades, made.curve)],
    sample: bits === null ? '' : (made.sample ?? `um texto de ${contender}`),
    quality:
      bits === null
        ? null
        : {
            words: 4,
            knownWords: 0.5,
            distinct: [1, 0.75, null],
            repetition: 0,
            novelty: 1,
            longestCopy: { characters: 7, text: 'um text' },
          },
    ...(isCounting && { order: 4 }),
    ...(kind === 'brainjs' && {
      gradientCheck: [
        {
          tensor: 'output',
          relativeDifference: contender === 'brainjs' ? 0.98 : 1e-10,
          right: contender !== 'brainjs',
        },
        { tensor: 'outputConnector', relativeDifference: 1e-10, right: true },
      ],
    }),
  };
}

export function comparisonOf(
  results: readonly Made[],
  options: Readonly<Record<string, unknown>> = {},
): Comparison {
  const names = new Set(results.map(({ contender }) => contender));
  const begun = beginComparison({
    options: parseCompareOptions({
      only: CONTENDER_NAMES.filter((name) => names.has(name)).join(','),
      seeds: Math.max(...results.map(({ seed = 1 }) => seed)),
      window: TIMESTEPS,
      ...options,
    }),
    versions: { dissipa: '0.0.0' },
    engine: 'reference',
    texts: [{ path: 'a.txt', bytes: 100, characters: 100 }],
    digest: '0'.repeat(64),
    symbols: 64,
    characters: { training: 90_000, validation: 10_000 },
    createdAt: '2026-01-02T03:04:05.000Z',
  });
  return results.map(resultOf).reduce(withResult, begun);
}

/** All contenders, no two alike. */
export const everyone = (sample?: string): Comparison =>
  comparisonOf(
    CONTENDER_NAMES.map((contender, i) => ({
      contender,
      bits: 2 + i / 10,
      decades: -0.4 + i / 20,
      seconds: 1 + i,
      ...(sample !== undefined && { sample }),
    })),
  );
