/**
 * One suite for every engine: each kernel of the contract against the reference engine, and the reference against
 * naive formulas. Sizes 1–17 and beyond the compiled blocks, addresses off every boundary, guards around each result.
 */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { CALL_NAMES } from '../../src/kernels/calls.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import type { Matrix } from '../../src/base/matrix.js';
import { openReference } from '../../src/kernels/reference.js';
import { engines, float64Engines } from '../engines.js';
import { Bench, blank, operand, type Operand } from './bench.js';
import { openNaive } from './naive.js';

const SIZES = Array.from({ length: 17 }, (_, i) => i + 1);
const ACTIVATIONS = ['tanh', 'relu', 'sigmoid'] as const;
const KEYS = (values: Iterable<number>): number[] => [...values];

/** A pool of specials among ordinary numbers; 1e±30 overflow and vanish when multiplied. */
const SPECIAL = [0, -0, Infinity, -Infinity, NaN, 1e30, -1e30, 1e-30, -1e-30];
const withSpecials =
  (rng: Rng, share = 0.3, specials = SPECIAL) =>
  (): number =>
    rng.uniform() < share ? specials[rng.uint32() % specials.length] : rng.normal();

/** The reference in all but the cells, which it has with derivatives kept alone. */
function openOracle(): Kernels {
  const naive = openNaive();
  // Its cells keep no derivatives where the engine keeps none.
  const cells = Object.fromEntries(
    CALL_NAMES.filter((name) => /(Forward|Backward)$/.test(name)).map((name) => [name, naive[name]]),
  );
  return { ...openReference(), ...cells };
}

const engineBenches = await Promise.all(
  [...engines, ...float64Engines].map(async ({ name, open }) => {
    const oracle = name === 'reference' ? openNaive() : openOracle();
    return { name, bench: new Bench(await open(), oracle) };
  }),
);

/** Σ|a|·|b| by entry of a product: what a sum's rounding is measured by. */
function productSizes(c: Operand, a: Operand, b: Operand, transposed: 'a' | 'b' | 'neither'): number[] {
  const K = transposed === 'a' ? a.rows : a.cols;
  return Array.from({ length: c.rows * c.cols }, (_, at) => {
    const [i, j] = [Math.floor(at / c.cols), at % c.cols];
    let size = Math.abs(c.values[at]) || 0;
    for (let k = 0; k < K; k++) {
      const x = a.values[transposed === 'a' ? k * a.cols + i : i * a.cols + k];
      const y = b.values[transposed === 'b' ? j * b.cols + k : k * b.cols + j];
      size += Math.abs(x * y);
    }
    return size;
  });
}

/** Σ|a| by column. */
function sizesByColumn({ values, cols }: Operand): number[] {
  const sizes = new Array<number>(cols).fill(0);
  values.forEach((x, at) => (sizes[at % cols] += Math.abs(x)));
  return sizes;
}

/** What is added to a product. */
const PLUS = ['nothing', 'itself', 'a row'] as const;
type Plus = (typeof PLUS)[number];

describe.each(engineBenches)('$name', ({ bench }) => {
  const draw = (rng: Rng) => (): number => rng.normal();

  function product(
    rng: Rng,
    [M, K, N]: readonly number[],
    plus: Plus,
    transposed: boolean,
    values: () => number = draw(rng),
  ): void {
    const a = operand(M, K, values);
    const b = transposed ? operand(N, K, values) : operand(K, N, values);
    const before = operand(M, N, plus === 'itself' ? values : () => NaN);
    const row = operand(1, N, values);
    const added =
      plus === 'a row' ? { ...before, values: before.values.map((_, at) => row.values[at % N]) } : before;
    const of = productSizes(added, a, b, transposed ? 'b' : 'neither');
    const c = { ...before, result: { units: K + 2, of } };
    bench.agree(`product ${M}×${K}×${N} + ${plus}`, rng, { c, a, b, row }, (kernels, m) => {
      const packed = kernels.packed(K, N);
      expect([packed.rows, packed.cols]).toEqual([K, N]);
      kernels.pack(packed, m.b, transposed);
      kernels.product(m.c, m.a, packed, { nothing: null, itself: m.c, 'a row': m.row }[plus]);
    });
  }

  function transposedProduct(rng: Rng, [M, K, N]: readonly number[], values: () => number = draw(rng)): void {
    const a = operand(K, M, values);
    const b = operand(K, N, values);
    const before = blank(M, N, 'exact');
    const c = { ...before, result: { units: K + 2, of: productSizes(before, a, b, 'a') } };
    bench.agree(`transposedProduct ${M}×${K}×${N}`, rng, { c, a, b }, (kernels, m) => {
      kernels.transposedProduct(m.c, m.a, m.b, null);
    });
    const sums = blank(1, M, { units: K + 1, of: sizesByColumn(a) });
    bench.agree(`transposedProduct ${M}×${K}×${N}, sums`, rng, { c, a, b, sums }, (kernels, m) => {
      kernels.transposedProduct(m.c, m.a, m.b, m.sums);
    });
  }

  describe('memory', () => {
    const { kernels } = bench;

    test('a new matrix holds zeros, and matrices keep their numbers while the memory grows under them', () => {
      const first = kernels.matrix(3, 5);
      const part = first.rowRange(1, 2);
      const ids = kernels.ids(7);
      expect(KEYS(first.data)).toEqual(new Array(15).fill(0));
      expect(KEYS(ids.data)).toEqual(new Array(7).fill(0));
      first.data.forEach((_, j) => (first.data[j] = j + 0.5));
      ids.data.set([7, 6, 5, 4, 3, 2, 1]);
      const large = kernels.matrix(1100, 1000);
      expect(large.data).toHaveLength(1_100_000);
      expect(large.data.every((x) => x === 0)).toBe(true);
      expect(KEYS(first.data)).toEqual(Array.from({ length: 15 }, (_, j) => j + 0.5));
      expect(KEYS(part.data)).toEqual(Array.from({ length: 10 }, (_, j) => j + 5.5));
      expect(KEYS(ids.data)).toEqual([7, 6, 5, 4, 3, 2, 1]);
      kernels.scale(first, 2);
      expect(KEYS(part.data)).toEqual(Array.from({ length: 10 }, (_, j) => 2 * j + 11));
    });

    test('neighbours do not share a number', () => {
      const matrices = SIZES.map((n) => kernels.matrix(1, n));
      matrices.forEach((matrix, i) => matrix.data.fill(i + 1));
      matrices.forEach((matrix, i) => {
        expect(matrix.data.every((x) => x === i + 1)).toBe(true);
      });
    });

    test('a matrix packed by another engine is refused', () => {
      const [a, c] = [kernels.matrix(1, 1), kernels.matrix(1, 1)];
      const foreign = bench.oracle.packed(1, 1);
      expect(() => {
        kernels.pack(foreign, a, false);
      }).toThrow(TypeError);
      expect(() => {
        kernels.product(c, a, foreign, null);
      }).toThrow(TypeError);
    });
  });

  describe('products', () => {
    test.each(SIZES)('product and transposedProduct, %i rows by 1–17 columns (seed: the rows)', (M) => {
      const rng = Rng.fromSeed(M);
      for (const N of SIZES) {
        const K = 1 + (rng.uint32() % 17);
        for (const plus of PLUS)
          for (const transposed of [false, true]) product(rng, [M, K, N], plus, transposed);
        transposedProduct(rng, [M, K, N]);
      }
    });

    test('1–17 deep (seed 18)', () => {
      const rng = Rng.fromSeed(18);
      for (const K of SIZES)
        for (const size of [1, 5, 8, 13]) {
          product(rng, [size, K, 14 - size], PLUS[K % 3], size > 5);
          transposedProduct(rng, [size, K, 14 - size]);
        }
    });

    test.each([
      [7, 257, 9],
      [97, 300, 17],
      [193, 5, 3],
      [96, 256, 8],
      [101, 513, 11],
      [131, 1030, 35],
      [3, 7, 391],
      [5, 259, 401],
    ])('beyond the blocks: %i rows, %i deep, %i columns (seed 19)', (...size) => {
      const rng = Rng.fromSeed(19);
      for (const plus of PLUS) product(rng, size, plus, plus === 'itself');
      transposedProduct(rng, size);
    });

    test('infinities and NaN reach exactly the entries they belong to (seed 20)', () => {
      const rng = Rng.fromSeed(20);
      for (const size of SIZES) {
        const rare = withSpecials(rng, 0.02, [0, -0, Infinity, -Infinity, NaN]);
        for (const plus of PLUS) product(rng, [size, 18 - size, 9], plus, false, rare);
        transposedProduct(rng, [9, size, 18 - size], rare);
      }
      const rare = withSpecials(rng, 0.001, [Infinity, NaN]);
      product(rng, [13, 300, 11], 'itself', true, rare);
      transposedProduct(rng, [13, 300, 11], rare);
    });

    test('a sum of no terms is 0, or what is added to it', () => {
      const rng = Rng.fromSeed(21);
      for (const plus of PLUS) product(rng, [3, 0, 5], plus, false);
      transposedProduct(rng, [3, 0, 5]);
    });
  });

  describe('rows', () => {
    const shapes = SIZES.flatMap((rows) => SIZES.map((cols) => [rows, cols]));

    test('gatherRows and scatterRows, ids repeated, 1–17 rows and columns (seed 31)', () => {
      const rng = Rng.fromSeed(31);
      for (const [rows, cols] of shapes) {
        const V = 1 + (rng.uint32() % 17);
        const ids = Array.from({ length: rows }, () => rng.uint32() % V);
        const table = operand(V, cols, withSpecials(rng));
        bench.agree(
          'gatherRows',
          rng,
          { c: blank(rows, cols, 'exact'), table },
          (kernels, m, at) => {
            kernels.gatherRows(m.c, m.table, at);
          },
          ids,
        );
        const from = operand(rows, cols, draw(rng));
        const of = new Array<number>(V * cols).fill(0);
        ids.forEach((id, r) => {
          for (let j = 0; j < cols; j++) of[id * cols + j] += Math.abs(from.values[r * cols + j]);
        });
        const sums = blank(V, cols, { units: rows, of });
        bench.agree(
          'scatterRows',
          rng,
          { sums, from },
          (kernels, m, at) => {
            kernels.scatterRows(m.sums, m.from, at);
          },
          ids,
        );
      }
    });

    test('scatterRows: one id for all rows, and NaN only where it came (seed 32)', () => {
      const rng = Rng.fromSeed(32);
      const from = operand(40, 5, draw(rng));
      const of = new Array<number>(15).fill(40 * 5);
      const all = { sums: blank(3, 5, { units: 40, of }), from };
      const scatter = (
        kernels: Kernels,
        m: Record<'sums' | 'from', Matrix>,
        at: Parameters<Kernels['scatterRows']>[2],
      ) => {
        kernels.scatterRows(m.sums, m.from, at);
      };
      bench.agree('scatterRows', rng, all, scatter, new Array<number>(40).fill(1));
      const odd = operand(6, 5, withSpecials(rng, 0.2, [NaN, Infinity, -Infinity]));
      bench.agree(
        'scatterRows',
        rng,
        { sums: blank(3, 5, { units: 6 }), from: odd },
        scatter,
        [0, 2, 2, 0, 2, 2],
      );
    });

    test('addToRows, transpose: 1–17 rows and columns, specials too (seed 33)', () => {
      const rng = Rng.fromSeed(33);
      for (const [rows, cols] of [...shapes, [37, 19], [16, 33], [100, 7]]) {
        const values = withSpecials(rng);
        const row = operand(1, cols, values);
        bench.agree('addToRows', rng, { c: operand(rows, cols, values, 'exact'), row }, (kernels, m) => {
          kernels.addToRows(m.c, m.row);
        });
        const operands = { c: blank(cols, rows, 'exact'), a: operand(rows, cols, values) };
        bench.agree('transpose', rng, operands, (kernels, m) => {
          kernels.transpose(m.c, m.a);
        });
      }
    });

    test('addProducts, sumProducts: 1–17 rows and columns, and many (seed 35)', () => {
      const rng = Rng.fromSeed(35);
      for (const [rows, cols] of [...shapes, [1000, 3], [65, 70]])
        for (const values of [draw(rng), withSpecials(rng, 0.02, [Infinity, -Infinity, NaN, -0])]) {
          const [a, b, row] = [
            operand(rows, cols, values),
            operand(rows, cols, values),
            operand(1, cols, values),
          ];
          const products = { ...a, values: a.values.map((x, at) => x * b.values[at]) };
          const sum = blank(1, cols, { units: rows + 2, of: sizesByColumn(products) });
          bench.agree('sumProducts', rng, { sum, a, b }, (kernels, m) => {
            kernels.sumProducts(m.sum, m.a, m.b);
          });
          const of = b.values.map((x, at) => Math.abs(x) + Math.abs(a.values[at] * row.values[at % cols]));
          const c = { ...b, result: { units: 3, of } };
          bench.agree('addProducts', rng, { c, a, row }, (kernels, m) => {
            kernels.addProducts(m.c, m.a, m.row);
          });
        }
    });

    test('sumRows: 1–17 rows and columns, and many (seed 34)', () => {
      const rng = Rng.fromSeed(34);
      for (const [rows, cols] of [...shapes, [1000, 3], [65, 70]])
        for (const values of [draw(rng), withSpecials(rng, 0.02, [Infinity, -Infinity, NaN, -0])]) {
          const a = operand(rows, cols, values);
          const of = sizesByColumn(a);
          bench.agree('sumRows', rng, { sum: blank(1, cols, { units: rows, of }), a }, (kernels, m) => {
            kernels.sumRows(m.sum, m.a);
          });
        }
    });
  });

  describe('elementwise', () => {
    const lengths = [...SIZES, 31, 64, 101];

    test('copy, add, multiply, scale, clamp, zero: 1–17 numbers and more, specials too (seed 41)', () => {
      const rng = Rng.fromSeed(41);
      for (const n of lengths)
        for (let repeat = 0; repeat < 4; repeat++) {
          const values = withSpecials(rng);
          const [a, b] = [operand(1, n, values), operand(1, n, values)];
          const three = { c: blank(1, n, 'exact'), a, b };
          bench.agree('copy', rng, { c: blank(1, n, 'exact'), a }, (kernels, m) => {
            kernels.copy(m.c, m.a);
          });
          bench.agree('add', rng, three, (kernels, m) => {
            kernels.add(m.c, m.a, m.b);
          });
          bench.agree('multiply', rng, three, (kernels, m) => {
            kernels.multiply(m.c, m.a, m.b);
          });
          bench.agree('zero', rng, { c: operand(1, n, values, 'exact') }, (kernels, m) => {
            kernels.zero(m.c);
          });
          for (const factor of [0.75, -3, 2 ** 100, 2 ** -100, 0, Infinity, NaN])
            bench.agree(`scale by ${factor}`, rng, { c: operand(1, n, values, 'exact') }, (kernels, m) => {
              kernels.scale(m.c, factor);
            });
          for (const limit of [0.5, 5, 0, Infinity])
            bench.agree(`clamp to ${limit}`, rng, { c: operand(1, n, values, 'exact') }, (kernels, m) => {
              kernels.clamp(m.c, limit);
            });
        }
    });

    test('a result may be one of the operands (seed 42)', () => {
      const rng = Rng.fromSeed(42);
      for (const n of lengths) {
        const operands = { c: operand(1, n, draw(rng), 'exact'), b: operand(1, n, draw(rng)) };
        bench.agree('add', rng, operands, (kernels, m) => {
          kernels.add(m.c, m.c, m.b);
        });
        bench.agree('multiply', rng, operands, (kernels, m) => {
          kernels.multiply(m.c, m.c, m.b);
        });
        bench.agree('multiply', rng, { c: operands.c }, (kernels, m) => {
          kernels.multiply(m.c, m.c, m.c);
        });
      }
    });

    test('sumSquares: summed in float64, whatever the engine’s numbers are (seed 43)', () => {
      const rng = Rng.fromSeed(43);
      const { kernels, oracle } = bench;
      const square = (engine: Kernels, a: Operand, from: number): number => {
        const matrix = engine.matrix(1, from + a.values.length);
        matrix.data.fill(3);
        matrix.data.set(a.values, from);
        return engine.sumSquares(matrix.reshaped(from, a.rows, a.cols));
      };
      for (const n of [...lengths, 50_000]) {
        for (const a of [operand(1, n, draw(rng)), operand(n, 1, () => 1e-30 * rng.normal())]) {
          const wanted = square(oracle, a, 0);
          expect(Math.abs(square(kernels, a, 1) - wanted)).toBeLessThanOrEqual(1e-12 * wanted);
        }
      }
      // 1e6 ones and a little: float32 would stop counting the little at 2²⁴
      expect(
        square(
          kernels,
          operand(1, 5, () => 1e20),
          3,
        ),
      ).toBeCloseTo(5 * Math.fround(1e20) ** 2, -30);
      expect(
        square(
          kernels,
          operand(1, 9, () => Infinity),
          3,
        ),
      ).toBe(Infinity);
      expect(square(kernels, { rows: 1, cols: 3, values: [Infinity, 1, NaN] }, 3)).toBeNaN();
      expect(
        square(
          kernels,
          operand(0, 9, () => 1),
          3,
        ),
      ).toBe(0);
    });
  });

  describe('cells', () => {
    const shapes = SIZES.flatMap((H) => [1, 2, 3].map((N) => [N, H]));
    const units = 12;

    const keepsSlopes = bench.kernels.scalar === 'f64';
    /** The derivatives that a float64 engine writes forward. */
    const written = (N: number, H: number, blocks: number): Operand =>
      keepsSlopes
        ? blank(N, blocks * H, { units: 60, of: new Array<number>(N * blocks * H).fill(1) })
        : blank(0, H, 'exact');
    /** Those it reads backward. */
    const read = (rng: Rng, N: number, H: number, blocks: number): Operand =>
      keepsSlopes ? operand(N, blocks * H, () => rng.uniform()) : blank(0, H, 'exact');

    /** What the gates hold after a forward pass: numbers strictly between the ends of σ and tanh. */
    const inside = (rng: Rng) => (): number => 0.05 + 0.9 * rng.uniform();

    test.each(ACTIVATIONS)('vanilla %s, forward and backward, 1–17 units and more (seed 51)', (kind) => {
      const rng = Rng.fromSeed(51);
      for (const [N, H] of [...shapes, [5, 100]]) {
        const h = operand(N, H, () => 2 * rng.normal(), { units });
        const slopes = kind === 'relu' ? read(rng, N, H, 1) : written(N, H, 1);
        bench.agree(`${kind} forward`, rng, { h, slopes }, (kernels, m) => {
          kernels.vanillaForward(kind, m.h, m.slopes);
        });
        const y = operand(N, H, () => (kind === 'relu' ? Math.max(0, rng.normal()) : rng.uniform()));
        const operands = {
          ...{ delta: blank(N, H, { units }), dh: operand(N, H, draw(rng)), y },
          slopes: read(rng, N, H, 1),
        };
        bench.agree(`${kind} backward`, rng, operands, (kernels, m) => {
          kernels.vanillaBackward(kind, m.delta, m.dh, m.y, m.slopes);
        });
      }
    });

    /** The size a sum with the state has: at least that of a gate, 1. */
    const stateSizes = (state: Operand): number[] =>
      state.values.map((x) => (Number.isFinite(x) ? 1 + Math.abs(x) : 1));

    function lstmForward(rng: Rng, N: number, H: number, gates: () => number, state: () => number): void {
      const cPrev = operand(N, H, state);
      const one = { units, of: new Array<number>(N * 4 * H).fill(1) };
      const operands = {
        h: blank(N, H, one),
        c: blank(N, H, { units, of: stateSizes(cPrev) }),
        squashed: blank(N, H, one),
        gates: operand(N, 4 * H, gates, one),
        cPrev,
        slopes: written(N, H, 5),
      };
      bench.agree('lstmForward', rng, operands, (kernels, m) => {
        kernels.lstmForward(m.h, m.c, m.squashed, m.gates, m.cPrev, m.slopes);
      });
    }
    function lstmBackward(rng: Rng, N: number, H: number, gate: () => number, gradient: () => number): void {
      const operands = {
        delta: blank(N, 4 * H, { units }),
        dc: operand(N, H, gradient, { units }),
        dcPrev: blank(N, H, { units }),
        dh: operand(N, H, gradient),
        gates: operand(N, 4 * H, gate),
        squashed: operand(N, H, gate),
        cPrev: operand(N, H, gradient),
        slopes: read(rng, N, H, 5),
      };
      bench.agree('lstmBackward', rng, operands, (kernels, m) => {
        kernels.lstmBackward(m.delta, m.dc, m.dcPrev, m.dh, m.gates, m.squashed, m.cPrev, m.slopes);
      });
    }
    function gruForward(rng: Rng, N: number, H: number, gates: () => number, state: () => number): void {
      const hPrev = operand(N, H, state);
      const operands = {
        h: blank(N, H, { units, of: stateSizes(hPrev) }),
        candidate: blank(N, H, 'exact'),
        gates: operand(N, 3 * H, gates, { units, of: new Array<number>(N * 3 * H).fill(1) }),
        recurrent: operand(N, 3 * H, gates),
        hPrev,
        slopes: written(N, H, 4),
      };
      bench.agree('gruForward', rng, operands, (kernels, m) => {
        kernels.gruForward(m.h, m.candidate, m.gates, m.recurrent, m.hPrev, m.slopes);
      });
    }
    function minGruForward(rng: Rng, N: number, H: number, gates: () => number, state: () => number): void {
      const hPrev = operand(N, H, state);
      const before = operand(N, 2 * H, gates, { units, of: new Array<number>(N * 2 * H).fill(1) });
      // The candidate is no gate: h is as large as it.
      const of = stateSizes(hPrev).map((size, unit) => {
        const fresh = Math.abs(before.values[Math.floor(unit / H) * 2 * H + H + (unit % H)]);
        return size + (Number.isFinite(fresh) ? fresh : 0);
      });
      const operands = { h: blank(N, H, { units, of }), gates: before, hPrev, slopes: written(N, H, 2) };
      bench.agree('minGruForward', rng, operands, (kernels, m) => {
        kernels.minGruForward(m.h, m.gates, m.hPrev, m.slopes);
      });
    }
    function minGruBackward(
      rng: Rng,
      N: number,
      H: number,
      gate: () => number,
      gradient: () => number,
    ): void {
      const operands = {
        delta: blank(N, 2 * H, { units }),
        dhPrev: operand(N, H, gradient, { units }),
        dh: operand(N, H, gradient),
        gates: operand(N, 2 * H, gate),
        hPrev: operand(N, H, gradient),
        slopes: read(rng, N, H, 2),
      };
      bench.agree('minGruBackward', rng, operands, (kernels, m) => {
        kernels.minGruBackward(m.delta, m.dhPrev, m.dh, m.gates, m.hPrev, m.slopes);
      });
    }

    test('minGRU forward and backward, 1–17 units; what is not finite reaches what depends on it (seed 58)', () => {
      const rng = Rng.fromSeed(58);
      for (const [N, H] of shapes) {
        minGruForward(rng, N, H, () => 2 * rng.normal(), draw(rng));
        minGruForward(rng, N, H, withSpecials(rng, 0.2, [0, -0, 40, -40, 1000, -1000, NaN]), draw(rng));
        minGruBackward(rng, N, H, inside(rng), draw(rng));
        minGruBackward(rng, N, H, inside(rng), withSpecials(rng, 0.1, [NaN, Infinity, -Infinity, 0, -0]));
      }
    });

    function gruBackward(rng: Rng, N: number, H: number, gate: () => number, gradient: () => number): void {
      const operands = {
        delta: blank(N, 3 * H, { units }),
        deltaRecurrent: blank(N, 3 * H, { units }),
        dhPrev: operand(N, H, gradient, { units }),
        dh: operand(N, H, gradient),
        gates: operand(N, 3 * H, gate),
        candidate: operand(N, H, gradient),
        hPrev: operand(N, H, gradient),
        slopes: read(rng, N, H, 4),
      };
      bench.agree('gruBackward', rng, operands, (kernels, m) => {
        const { delta, deltaRecurrent, dhPrev, dh, gates, candidate, hPrev, slopes } = m;
        kernels.gruBackward(delta, deltaRecurrent, dhPrev, dh, gates, candidate, hPrev, slopes);
      });
    }

    test('LSTM and GRU forward, 1–17 units (seed 52)', () => {
      const rng = Rng.fromSeed(52);
      for (const [N, H] of shapes) {
        lstmForward(rng, N, H, () => 2 * rng.normal(), draw(rng));
        gruForward(rng, N, H, () => 2 * rng.normal(), draw(rng));
      }
    });

    test('LSTM and GRU backward, 1–17 units (seed 53)', () => {
      const rng = Rng.fromSeed(53);
      for (const [N, H] of shapes) {
        lstmBackward(rng, N, H, inside(rng), draw(rng));
        gruBackward(rng, N, H, inside(rng), draw(rng));
      }
    });

    test('LSTM and GRU forward with ±0, far gates, infinities and NaN (seed 54)', () => {
      const rng = Rng.fromSeed(54);
      const far = [0, -0, 88, -88, 1000, -1000, Infinity, -Infinity, NaN, 1e-30];
      for (const [N, H] of shapes) {
        const state = withSpecials(rng, 0.2, [0, -0, 1e30, -1e30, NaN]);
        lstmForward(rng, N, H, withSpecials(rng, 0.2, far), state);
        gruForward(rng, N, H, withSpecials(rng, 0.2, [0, -0, 40, -40, 1000, -1000, NaN]), state);
      }
    });

    test('LSTM and GRU backward: infinities and NaN reach exactly what depends on them (seed 55)', () => {
      const rng = Rng.fromSeed(55);
      for (const [N, H] of shapes) {
        const gradient = withSpecials(rng, 0.1, [NaN, Infinity, -Infinity, 0, -0]);
        lstmBackward(rng, N, H, inside(rng), gradient);
        gruBackward(rng, N, H, inside(rng), gradient);
        const gate = withSpecials(rng, 0.1, [NaN]);
        lstmBackward(rng, N, H, () => (gate() < 0.5 ? 0.25 : NaN), draw(rng));
        gruBackward(rng, N, H, () => (gate() < 0.5 ? 0.25 : NaN), draw(rng));
      }
    });

    test.each(ACTIVATIONS)(
      '%s at ±0, ±tiny, ±88, ±1000, ±infinity and NaN, at every place in a vector',
      (kind) => {
        const rng = Rng.fromSeed(56);
        const tiny = [1e-38, 1e-30, 1e-8];
        const points = [0, ...tiny, 88, 1000, Infinity].flatMap((x) => [x, -x]);
        for (const x of [...points, NaN])
          for (const n of SIZES)
            for (let at = 0; at < n; at++) {
              const values = Array.from({ length: n }, (_, j) => (j === at ? x : 0.5));
              // Below 2⁻¹²⁶ a result may come out as 0: σ(−88) is 6e-39.
              const of = values.map((y) => (kind === 'sigmoid' ? 0.5 : Math.min(1, Math.abs(y)) || 1));
              const h = { rows: 1, cols: n, values: values.map(Math.fround), result: { units: 5, of } };
              const slopes = kind === 'relu' ? read(rng, 1, n, 1) : written(1, n, 1);
              bench.agree(`${kind}(${x})`, rng, { h, slopes }, (kernels, m) => {
                kernels.vanillaForward(kind, m.h, m.slopes);
              });
            }
      },
    );

    test.each(ACTIVATIONS)(
      '%s: where dh or h is NaN, delta is what the formula says, and nowhere else',
      (kind) => {
        const rng = Rng.fromSeed(57);
        for (const n of SIZES)
          for (const [up, y] of [
            [NaN, 0.5],
            [NaN, 0],
            [0.5, NaN],
            [NaN, NaN],
          ])
            for (let at = 0; at < n; at++) {
              const place = (x: number, rest: number): Operand => ({
                rows: 1,
                cols: n,
                values: Array.from({ length: n }, (_, j) => (j === at ? x : rest)),
              });
              const slopes = keepsSlopes ? place(y, 0.25) : blank(0, n, 'exact');
              const operands = {
                delta: blank(1, n, { units }),
                dh: place(up, 0.5),
                h: place(y, 0.25),
                slopes,
              };
              bench.agree(`${kind} backward at dh = ${up}, h = ${y}`, rng, operands, (kernels, m) => {
                kernels.vanillaBackward(kind, m.delta, m.dh, m.h, m.slopes);
                // the oracle's own numbers are not asked here
                // ReLU as PyTorch has it: a closed unit passes nothing, any other passes dh as it is.
                const expected = kind !== 'relu' ? NaN : y <= 0 ? 0 : up;
                expect(m.delta.data[at], `${kernels.name}: dh = ${up}, h = ${y}`).toBe(expected);
              });
            }
      },
    );
  });

  describe('loss', () => {
    function crossEntropy(rng: Rng, R: number, V: number, values: () => number, scale: number): void {
      const logits = operand(R, V, values);
      // Of the loss: its terms, ln Σ and max − x; of the gradient: at most `scale`.
      const largest = logits.values.reduce(
        (most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most),
        0,
      );
      const operands = {
        losses: blank(R, 1, { units: 4, of: new Array<number>(R).fill(1 + 2 * largest) }),
        logits: { ...logits, result: { units: 8 + 2 * largest, of: new Array<number>(R * V).fill(scale) } },
      };
      const targets = Array.from({ length: R }, () => rng.uint32() % V);
      bench.agree(
        `softmaxCrossEntropy ${R}×${V}`,
        rng,
        operands,
        (kernels, m, ids) => {
          kernels.softmaxCrossEntropy(m.losses, m.logits, ids, scale);
        },
        targets,
      );
    }

    test('softmaxCrossEntropy, 1–17 symbols and more (seed 61)', () => {
      const rng = Rng.fromSeed(61);
      for (const V of [...SIZES, 65, 200])
        for (const R of [1, 2, 5, 17]) crossEntropy(rng, R, V, () => 3 * rng.normal(), 1 / R);
    });

    test('large, equal and far apart logits: none overflows (seed 62)', () => {
      const rng = Rng.fromSeed(62);
      for (const V of SIZES) {
        crossEntropy(rng, 3, V, () => 1e4, 0.25);
        crossEntropy(rng, 3, V, () => -1e4, 0.25);
        crossEntropy(rng, 3, V, () => (rng.uniform() < 0.5 ? 500 : -500), 0.25);
        crossEntropy(rng, 3, V, () => (rng.uniform() < 0.5 ? 0 : -0), 0.25);
      }
    });

    test('an infinity or a NaN makes its own row’s loss and gradient what the formula says (seed 63)', () => {
      const rng = Rng.fromSeed(63);
      for (const V of SIZES)
        for (const special of [NaN, Infinity, -Infinity])
          for (let at = 0; at < V; at++) {
            let drawn = 0;
            // Row 1 of 3 alone; below −∞ stands a finite number wherever V > 1.
            crossEntropy(rng, 3, V, () => (drawn++ === V + at ? special : rng.normal()), 0.5);
          }
    });
  });

  describe('optimisers', () => {
    interface OptimiserUnderTest {
      readonly slots: number;
      readonly step: (
        kernels: Kernels,
        weights: Matrix,
        gradient: Matrix,
        slots: readonly Matrix[],
        settings: { readonly gradientScale: number; readonly lr: number; readonly weightDecay: number },
        count: number,
      ) => void;
    }
    const adam =
      (decoupled: boolean): OptimiserUnderTest['step'] =>
      (kernels, weights, gradient, [first, second], { gradientScale, lr, weightDecay }, count) => {
        const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
        const rate = lr / (1 - beta1 ** count);
        const root = Math.sqrt(1 - beta2 ** count);
        const betas = { beta1, beta2, fresh1: 1 - beta1, fresh2: 1 - beta2 };
        const decay = decoupled ? { weightDecay: 0, keep: 1 - lr * weightDecay } : { weightDecay, keep: 1 };
        const settings = { gradientScale, rate, root, epsilon, ...betas, ...decay };
        kernels.adam(weights, gradient, first, second, settings);
      };
    const OPTIMISERS: Readonly<Record<string, OptimiserUnderTest>> = {
      sgd: {
        slots: 0,
        step: (kernels, weights, gradient, _, settings) => {
          kernels.sgd(weights, gradient, null, { ...settings, momentum: 0 });
        },
      },
      momentum: {
        slots: 1,
        step: (kernels, weights, gradient, [velocity], settings) => {
          kernels.sgd(weights, gradient, velocity, { ...settings, momentum: 0.9 });
        },
      },
      adagrad: {
        slots: 1,
        step: (kernels, weights, gradient, [squares], settings) => {
          kernels.adagrad(weights, gradient, squares, { ...settings, epsilon: 1e-8 });
        },
      },
      rmsprop: {
        slots: 1,
        step: (kernels, weights, gradient, [squares], settings) => {
          kernels.rmsprop(weights, gradient, squares, {
            ...settings,
            alpha: 0.95,
            fresh: 1 - 0.95,
            epsilon: 1e-8,
          });
        },
      },
      adam: { slots: 2, step: adam(false) },
      adamw: { slots: 2, step: adam(true) },
    };

    test.each(Object.entries(OPTIMISERS))(
      '%s: six steps, clipped, with weight decay and without (seed 71)',
      (name, optimiser) => {
        const rng = Rng.fromSeed(71);
        for (const P of [...SIZES, 101])
          for (const weightDecay of [0, 0.1]) {
            const STEPS = 6;
            // A step rounds a handful of times, six steps six times as often.
            const result = { units: 8 * STEPS };
            const weights = operand(1, P, draw(rng), result);
            // Signs as the weights have them: where gradient and decay cancel, a step magnifies their rounding.
            const sizes = operand(STEPS, P, () => 0.01 + 0.1 * rng.uniform());
            const gradients = sizes.values.map((g, at) => g * Math.sign(weights.values[at % P]));
            const operands = {
              weights: { ...weights, result: { ...result, of: weights.values.map((w) => 1 + Math.abs(w)) } },
              gradients: { ...sizes, values: gradients },
              slot0: operand(1, P, () => 0, result),
              slot1: operand(1, P, () => 0, result),
            };
            bench.agree(`${name}, weight decay ${weightDecay}`, rng, operands, (kernels, m) => {
              for (let count = 1; count <= STEPS; count++) {
                const gradient = m.gradients.rowRange(count - 1, 1);
                const settings = {
                  gradientScale: count % 2 === 0 ? 0.375 : 1,
                  lr: 0.25 / count,
                  weightDecay,
                };
                const slots = [m.slot0, m.slot1].slice(0, optimiser.slots);
                optimiser.step(kernels, m.weights, gradient, slots, settings, count);
              }
            });
          }
      },
    );

    test.each(Object.entries(OPTIMISERS))(
      '%s: a NaN gradient ruins its own weight alone',
      (name, optimiser) => {
        const rng = Rng.fromSeed(72);
        for (const P of SIZES)
          for (let at = 0; at < P; at++) {
            const gradient = operand(1, P, () => 0.1 * rng.normal());
            const result = { units: 16 };
            const operands = {
              weights: operand(1, P, draw(rng), result),
              gradient: { ...gradient, values: gradient.values.with(at, NaN) },
              slot0: operand(1, P, () => 0.5, result),
              slot1: operand(1, P, () => 0.5, result),
            };
            bench.agree(name, rng, operands, (kernels, m) => {
              const settings = { gradientScale: 1, lr: 0.1, weightDecay: 0.01 };
              const slots = [m.slot0, m.slot1].slice(0, optimiser.slots);
              optimiser.step(kernels, m.weights, m.gradient, slots, settings, 3);
              expect(m.weights.data[at]).toBeNaN();
            });
          }
      },
    );
  });
});
