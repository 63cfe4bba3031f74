/**
 * log, log10, exp, powers of ten, tanh and cos that are the same bits everywhere. A language's own (`Math.log`) may be any
 * number near the right one, and differ between browsers and between versions of Node; sums, products, quotients and roots
 * may not, and these are made of nothing else. Each is within two units in the last place.
 */

/** ln 2 and log10 2, each in two parts: of the first any product with an exponent is exact. */
const LN2 = { high: 5954088943 / 8589934592, low: 7.440617110012397e-11 };
const LOG10_2 = { high: 2585827972 / 8589934592, low: 1.1451100898021838e-10 };
const [LN10, LOG2_E, LOG2_10, LOG10_E] = [
  2.302585092994046, 1.4426950408889634, 3.321928094887362, 0.4342944819032518,
];
const SMALLEST_NORMAL = 2.2250738585072014e-308;
/** 2⁵⁴ */
const UP = 18014398509481984;

const bits = new DataView(new ArrayBuffer(8));

/** 2ⁿ for n from −1022 to 1023. */
function powerOfTwo(n: number): number {
  bits.setUint32(0, (n + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** x·2ⁿ, in two steps: the result may be smaller than any normal number. */
function scaled(x: number, n: number): number {
  const half = Math.trunc(n / 2);
  return x * powerOfTwo(half) * powerOfTwo(n - half);
}

/** x = 2^exponent · m, m from √½ to √2. @returns exponent, and ln m */
function parts(x: number): { readonly exponent: number; readonly lnRest: number } {
  const isTiny = x < SMALLEST_NORMAL;
  bits.setFloat64(0, isTiny ? x * UP : x);
  const head = bits.getUint32(0);
  let exponent = (head >>> 20) - 1023 - (isTiny ? 54 : 0);
  bits.setUint32(0, (head & 0xfffff) | (1023 << 20));
  let m = bits.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    exponent++;
  }
  // ln(1 + f) = 2 artanh s with s = f / (2 + f); 2s = f − s·f keeps the exact f in front.
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let sum = 0;
  for (let k = 23; k >= 3; k -= 2) sum = (sum + 2 / k) * z;
  return { exponent, lnRest: f - s * (f - sum) };
}

/** What logarithms are of no positive finite number; null for all others. */
const special = (x: number): number | null =>
  x > 0 && x < Infinity ? null : x === 0 ? -Infinity : x === Infinity ? Infinity : NaN;

export function log(x: number): number {
  const outside = special(x);
  if (outside !== null) return outside;
  const { exponent, lnRest } = parts(x);
  return exponent * LN2.high + (lnRest + exponent * LN2.low);
}

/** Of a power of ten it is the whole number. */
export function log10(x: number): number {
  const outside = special(x);
  if (outside !== null) return outside;
  const { exponent, lnRest } = parts(x);
  const value = exponent * LOG10_2.high + (lnRest * LOG10_E + exponent * LOG10_2.low);
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-12 && Number(`1e${whole}`) === x ? whole : value;
}

/** eʳ for |r| ≤ ½ ln 2 and a little more. */
function expNear0(r: number): number {
  let sum = 0;
  for (let k = 14; k >= 2; k--) sum = ((sum + 1) * r) / k;
  return 1 + (r + r * sum);
}

export function exp(x: number): number {
  if (Number.isNaN(x) || x > 709.782712893384) return x > 0 ? Infinity : NaN;
  if (x < -745.1332191019412) return 0;
  const n = Math.round(x * LOG2_E);
  return scaled(expNear0(x - n * LN2.high - n * LN2.low), n);
}

/** 10ˣ; of a whole number the one nearest to it. */
export function exp10(x: number): number {
  if (Number.isNaN(x) || x > 308.2547155599168) return x > 0 ? Infinity : NaN;
  if (x < -323.6072453387798) return 0;
  if (Number.isInteger(x)) return Number(`1e${x}`);
  const n = Math.round(x * LOG2_10);
  return scaled(expNear0((x - n * LOG10_2.high - n * LOG10_2.low) * LN10), n);
}

/** To 10⁻¹⁵ of 1. */
export function tanh(x: number): number {
  if (Math.abs(x) > 20) return Math.sign(x);
  const e = exp(2 * x);
  return (e - 1) / (e + 1);
}

/** cos 2πu, u from 0 to 1. */
export function cosOfTurns(u: number): number {
  // Exact: in the eighth of a turn on either side of a quarter.
  const quarter = Math.round(4 * u);
  const a = 2 * Math.PI * (u - quarter / 4);
  const z = a * a;
  const isCos = quarter % 2 === 0;
  let sum = 0;
  for (let k = isCos ? 18 : 19; k >= 2; k -= 2) sum = ((1 - sum) * z) / (k * (k - 1));
  const value = isCos ? 1 - sum : a * (1 - sum);
  return quarter === 1 || quarter === 2 ? -value : value;
}

/** A whole power, from 0 on. */
export function wholePower(x: number, n: number): number {
  let [result, square] = [1, x];
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
