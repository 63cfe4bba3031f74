/** Figures as people read them, in each language. Only for eyes: what a program reads is never rounded. What is no number is a dash. */
import type { Language } from '../base/language.js';
import { counted } from '../base/words.js';

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

/** A share given as log10: 63%, 0.5%, 10⁻⁵, 0; beyond a thousandfold 10⁵ */
export function shareOf(log10: number | null): string {
  if (log10 === null) return '0';
  if (!Number.isFinite(log10)) return NONE;
  if (log10 < -4 || log10 > 3) return power(Math.round(log10));
  return percent(10 ** log10);
}

/** Growth given as log10: `to 13 times its size` */
export const growthOf = (log10: number): string =>
  `to ${log10 > 3 ? power(Math.round(log10)) : short(10 ** log10)} times its size`;

/** 63%, 4.2%, 0.05%, 240% */
export function percent(share: number): string {
  const value = 100 * share;
  if (!Number.isFinite(value)) return NONE;
  if (value < 0) return `−${percent(-share)}`;
  if (value === 0) return '0%';
  if (value >= 9.95) return `${count(Math.round(value))}%`;
  return `${Number(value.toPrecision(value < 0.1 ? 1 : 2))}%`;
}

/** 1,234,567 */
export const count = (x: number): string =>
  Number.isFinite(x) ? String(x).replace(/\B(?=(\d{3})+(?!\d))/g, ',') : NONE;

/** `1% to 5%`; where both ends read the same, it once. */
export const between = (least: string, most: string): string =>
  least === most ? least : `${least} to ${most}`;

/** Three significant digits: 0.0123, 12.3; two where it is small or large: 4.6×10⁻⁹ */
export function short(x: number): string {
  if (!Number.isFinite(x)) return NONE;
  const size = Math.abs(x);
  if (x === 0 || (size >= 1e-3 && size < 1e5)) return String(Number(x.toPrecision(3)));
  const [digits, exponent] = x.toExponential(1).split('e');
  return `${digits}×${power(Number(exponent))}`;
}

/** +0.12, −0.03 with a true minus sign */
export const signed = (x: number, digits = 3): string => {
  if (!Number.isFinite(x)) return NONE;
  const text = Math.abs(x).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${x < 0 ? '−' : '+'}${text}`;
};

/** Decades a step, with as many digits as the standard error tells, or else two that count: −0.1089±0.0064, −0.12, 0.00 */
export function pace(decadesPerStep: number, standardError: number | null = null): string {
  if (!Number.isFinite(decadesPerStep)) return NONE;
  const digitsOf = (x: number): number =>
    x === 0 ? 2 : Math.min(MOST_DIGITS, Math.max(2, 1 - Math.floor(Math.log10(Math.abs(x)))));
  if (standardError === null) {
    const text = signed(decadesPerStep, digitsOf(decadesPerStep));
    return Number(text) === 0 ? '0.00' : text;
  }
  const digits = digitsOf(standardError);
  return `${signed(decadesPerStep, digits)}±${standardError.toFixed(digits)}`;
}
const MOST_DIGITS = 5;

/** `a`, `a and b`, `a, b and c` */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The finite numbers among them. */
export const numbersOf = (values: readonly (number | null | undefined)[]): number[] =>
  values.filter((value): value is number => Number.isFinite(value));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export interface Numbers {
  /** Three significant digits, thousands apart; of very small and large ones two, with a power of ten. */
  readonly short: (x: number) => string;
  readonly fixed: (x: number, digits: number) => string;
  readonly count: (x: number) => string;
  /** `1 step`, `1,234 steps` */
  readonly counted: (x: number, one: string, several: string) => string;
  readonly percent: (share: number) => string;
  /** A share given as log10, −∞ for none. */
  readonly share: (log10: number) => string;
  readonly power: (log10: number) => string;
  /** The smallest and the largest of them, each as `write` has it; where both read the same, it once. */
  readonly range: (values: readonly number[], write: (value: number) => string) => string;
  /** How far an output moved, as a share; null where that was within rounding. */
  readonly moved: (share: number | null) => string;
  /** Nats as bits per character, with the unit. */
  readonly bits: (nats: number) => string;
}

const SWAPPED: Readonly<Record<string, string>> = { '.': ',', ',': '.' };

/** Portuguese has a comma where English has a point, and the other way round. */
const manner: Readonly<Record<Language, (text: string) => string>> = {
  en: (text) => text,
  pt: (text) => text.replace(/[.,]/g, (sign) => SWAPPED[sign]),
};

const minus = (text: string): string => text.replace(/^-/, '−');

/** `1,234` where there would be 1234. */
const grouped = (text: string): string =>
  text.replace(/^(-?)(\d{4,})(?![\d×])/, (_, sign, digits) => `${sign}${count(Number(digits))}`);

const TO: Readonly<Record<Language, string>> = { en: ' to ', pt: ' a ' };

const TIMES: Readonly<Record<Language, string>> = { en: 'times', pt: 'vezes' };

/** Beyond that a share reads as a power of ten. */
const LARGEST_PERCENT = 3;

export function numbersIn(language: Language): Numbers {
  const write = manner[language];
  const fixed = (x: number, digits: number): string => minus(write(x.toFixed(digits)));
  return {
    short: (x) => minus(write(grouped(short(x)))),
    fixed,
    count: (x) => write(count(x)),
    counted: (x, one, several) => counted(write(count(x)), one, several),
    percent: (share) => write(percent(share)),
    share: (log10) =>
      log10 > LARGEST_PERCENT
        ? `${power(Math.round(log10))} ${TIMES[language]}`
        : write(shareOf(log10 === -Infinity ? null : log10)),
    power,
    range(values, say) {
      const [least, most] = [say(Math.min(...values)), say(Math.max(...values))];
      return least === most ? least : `${least}${TO[language]}${most}`;
    },
    moved: (share) => (share === null ? '<10⁻¹³' : write(shareOf(Math.log10(share)))),
    bits: (nats) => `${fixed(nats / Math.LN2, 2)} bits`,
  };
}
