/**
 * Every kernel of the contract once more, straight from its definition and blind to speed: what the reference engine
 * itself is held to. Matrices are read through `at`, one number at a time.
 */
import type { Ids, Matrix } from '../../src/base/matrix.js';
import type { Activation, Kernels, Packed } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const at = (m: Matrix, r: number, c: number): number => m.data[r * m.cols + c];
const sum = (terms: readonly number[]): number => terms.reduce((s, x) => s + x, 0);

/** Writes c[r][j] = value(r, j), every value found before the first is written. */
function write(c: Matrix, value: (r: number, j: number) => number): void {
  c.data.set(range(c.length).map((k) => value(Math.floor(k / c.cols), k % c.cols)));
}

class NaivePacked implements Packed {
  readonly isPacked = true;
  value: (k: number, j: number) => number = () => NaN;
  constructor(
    readonly rows: number,
    readonly cols: number,
  ) {}
}
const open = (packed: Packed): NaivePacked => {
  if (!(packed instanceof NaivePacked)) throw new TypeError('a packed matrix of another engine');
  return packed;
};

const sigma = (x: number): number => 1 / (1 + Math.exp(-x));
/** With e^x − 1 rather than e^x: nothing cancels near 0. */
const tanh = (x: number): number => {
  const e = Math.expm1(-2 * Math.abs(x));
  return (Math.sign(x) * -e) / (e + 2);
};
const activation: Record<Activation, (x: number) => number> = {
  tanh,
  sigmoid: sigma,
  relu: (x) => (Number.isNaN(x) ? NaN : x > 0 ? x : 0),
};
/** φ′ from φ's value, for engines that keep no derivatives. */
const slope: Record<Activation, (y: number) => number> = {
  tanh: (y) => 1 - y ** 2,
  sigmoid: (y) => y - y ** 2,
  relu: (y) => (y <= 0 ? 0 : 1), // PyTorch's: a unit that is not closed passes all, a NaN one too
};
/** φ′ from the argument: 1/cosh²; nothing cancels. */
const sigmoidSlope = (x: number): number => 1 / (2 + Math.exp(x) + Math.exp(-x));
const tanhSlope = (x: number): number => 1 / Math.cosh(x) ** 2;

/** Keeps derivatives where the engine does. */
function keep(slopes: Matrix, value: (r: number, j: number) => number): void {
  if (slopes.rows > 0) write(slopes, value);
}
/** Block `block` of the derivatives, or where none are kept what the value gives. */
const kept = (slopes: Matrix, r: number, column: number, formed: number): number =>
  slopes.rows > 0 ? at(slopes, r, column) : formed;

/** One optimiser step a weight: gradient d with the L2 penalty, then `next` says what becomes of the weight. */
function step(
  weights: Matrix,
  gradient: Matrix,
  { gradientScale, weightDecay }: { readonly gradientScale: number; readonly weightDecay: number },
  next: (w: number, d: number, j: number) => number,
): void {
  write(weights, (_, j) => {
    const w = weights.data[j];
    return next(w, gradient.data[j] * gradientScale + weightDecay * w, j);
  });
}

export function openNaive(): Kernels {
  return {
    ...openReference(),
    name: 'naive',
    packed: (rows: number, cols: number): Packed => new NaivePacked(rows, cols),
    pack(packed: Packed, source: Matrix, transposed: boolean): void {
      const copy = range(source.rows).map((r) => range(source.cols).map((j) => at(source, r, j)));
      open(packed).value = (k, j) => (transposed ? copy[j][k] : copy[k][j]);
    },
    product(c: Matrix, a: Matrix, b: Packed, plus: Matrix | null): void {
      const { value } = open(b);
      write(c, (i, j) => {
        const terms = range(a.cols).map((k) => at(a, i, k) * value(k, j));
        return (plus ? at(plus, i % plus.rows, j) : 0) + sum(terms);
      });
    },
    transposedProduct(c: Matrix, a: Matrix, b: Matrix, sums: Matrix | null): void {
      write(c, (i, j) => sum(range(a.rows).map((k) => at(a, k, i) * at(b, k, j))));
      if (sums) write(sums, (_, i) => sum(range(a.rows).map((k) => at(a, k, i))));
    },

    gatherRows(c: Matrix, table: Matrix, ids: Ids): void {
      write(c, (r, j) => at(table, ids.data[r], j));
    },
    scatterRows(table: Matrix, rows: Matrix, ids: Ids): void {
      const where = [...ids.data];
      write(table, (v, j) => sum(range(rows.rows).map((r) => (where[r] === v ? at(rows, r, j) : 0))));
    },
    addToRows(c: Matrix, row: Matrix): void {
      write(c, (r, j) => at(c, r, j) + row.data[j]);
    },
    sumRows(total: Matrix, a: Matrix): void {
      write(total, (_, j) => sum(range(a.rows).map((r) => at(a, r, j))));
    },
    transpose(c: Matrix, a: Matrix): void {
      write(c, (r, j) => at(a, j, r));
    },

    copy(c: Matrix, a: Matrix): void {
      write(c, (r, j) => at(a, r, j));
    },
    add(c: Matrix, a: Matrix, b: Matrix): void {
      write(c, (r, j) => at(a, r, j) + at(b, r, j));
    },
    multiply(c: Matrix, a: Matrix, b: Matrix): void {
      write(c, (r, j) => at(a, r, j) * at(b, r, j));
    },
    scale(c: Matrix, factor: number): void {
      write(c, (r, j) => at(c, r, j) * factor);
    },
    clamp(c: Matrix, limit: number): void {
      write(c, (r, j) => {
        const x = at(c, r, j);
        return Math.abs(x) > limit ? Math.sign(x) * limit : x;
      });
    },
    zero(c: Matrix): void {
      write(c, () => 0);
    },
    sumSquares: (a: Matrix): number => sum(Array.from(a.data, (x) => x ** 2)),

    vanillaForward(kind: Activation, h: Matrix, slopes: Matrix): void {
      if (kind !== 'relu') keep(slopes, (r, j) => (kind === 'tanh' ? tanhSlope : sigmoidSlope)(at(h, r, j)));
      write(h, (r, j) => activation[kind](at(h, r, j)));
    },
    vanillaBackward(kind: Activation, delta: Matrix, dh: Matrix, h: Matrix, slopes: Matrix): void {
      write(delta, (r, j) => {
        const y = at(h, r, j);
        if (kind === 'relu') return y <= 0 ? 0 : at(dh, r, j) * slope.relu(y);
        return at(dh, r, j) * kept(slopes, r, j, slope[kind](y));
      });
    },
    lstmForward(h: Matrix, c: Matrix, squashed: Matrix, gates: Matrix, cPrev: Matrix, slopes: Matrix): void {
      const H = h.cols;
      const a = gates.data.slice();
      write(gates, (r, j) => (Math.floor(j / H) === 2 ? tanh : sigma)(at(gates, r, j)));
      const gate = (r: number, block: number, j: number): number => at(gates, r, block * H + j);
      write(c, (r, j) => gate(r, 1, j) * at(cPrev, r, j) + gate(r, 0, j) * gate(r, 2, j));
      write(squashed, (r, j) => tanh(at(c, r, j)));
      write(h, (r, j) => gate(r, 3, j) * at(squashed, r, j));
      keep(slopes, (r, j) => {
        if (j >= 4 * H) return tanhSlope(at(c, r, j - 4 * H));
        return (Math.floor(j / H) === 2 ? tanhSlope : sigmoidSlope)(a[r * 4 * H + j]);
      });
    },
    lstmBackward(
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
      const gate = (r: number, block: number, j: number): number => at(gates, r, block * H + j);
      write(dc, (r, j) => {
        const steep = kept(slopes, r, 4 * H + j, slope.tanh(at(squashed, r, j)));
        return at(dc, r, j) + at(dh, r, j) * gate(r, 3, j) * steep;
      });
      write(dcPrev, (r, j) => at(dc, r, j) * gate(r, 1, j));
      write(delta, (r, column) => {
        const [block, j] = [Math.floor(column / H), column % H];
        const y = gate(r, block, j);
        const dy = [
          at(dc, r, j) * gate(r, 2, j),
          at(dc, r, j) * at(cPrev, r, j),
          at(dc, r, j) * gate(r, 0, j),
          at(dh, r, j) * at(squashed, r, j),
        ];
        return dy[block] * kept(slopes, r, column, slope[block === 2 ? 'tanh' : 'sigmoid'](y));
      });
    },
    gruForward(
      h: Matrix,
      candidate: Matrix,
      gates: Matrix,
      recurrent: Matrix,
      hPrev: Matrix,
      slopes: Matrix,
    ): void {
      const H = h.cols;
      const a = gates.data.slice();
      write(candidate, (r, j) => at(recurrent, r, 2 * H + j));
      write(gates, (r, j) => {
        if (j < 2 * H) return sigma(at(gates, r, j) + at(recurrent, r, j));
        const reset = sigma(at(gates, r, j - 2 * H) + at(recurrent, r, j - 2 * H));
        return tanh(at(gates, r, j) + reset * at(recurrent, r, j));
      });
      write(h, (r, j) => {
        const z = at(gates, r, H + j);
        return (1 - z) * at(gates, r, 2 * H + j) + z * at(hPrev, r, j);
      });
      keep(slopes, (row, column) => {
        const [block, j] = [Math.floor(column / H), column % H];
        const argument = (b: number): number => a[row * 3 * H + b * H + j] + at(recurrent, row, b * H + j);
        if (block === 3) return sigma(-argument(1));
        if (block < 2) return sigmoidSlope(argument(block));
        const reset = at(gates, row, j);
        return tanhSlope(a[row * 3 * H + 2 * H + j] + reset * at(recurrent, row, 2 * H + j));
      });
    },
    gruBackward(
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
      write(delta, (row, column) => {
        const [block, j] = [Math.floor(column / H), column % H];
        const [r, z, n] = range(3).map((b) => at(gates, row, b * H + j));
        const steep = (b: number, formed: number): number => kept(slopes, row, b * H + j, formed);
        const deltaN = at(dh, row, j) * steep(3, 1 - z) * steep(2, slope.tanh(n));
        if (block === 2) return deltaN;
        if (block === 1) return at(dh, row, j) * (at(hPrev, row, j) - n) * steep(1, slope.sigmoid(z));
        return deltaN * at(candidate, row, j) * steep(0, slope.sigmoid(r));
      });
      write(deltaRecurrent, (row, j) => at(delta, row, j) * (j < 2 * H ? 1 : at(gates, row, j - 2 * H)));
      write(dhPrev, (row, j) => at(dhPrev, row, j) + at(dh, row, j) * at(gates, row, H + j));
    },

    addProducts(c, a, row): void {
      write(c, (r, j) => at(c, r, j) + at(a, r, j) * row.data[j]);
    },
    sumProducts(total, a, b): void {
      write(total, (_, j) => sum(range(a.rows).map((r) => at(a, r, j) * at(b, r, j))));
    },
    minGruForward(h, gates, hPrev, slopes): void {
      const H = h.cols;
      const a = gates.data.slice();
      write(gates, (r, j) => (j < H ? sigma(at(gates, r, j)) : at(gates, r, j)));
      write(h, (r, j) => {
        const z = at(gates, r, j);
        return at(hPrev, r, j) + z * (at(gates, r, H + j) - at(hPrev, r, j));
      });
      keep(slopes, (r, j) => (j < H ? sigmoidSlope(a[r * 2 * H + j]) : sigma(-a[r * 2 * H + j - H])));
    },
    minGruBackward(delta, dhPrev, dh, gates, hPrev, slopes): void {
      const H = dh.cols;
      write(delta, (r, column) => {
        const j = column % H;
        const z = at(gates, r, j);
        if (column >= H) return at(dh, r, j) * z;
        return at(dh, r, j) * (at(gates, r, H + j) - at(hPrev, r, j)) * kept(slopes, r, j, slope.sigmoid(z));
      });
      write(dhPrev, (r, j) => at(dhPrev, r, j) + at(dh, r, j) * kept(slopes, r, H + j, 1 - at(gates, r, j)));
    },

    softmaxCrossEntropy(losses: Matrix, logits: Matrix, targets: Ids, scale: number): void {
      const rows = range(logits.rows).map((r) => range(logits.cols).map((v) => at(logits, r, v)));
      // ln Σ e^x = max + ln Σ e^(x − max): one overflows where the other does not
      const max = rows.map((row) => Math.max(...row));
      const logSum = rows.map((row, r) => max[r] + Math.log(sum(row.map((x) => Math.exp(x - max[r])))));
      write(losses, (r) => logSum[r] - rows[r][targets.data[r]]);
      write(logits, (r, v) => (Math.exp(rows[r][v] - logSum[r]) - (v === targets.data[r] ? 1 : 0)) * scale);
    },

    sgd(weights, gradient, velocity, settings): void {
      step(weights, gradient, settings, (w, d, j) => {
        if (!velocity) return w - settings.lr * d;
        velocity.data[j] = settings.momentum * velocity.data[j] + d;
        return w - settings.lr * velocity.data[j];
      });
    },
    adagrad(weights, gradient, squares, settings): void {
      step(weights, gradient, settings, (w, d, j) => {
        squares.data[j] += d ** 2;
        return w - (settings.lr * d) / (Math.sqrt(squares.data[j]) + settings.epsilon);
      });
    },
    rmsprop(weights, gradient, squares, settings): void {
      step(weights, gradient, settings, (w, d, j) => {
        squares.data[j] = settings.alpha * squares.data[j] + (1 - settings.alpha) * d ** 2;
        return w - (settings.lr * d) / (Math.sqrt(squares.data[j]) + settings.epsilon);
      });
    },
    adam(weights, gradient, first, second, settings): void {
      const { beta1, beta2, rate, root, epsilon, keep } = settings;
      step(weights, gradient, settings, (w, d, j) => {
        first.data[j] = beta1 * first.data[j] + (1 - beta1) * d;
        second.data[j] = beta2 * second.data[j] + (1 - beta2) * d ** 2;
        return keep * w - (rate * first.data[j]) / (Math.sqrt(second.data[j] / root ** 2) + epsilon);
      });
    },
  };
}
