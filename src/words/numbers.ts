/** Figures as people read them, in each language. Only for eyes: what a program reads is never rounded. What is no number is a dash. */

import type { Spread } from '../base/figures.js';

const NONE = '–';

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻',
  '.': '·',
  ...Object.fromEntries(Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹', (sign, digit) => [String(digit), sign])),
};

/** 10⁻⁵, 10⁰ */
export const power = (log10: number): string =>
  !Number.isFinite(log10)
    ? NONE
    : `10${Array.from(String(Number(log10.toFixed(1))), (sign) => SUPERSCRIPTS[sign] ?? sign).join('')}`;

const MOST_DIGITS = 5;

/** Figures and lists as one language writes them, by `Intl` and a few words of its own. */
export interface Numbers {
  /** Three significant digits, thousands apart: 0.0123, 12.3, 8,370; of very small and large ones two, with a power of ten: 4.6×10⁻⁹ */
  readonly short: (x: number) => string;
  /** The same with as many digits as show that a number below 1 is below 1, up to seven: 0.99999 */
  readonly precise: (x: number) => string;
  /** So many digits after the point. */
  readonly fixed: (x: number, digits: number) => string;
  /** 2.135, or where it is known how far they are spread 2.135±0.012 */
  readonly spread: (values: Spread, digits: number) => string;
  /** `fixed` with a sign before it, but before 0: +0.120, −0.030 */
  readonly signed: (x: number, digits?: number) => string;
  /** 1,234,567 */
  readonly count: (x: number) => string;
  /** About as many, where there is little room: 950, 36K, 1.2M */
  readonly compact: (x: number) => string;
  /** The form of a noun that goes with a number; `several` is `one` with an s where it is not given. */
  readonly plural: (x: number, one: string, several?: string) => string;
  /** `1 step`, `1,234 steps` */
  readonly counted: (x: number, one: string, several?: string) => string;
  /** 63%, 4.2%, 0.05%, 240%; of nearly nothing its power of ten: 10⁻⁹ */
  readonly percent: (share: number) => string;
  /** A share given as log10: 63%, 0.5%, 10⁻⁵; from a hundredfold on `130 times`, beyond a thousandfold `10⁵ times`; 0 of null and of −∞. */
  readonly share: (log10: number | null) => string;
  /** A factor given as log10: 13, 10⁵ */
  readonly factor: (log10: number) => string;
  /** 10⁻⁵ */
  readonly power: (log10: number) => string;
  /** `1% to 5%`; where both ends read the same, it once. */
  readonly between: (least: string, most: string) => string;
  /** The smallest and the largest of them, each as `write` has it. */
  readonly range: (values: readonly number[], write: (value: number) => string) => string;
  /** How far an output moved, as a share; null where that was within rounding. */
  readonly moved: (share: number | null) => string;
  /** Nats as bits per character, with the unit. */
  readonly bits: (nats: number) => string;
  /** Decades a step, with as many digits as the standard error tells, or else two that count: −0.1089±0.0064, −0.12, 0.00 */
  readonly pace: (decadesPerStep: number, standardError?: number | null) => string;
  /** `a`, `a and b`, `a, b and c` */
  readonly listed: (words: readonly string[]) => string;
  /** `a or b` */
  readonly either: (words: readonly string[]) => string;
  /** The day of a time as ISO 8601 has it, in UTC: 26 November 2026; a dash for what is none. */
  readonly date: (iso: string) => string;
  /** Bytes in the unit that suits: 8 KiB, 12 MiB */
  readonly bytes: (bytes: number) => string;
}

/** What `Intl` does not know of a language. */
export interface NumberWords {
  /** `1 to 5` */
  readonly to: string;
  /** `10⁵ times` */
  readonly times: string;
  /** The locale whose lists and dates are taken, where it is another than the numbers'. */
  readonly lists?: string;
}

/** Beyond that a share reads as a power of ten. */
const [SMALLEST_SHARE, LARGEST_SHARE] = [-4, 3];
/** From a hundredfold on a percentage is harder to read than a factor: 500 times, not 50,048%. */
const MANY_TIMES = 2;
/** From there on a number is written out, and up to there. */
const [SMALLEST_SHORT, LARGEST_SHORT] = [1e-3, 1e5];

/** Below it a number is as short as what tells its thousands. */
const COMPACT_FROM = 1e4;

/** Made when first asked for: a page brings more languages and forms than it says. */
function whenAsked<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** @param locale as `Intl` has it: pt-BR */
export function numbersIn(locale: string, { to, times, lists = locale }: NumberWords): Numbers {
  const formats = new Map<string, Intl.NumberFormat>();
  const write = (x: number, options: Intl.NumberFormatOptions): string => {
    if (!Number.isFinite(x)) return NONE;
    const key = JSON.stringify(options);
    const format = formats.get(key) ?? new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options });
    formats.set(key, format);
    return format.format(x).replace('-', '−');
  };
  const rules = whenAsked(() => new Intl.PluralRules(locale));
  const all = whenAsked(() => new Intl.ListFormat(lists, { type: 'conjunction' }));
  const any = whenAsked(() => new Intl.ListFormat(lists, { type: 'disjunction' }));

  const fixed = (x: number, digits: number): string =>
    // Of a number that needs so many places no decimal tells anything.
    Math.abs(x) > LARGEST_SHORT && digits > 0
      ? short(x)
      : write(x, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const signed = (x: number, digits = 3): string =>
    write(x, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' });
  const count = (x: number): string => write(x, { maximumFractionDigits: 20 });
  const compact = (x: number): string =>
    write(x, {
      ...(x >= COMPACT_FROM && { notation: 'compact' }),
      maximumFractionDigits: x >= 1e6 ? 1 : 0,
    });
  const plural = (x: number, one: string, several = `${one}s`): string =>
    rules().select(x) === 'one' ? one : several;
  const short = (x: number): string => {
    const size = Math.abs(x);
    if (!Number.isFinite(x) || x === 0 || (size >= SMALLEST_SHORT && size <= LARGEST_SHORT))
      return write(x, { maximumSignificantDigits: 3 });
    const [digits, exponent] = x.toExponential(1).split('e');
    return `${fixed(Number(digits), 1)}×${power(Number(exponent))}`;
  };
  const precise = (x: number): string =>
    Number(x.toPrecision(3)) < 1 ? short(x) : write(x, { maximumSignificantDigits: 7 });
  const percent = (share: number): string => {
    const size = Math.abs(100 * share);
    // With more zeros nobody counts them.
    if (size > 0 && size < 1e-4) return `${share < 0 ? '−' : ''}${power(Math.round(Math.log10(size / 100)))}`;
    return write(share, {
      style: 'percent',
      ...(size >= 9.95 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: size < 0.1 ? 1 : 2 }),
    });
  };
  const factor = (log10: number): string =>
    log10 > LARGEST_SHARE ? power(Math.round(log10)) : short(10 ** log10);
  const share = (log10: number | null): string => {
    if (log10 === null || log10 === -Infinity) return '0';
    if (!Number.isFinite(log10)) return NONE;
    if (log10 >= MANY_TIMES) return `${factor(log10)} ${times}`;
    return log10 < SMALLEST_SHARE ? power(Math.round(log10)) : percent(10 ** log10);
  };
  const between = (least: string, most: string): string =>
    least === most ? least : `${least} ${to} ${most}`;

  return {
    ...{ short, precise, fixed, signed, count, compact, plural, percent, share, factor, power, between },
    spread: ({ mean, deviation }, digits) =>
      `${fixed(mean, digits)}${deviation === null ? '' : `±${fixed(deviation, digits)}`}`,
    counted: (x, one, several) => `${count(x)} ${plural(x, one, several)}`,
    range: (values, say) => between(say(Math.min(...values)), say(Math.max(...values))),
    moved: (moved) => (moved === null ? '<10⁻¹³' : share(Math.log10(moved))),
    bits: (nats) => `${fixed(nats / Math.LN2, 2)} bits`,
    pace(decadesPerStep, standardError = null) {
      const digitsOf = (x: number): number =>
        x === 0 ? 2 : Math.min(MOST_DIGITS, Math.max(2, 1 - Math.floor(Math.log10(Math.abs(x)))));
      if (!Number.isFinite(decadesPerStep)) return NONE;
      if (standardError !== null) {
        const digits = digitsOf(standardError);
        return `${signed(decadesPerStep, digits)}±${fixed(standardError, digits)}`;
      }
      const digits = digitsOf(decadesPerStep);
      // What is too small for these digits is 0, not 0.00000.
      return Number(decadesPerStep.toFixed(digits)) === 0 ? fixed(0, 2) : signed(decadesPerStep, digits);
    },
    listed: (words) => all().format(words),
    either: (words) => any().format(words),
    date: (iso) =>
      Number.isNaN(Date.parse(iso))
        ? NONE
        : new Intl.DateTimeFormat(lists, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso)),
    bytes(bytes) {
      const [size, unit] = bytes < 2 ** 20 ? [bytes / 2 ** 10, 'KiB'] : [bytes / 2 ** 20, 'MiB'];
      return `${count(Math.ceil(size))} ${unit}`;
    },
  };
}
