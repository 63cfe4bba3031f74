/** The cells' pointwise parts, one timestep each. The formulas (F…, B…) stand in model/cells. */
import type { Matrix } from '../../base/matrix.js';
import type { Activation } from '../kernels.js';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Derivatives by the argument, not by the value: 1 − tanh² of a tanh that is 1 to the last digit would be 0.
 * With e = e^{−|x|} σ′(x) = e/(1 + e)², and tanh′(x) = 4σ′(2x).
 */
const sigmoidSlope = (x: number): number => {
  const e = Math.exp(-Math.abs(x));
  return e / (1 + e) ** 2;
};
const tanhSlope = (x: number): number => 4 * sigmoidSlope(2 * x);

/** φ and φ′; ReLU's is known from its value. A NaN stays one through each. */
const FUNCTIONS: Record<Activation, { of: (x: number) => number; slope: (x: number) => number }> = {
  tanh: { of: Math.tanh, slope: tanhSlope },
  sigmoid: { of: sigmoid, slope: sigmoidSlope },
  relu: { of: (x) => (x <= 0 ? 0 : x), slope: () => NaN },
};

export function vanillaForward(kind: Activation, h: Matrix, slopes: Matrix): void {
  const { of, slope } = FUNCTIONS[kind];
  const [data, kept] = [h.data, slopes.data];
  for (let j = 0; j < data.length; j++) {
    if (kind !== 'relu') kept[j] = slope(data[j]);
    data[j] = of(data[j]);
  }
}

export function vanillaBackward(
  kind: Activation,
  delta: Matrix,
  dh: Matrix,
  h: Matrix,
  slopes: Matrix,
): void {
  const [to, up, y, slope] = [delta.data, dh.data, h.data, slopes.data];
  for (let j = 0; j < to.length; j++)
    // A closed unit passes nothing, not even a NaN.
    to[j] = kind !== 'relu' ? up[j] * slope[j] : y[j] <= 0 ? 0 : up[j];
}

/** Calls `visit` with the place of each unit in an (N, H) matrix, of its first gate in an (N, G·H) one, and of its first slope. */
function forUnits(
  gateCount: number,
  slopeCount: number,
  shape: Matrix,
  visit: (unit: number, gate: number, slope: number) => void,
): void {
  const { rows, cols: hidden } = shape;
  for (let n = 0; n < rows; n++)
    for (let j = 0; j < hidden; j++)
      visit(n * hidden + j, n * gateCount * hidden + j, n * slopeCount * hidden + j);
}

export function lstmForward(
  h: Matrix,
  c: Matrix,
  squashed: Matrix,
  gates: Matrix,
  cPrev: Matrix,
  slopes: Matrix,
): void {
  const H = h.cols;
  const [a, kept] = [gates.data, slopes.data];
  forUnits(4, 5, h, (unit, gate, slope) => {
    const [ai, af, ag, ao] = [a[gate], a[gate + H], a[gate + 2 * H], a[gate + 3 * H]];
    const i = (a[gate] = sigmoid(ai));
    const f = (a[gate + H] = sigmoid(af));
    const g = (a[gate + 2 * H] = Math.tanh(ag));
    const o = (a[gate + 3 * H] = sigmoid(ao));
    c.data[unit] = f * cPrev.data[unit] + i * g;
    squashed.data[unit] = Math.tanh(c.data[unit]);
    h.data[unit] = o * squashed.data[unit];
    kept[slope] = sigmoidSlope(ai);
    kept[slope + H] = sigmoidSlope(af);
    kept[slope + 2 * H] = tanhSlope(ag);
    kept[slope + 3 * H] = sigmoidSlope(ao);
    kept[slope + 4 * H] = tanhSlope(c.data[unit]);
  });
}

export function lstmBackward(
  delta: Matrix,
  dc: Matrix,
  dcPrev: Matrix,
  dh: Matrix,
  gates: Matrix,
  squashed: Matrix,
  cPrev: Matrix,
  slopes: Matrix,
): void {
  const H = dh.cols;
  const [a, da, kept] = [gates.data, delta.data, slopes.data];
  forUnits(4, 5, dh, (unit, gate, slope) => {
    const [i, f, g, o] = [a[gate], a[gate + H], a[gate + 2 * H], a[gate + 3 * H]];
    const up = dh.data[unit];
    const total = (dc.data[unit] += up * o * kept[slope + 4 * H]);
    dcPrev.data[unit] = total * f;
    da[gate] = total * g * kept[slope];
    da[gate + H] = total * cPrev.data[unit] * kept[slope + H];
    da[gate + 2 * H] = total * i * kept[slope + 2 * H];
    da[gate + 3 * H] = up * squashed.data[unit] * kept[slope + 3 * H];
  });
}

export function gruForward(
  h: Matrix,
  candidate: Matrix,
  gates: Matrix,
  recurrent: Matrix,
  hPrev: Matrix,
  slopes: Matrix,
): void {
  const H = h.cols;
  const [a, b, kept] = [gates.data, recurrent.data, slopes.data];
  forUnits(3, 4, h, (unit, gate, slope) => {
    const [ar, az] = [a[gate] + b[gate], a[gate + H] + b[gate + H]];
    const r = (a[gate] = sigmoid(ar));
    const z = (a[gate + H] = sigmoid(az));
    candidate.data[unit] = b[gate + 2 * H];
    const an = a[gate + 2 * H] + r * b[gate + 2 * H];
    const n = (a[gate + 2 * H] = Math.tanh(an));
    const open = sigmoid(-az); // 1 − z
    h.data[unit] = open * n + z * hPrev.data[unit];
    kept[slope] = sigmoidSlope(ar);
    kept[slope + H] = sigmoidSlope(az);
    kept[slope + 2 * H] = tanhSlope(an);
    kept[slope + 3 * H] = open;
  });
}

export function gruBackward(
  delta: Matrix,
  deltaRecurrent: Matrix,
  dhPrev: Matrix,
  dh: Matrix,
  gates: Matrix,
  candidate: Matrix,
  hPrev: Matrix,
  slopes: Matrix,
): void {
  const H = dh.cols;
  const [a, da, db, kept] = [gates.data, delta.data, deltaRecurrent.data, slopes.data];
  forUnits(3, 4, dh, (unit, gate, slope) => {
    const [r, z, n] = [a[gate], a[gate + H], a[gate + 2 * H]];
    const up = dh.data[unit];
    const dn = up * kept[slope + 3 * H] * kept[slope + 2 * H];
    da[gate] = db[gate] = dn * candidate.data[unit] * kept[slope];
    da[gate + H] = db[gate + H] = up * (hPrev.data[unit] - n) * kept[slope + H];
    da[gate + 2 * H] = dn;
    db[gate + 2 * H] = dn * r;
    dhPrev.data[unit] += up * z;
  });
}

export function minGruForward(h: Matrix, gates: Matrix, hPrev: Matrix, slopes: Matrix): void {
  const H = h.cols;
  const [a, kept] = [gates.data, slopes.data];
  forUnits(2, 2, h, (unit, gate, slope) => {
    const az = a[gate];
    const z = (a[gate] = sigmoid(az));
    const open = sigmoid(-az); // 1 − z
    h.data[unit] = open * hPrev.data[unit] + z * a[gate + H];
    kept[slope] = sigmoidSlope(az);
    kept[slope + H] = open;
  });
}

export function minGruBackward(
  delta: Matrix,
  dhPrev: Matrix,
  dh: Matrix,
  gates: Matrix,
  hPrev: Matrix,
  slopes: Matrix,
): void {
  const H = dh.cols;
  const [a, da, kept] = [gates.data, delta.data, slopes.data];
  forUnits(2, 2, dh, (unit, gate, slope) => {
    const up = dh.data[unit];
    da[gate] = up * (a[gate + H] - hPrev.data[unit]) * kept[slope];
    da[gate + H] = up * a[gate];
    dhPrev.data[unit] += up * kept[slope + H];
  });
}
