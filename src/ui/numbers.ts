/** Figures as people read them. Only for eyes: what a program reads is never rounded. What is no number is a dash. */

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
