/** A measurement made several times. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly samples: readonly number[];
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle - 1)] + sorted[Math.floor(middle)]) / 2;
  return { median, least: sorted[0], most: sorted[sorted.length - 1], samples };
}

/** `±4%`: half the distance between the extremes, of the median. */
export const inPercent = ({ median, least, most }: Spread): string =>
  `±${((50 * (most - least)) / median).toFixed(0)}%`;
