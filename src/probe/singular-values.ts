/** The largest singular values of a small square matrix, and how many of them are alike: by a bidiagonal one with the same values. */

/** An upper bidiagonal matrix with the same singular values: its diagonal and what stands to the right of it. */
export interface Bidiagonal {
  readonly d: Float64Array;
  readonly e: Float64Array;
}

/**
 * By Householder reflections from both sides (Golub & Kahan 1965). O(n³).
 * @param data (n, n); divided by `scale`
 */
export function bidiagonal(data: ArrayLike<number>, n: number, scale = 1): Bidiagonal {
  const a = Float64Array.from(data, (x) => x / scale);
  const [d, e] = [new Float64Array(n), new Float64Array(Math.max(0, n - 1))];
  const w = new Float64Array(n);
  /** Makes v − ±‖v‖·e₁ of v. @returns what v becomes in its first entry, and 2/‖v‖² of the new one */
  const reflector = (v: Float64Array): readonly [number, number] => {
    let squares = 0;
    for (const x of v) squares += x * x;
    if (squares === 0) return [0, 0];
    const end = v[0] > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    const rest = squares - v[0] * end;
    v[0] -= end;
    return [end, 1 / rest];
  };
  for (let k = 0; k < n; k++) {
    const v = Float64Array.from({ length: n - k }, (_, i) => a[(k + i) * n + k]);
    const [end, beta] = reflector(v);
    d[k] = end;
    w.fill(0);
    for (let i = 0; i < v.length; i++)
      for (let j = k + 1, row = (k + i) * n; j < n; j++) w[j] += v[i] * a[row + j];
    for (let i = 0; i < v.length; i++)
      for (let j = k + 1, row = (k + i) * n, by = beta * v[i]; j < n; j++) a[row + j] -= by * w[j];
    if (k === n - 1) break;
    const u = a.slice(k * n + k + 1, (k + 1) * n);
    const [right, gamma] = reflector(u);
    e[k] = right;
    for (let i = k + 1; i < n; i++) {
      const row = i * n + k + 1;
      let along = 0;
      for (let j = 0; j < u.length; j++) along += a[row + j] * u[j];
      along *= gamma;
      for (let j = 0; j < u.length; j++) a[row + j] -= along * u[j];
    }
  }
  return { d, e };
}

/** (Σσ²)²/Σσ⁴ from ‖B‖² and ‖BᵀB‖²; null of nothing. */
export function participationOf({ d, e }: Bidiagonal): number | null {
  let [squares, fourths] = [0, 0];
  for (let i = 0; i < d.length; i++) {
    const [above, right] = [i > 0 ? e[i - 1] : 0, i < e.length ? d[i] * e[i] : 0];
    const onDiagonal = d[i] * d[i] + above * above;
    squares += onDiagonal;
    fourths += onDiagonal * onDiagonal + 2 * right * right;
  }
  return fourths === 0 ? null : (squares * squares) / fourths;
}

/**
 * The largest singular values, in descending order, by bisection: ±σ are the eigenvalues of the symmetric tridiagonal
 * matrix with a diagonal of zeros and d₁ e₁ d₂ e₂ … beside it (Golub & Kahan 1965), and Sturm's sequence counts those above.
 */
export function largestValues({ d, e }: Bidiagonal, count: number): number[] {
  const squares = Array.from({ length: d.length + e.length }, (_, i) =>
    i % 2 === 0 ? d[i / 2] ** 2 : e[(i - 1) / 2] ** 2,
  );
  const above = (x: number): number => {
    let [q, below] = [-x, 1];
    for (const square of squares) {
      q = -x - square / (q === 0 ? Number.MIN_VALUE : q);
      if (q < 0) below++;
    }
    return squares.length + 1 - below;
  };
  const bound = 2 * Math.sqrt(squares.reduce((a, b) => Math.max(a, b), 0));
  return Array.from({ length: count }, (_, i) => {
    let [low, high] = [0, bound];
    for (let halving = 0; halving < 200; halving++) {
      // By ratios once there is a lower end: small values are found to as many digits as large ones.
      const middle = low > 0 ? Math.sqrt(low * high) : high * 1e-3;
      if (middle <= low || middle >= high || middle < bound * 1e-18) break;
      if (above(middle) > i) low = middle;
      else high = middle;
    }
    return low;
  });
}
