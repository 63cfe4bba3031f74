/** The cells' pointwise parts, one timestep each. The formulas (F…, B…) stand in model/cells. */
import type { Matrix } from '../../base/matrix.js';
import type { Activation } from '../kernels.js';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** φ, and φ′ as a function of φ's value. A NaN stays one through each. */
const FUNCTIONS: Record<Activation, { of: (x: number) => number; slope: (y: number) => number }> = {
  tanh: { of: Math.tanh, slope: (y) => 1 - y * y },
  sigmoid: { of: sigmoid, slope: (y) => y * (1 - y) },
  relu: { of: (x) => (x <= 0 ? 0 : x), slope: (y) => (y <= 0 ? 0 : 1) },
};

export function vanillaForward(kind: Activation, h: Matrix): void {
  const { of } = FUNCTIONS[kind];
  const data = h.data;
  for (let j = 0; j < data.length; j++) data[j] = of(data[j]);
}

export function vanillaBackward(kind: Activation, delta: Matrix, dh: Matrix, h: Matrix): void {
  const { slope } = FUNCTIONS[kind];
  const [to, up, y] = [delta.data, dh.data, h.data];
  for (let j = 0; j < to.length; j++) to[j] = kind === 'relu' && y[j] <= 0 ? 0 : up[j] * slope(y[j]); // a closed unit passes nothing, not even a NaN
}

/** Calls `visit` with the place of each unit in an (N, H) matrix and of its first gate in an (N, G·H) one. */
function forUnits(gateCount: number, shape: Matrix, visit: (unit: number, gate: number) => void): void {
  const { rows, cols: hidden } = shape;
  for (let n = 0; n < rows; n++)
    for (let j = 0; j < hidden; j++) visit(n * hidden + j, n * gateCount * hidden + j);
}

export function lstmForward(h: Matrix, c: Matrix, squashed: Matrix, gates: Matrix, cPrev: Matrix): void {
  const H = h.cols;
  const a = gates.data;
  forUnits(4, h, (unit, gate) => {
    const i = (a[gate] = sigmoid(a[gate]));
    const f = (a[gate + H] = sigmoid(a[gate + H]));
    const g = (a[gate + 2 * H] = Math.tanh(a[gate + 2 * H]));
    const o = (a[gate + 3 * H] = sigmoid(a[gate + 3 * H]));
    c.data[unit] = f * cPrev.data[unit] + i * g;
    squashed.data[unit] = Math.tanh(c.data[unit]);
    h.data[unit] = o * squashed.data[unit];
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
): void {
  const H = dh.cols;
  const [a, da] = [gates.data, delta.data];
  forUnits(4, dh, (unit, gate) => {
    const [i, f, g, o] = [a[gate], a[gate + H], a[gate + 2 * H], a[gate + 3 * H]];
    const s = squashed.data[unit];
    const up = dh.data[unit];
    const total = (dc.data[unit] += up * o * (1 - s * s));
    dcPrev.data[unit] = total * f;
    da[gate] = total * g * (i * (1 - i));
    da[gate + H] = total * cPrev.data[unit] * (f * (1 - f));
    da[gate + 2 * H] = total * i * (1 - g * g);
    da[gate + 3 * H] = up * s * (o * (1 - o));
  });
}

export function gruForward(
  h: Matrix,
  candidate: Matrix,
  gates: Matrix,
  recurrent: Matrix,
  hPrev: Matrix,
): void {
  const H = h.cols;
  const [a, b] = [gates.data, recurrent.data];
  forUnits(3, h, (unit, gate) => {
    const r = (a[gate] = sigmoid(a[gate] + b[gate]));
    const z = (a[gate + H] = sigmoid(a[gate + H] + b[gate + H]));
    candidate.data[unit] = b[gate + 2 * H];
    const n = (a[gate + 2 * H] = Math.tanh(a[gate + 2 * H] + r * b[gate + 2 * H]));
    h.data[unit] = (1 - z) * n + z * hPrev.data[unit];
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
): void {
  const H = dh.cols;
  const [a, da, db] = [gates.data, delta.data, deltaRecurrent.data];
  forUnits(3, dh, (unit, gate) => {
    const [r, z, n] = [a[gate], a[gate + H], a[gate + 2 * H]];
    const up = dh.data[unit];
    const dn = up * (1 - z) * (1 - n * n);
    da[gate] = db[gate] = dn * candidate.data[unit] * (r * (1 - r));
    da[gate + H] = db[gate + H] = up * (hPrev.data[unit] - n) * (z * (1 - z));
    da[gate + 2 * H] = dn;
    db[gate + 2 * H] = dn * r;
    dhPrev.data[unit] += up * z;
  });
}
