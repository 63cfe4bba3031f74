/** Whether figures that were measured again are the same: bit by bit, and where they are not, how far they are apart. */

/**
 * How far apart two figures may be that other arithmetic has made of the same training: a tenth of the larger, and of
 * logarithms, which stand for factors, a tenth of a decade.
 */
export const TOLERANCE = 0.1;

export interface Agreement {
  /** Numbers compared; a missing one counts as one. */
  readonly numbers: number;
  /** Of these, the same to the last bit; and those within the tolerance. */
  readonly same: number;
  readonly within: number;
  /** What the claim came to is the same. */
  readonly isOutcomeSame: boolean;
}

/** Numbers under such names are log10s: the lag curves and their parts. */
const areLogarithms = (name: string, value: unknown): boolean =>
  /Log10$/.test(name) ||
  (Array.isArray(value) && /^(?:curve|total|last|activations|weightsBySteps)$/.test(name)) ||
  name === 'lags';

interface Counts {
  numbers: number;
  same: number;
  within: number;
}

const isWithin = (a: number, b: number, isLog: boolean): boolean =>
  Math.abs(a - b) <= TOLERANCE * (isLog ? 1 : Math.max(Math.abs(a), Math.abs(b)));

type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null;

function count(was: unknown, is: unknown, isLog: boolean, counts: Counts): void {
  if (typeof was === 'number' || typeof is === 'number') {
    counts.numbers++;
    if (was === is) counts.same++;
    if (typeof was === 'number' && typeof is === 'number' && isWithin(was, is, isLog)) counts.within++;
    return;
  }
  if (!isPlain(was) && !isPlain(is)) return;
  const [before, after] = [isPlain(was) ? was : {}, isPlain(is) ? is : {}];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
    count(before[name], after[name], isLog || areLogarithms(name, before[name]), counts);
}

/** @param was a section's figures; @param is the same, measured again; both as JSON has them */
export function agreementOf(was: unknown, is: unknown): Agreement {
  const counts: Counts = { numbers: 0, same: 0, within: 0 };
  const [before, after] = [was, is].map((one) => JSON.parse(JSON.stringify(one)) as Plain);
  count(before, after, false, counts);
  return { ...counts, isOutcomeSame: before.outcome === after.outcome };
}
