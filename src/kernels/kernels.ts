/**
 * The contract of the arithmetic. Every engine keeps it, one conformance suite holds them all to it.
 *
 * Matrices are row-major. A kernel writes its first argument. Shapes are those of the matrices passed in;
 * N rows (batch), T timesteps, H hidden units, V symbols, G gates. Where a kernel takes (R, …), R may be N or T·N.
 */
import type { Ids, Matrix, Scalar } from '../base/matrix.js';

/** A matrix laid out for use as the right-hand side of many products; `pack` fills it. */
export interface Packed {
  /** K, what is summed over. */
  readonly rows: number;
  /** Columns of the product. */
  readonly cols: number;
}

export type Activation = 'tanh' | 'relu' | 'sigmoid';

/** The place of one optimiser step: the weights and their gradient, both flat (1, P). */
export interface Update {
  readonly weights: Matrix;
  readonly gradient: Matrix;
  /** The gradient is multiplied by this first (clipping by norm). */
  readonly gradientScale: number;
  readonly lr: number;
  /** Added to the gradient as `weightDecay · w`, PyTorch's L2 penalty; AdamW shrinks the weights instead. */
  readonly weightDecay: number;
}

export interface Scope {
  /** @throws Error where a scope within this one has not ended */
  end(): void;
}

/** The arithmetic of an engine, and its memory. */
export interface Kernels {
  /** As shown to people: `reference`, `wasm (relaxed SIMD)`, … */
  readonly name: string;
  readonly scalar: Scalar;
  /** Takes numbers nearer 0 than 2⁻¹²⁶ as 0: a CPU is a hundred times slower with them, and vanishing gradients are full of them. */
  readonly flushesDenormals: boolean;
  /**
   * The same engine in float64, over the same memory: what measures. There the pointwise parts also keep every activation's
   * derivative, formed from its argument without cancellation.
   */
  readonly float64: Kernels;
  /** How many share out the large calls. Not part of the name: the results are the same bits for any number. */
  readonly threads: number;

  // -- memory -----------------------------------------------------------------------------------
  /**
   * What is allocated until its end is given back then, and may not be used any more. Scopes may lie in one another.
   * `float64` has the same ones, as it has the same memory.
   */
  scope(): Scope;
  /** A new matrix of zeros; it lives as long as the scope, or where there is none as long as the engine. */
  matrix(rows: number, cols: number): Matrix;
  /** A row of symbol ids, zeros. */
  ids(count: number): Ids;
  /** A matrix in the order in which products read it, zeros. */
  packed(rows: number, cols: number): Packed;

  // -- products ---------------------------------------------------------------------------------
  /** `packed` = `source`, or its transpose. */
  pack(packed: Packed, source: Matrix, transposed: boolean): void;
  /** c (M, N) = a (M, K) · b (K, N) + plus: a matrix (M, N), c itself perhaps, or a row (1, N) for every row of c. */
  product(c: Matrix, a: Matrix, b: Packed, plus: Matrix | null): void;
  /**
   * c (M, N) = aᵀ · b for a (K, M) and b (K, N): a weight's gradient from all rows of a window. sums (1, M) = Σ rows of a:
   * its bias's.
   */
  transposedProduct(c: Matrix, a: Matrix, b: Matrix, sums: Matrix | null): void;

  // -- rows -------------------------------------------------------------------------------------
  /** c (R, D): row r = table (V, D) row ids[r]. */
  gatherRows(c: Matrix, table: Matrix, ids: Ids): void;
  /** table (V, D) = 0, then row ids[r] += rows (R, D) row r, in order of r. */
  scatterRows(table: Matrix, rows: Matrix, ids: Ids): void;
  /** Every row of c (R, D) += row (1, D). */
  addToRows(c: Matrix, row: Matrix): void;
  /** sum (1, D) = Σ rows of a (R, D). */
  sumRows(sum: Matrix, a: Matrix): void;
  /** c (D, R) = aᵀ. */
  transpose(c: Matrix, a: Matrix): void;

  // -- elementwise ------------------------------------------------------------------------------
  /** to = from */
  copy(c: Matrix, a: Matrix): void;
  /** c = a + b */
  add(c: Matrix, a: Matrix, b: Matrix): void;
  /** c = a ∘ b */
  multiply(c: Matrix, a: Matrix, b: Matrix): void;
  /** c *= factor */
  scale(c: Matrix, factor: number): void;
  /** Every number of c into [−limit, limit]. */
  clamp(c: Matrix, limit: number): void;
  /** All zeros. */
  zero(c: Matrix): void;
  /** Σ a², summed in float64. */
  sumSquares(a: Matrix): number;

  // -- the cells' pointwise parts; formulas stand with the cells in model/cells ------------------
  // slopes: in float64 the derivatives of the activations, written forward and read backward; in float32 an empty matrix,
  // and the derivatives are formed from the activations.
  /** h (N, H) holds the pre-activation and becomes the activation; slopes (N, H), for ReLU not written. */
  vanillaForward(kind: Activation, h: Matrix, slopes: Matrix): void;
  /** delta = dh ∘ φ′. */
  vanillaBackward(kind: Activation, delta: Matrix, dh: Matrix, h: Matrix, slopes: Matrix): void;
  /**
   * gates (N, 4H) hold pre-activations i f g o and become activations; squashed = tanh(c). slopes (N, 5H): of i f g o and of
   * tanh(c).
   */
  lstmForward(h: Matrix, c: Matrix, squashed: Matrix, gates: Matrix, cPrev: Matrix, slopes: Matrix): void;
  /** dc comes in as what later timesteps send and leaves as the total; dcPrev is written. */
  lstmBackward(
    delta: Matrix,
    dc: Matrix,
    dcPrev: Matrix,
    dh: Matrix,
    gates: Matrix,
    squashed: Matrix,
    cPrev: Matrix,
    slopes: Matrix,
  ): void;
  /**
   * gates (N, 3H) hold the input's share of r z n and become activations; recurrent (N, 3H) holds the state's
   * share, b_hh included; its n block is kept in candidate (N, H) for the way back. slopes (N, 4H): of r z n, and 1 − z.
   */
  gruForward(
    h: Matrix,
    candidate: Matrix,
    gates: Matrix,
    recurrent: Matrix,
    hPrev: Matrix,
    slopes: Matrix,
  ): void;
  /** Writes both deltas (N, 3H), of the input's and of the state's share; dhPrev += dh ∘ z. */
  gruBackward(
    delta: Matrix,
    deltaRecurrent: Matrix,
    dhPrev: Matrix,
    dh: Matrix,
    gates: Matrix,
    candidate: Matrix,
    hPrev: Matrix,
    slopes: Matrix,
  ): void;

  // -- loss -------------------------------------------------------------------------------------
  /**
   * losses (R, 1) = −log softmax(logits)[target] in nats; logits (R, V) become their own gradient,
   * (softmax − one-hot) · scale.
   */
  softmaxCrossEntropy(losses: Matrix, logits: Matrix, targets: Ids, scale: number): void;

  // -- optimisers, PyTorch's definitions; slots are flat (1, P) -----------------------------------
  /** One update of plain or momentum gradient descent. */
  sgd(update: Update, velocity: Matrix | null, momentum: number): void;
  /** One update of Adagrad. */
  adagrad(update: Update, squares: Matrix, epsilon: number): void;
  /** One update of RMSProp. */
  rmsprop(update: Update, squares: Matrix, alpha: number, epsilon: number): void;
  /** `step` counts from 1 (bias correction). `decoupled`: AdamW. */
  adam(
    update: Update,
    first: Matrix,
    second: Matrix,
    betas: readonly [number, number],
    epsilon: number,
    step: number,
    decoupled: boolean,
  ): void;
}
