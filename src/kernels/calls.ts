/**
 * Every call of the engines in one table: its name, its operands with their shapes, what it does, and along which dimension
 * threads share it out. From it follow the contract's types (kernels.ts), what JavaScript leaves for the compiled code
 * (compiled.ts), and of the C the kernels' prototypes and the calls that fetch operands and are cut into parts (c-header.ts).
 *
 * Matrices are row-major. N rows (batch), T timesteps, H hidden units, V symbols. Where a call takes (R, …), R may be N or
 * T·N; P numbers are a matrix of any shape. Each size is that of the first operand that has it.
 */
import type { Ids, Matrix } from '../base/matrix.js';

/** A matrix laid out for use as the right-hand side of many products; `pack` fills it. */
export interface Packed {
  /** So that a plain matrix is not taken for one. */
  readonly isPacked: true;
  /** K, what is summed over. */
  readonly rows: number;
  /** Columns of the product. */
  readonly cols: number;
}

/** P numbers, or rows and columns: a size by its letter, a multiple of one (4H), 1, or `M|1`: one row that serves all M. */
export type Shape = readonly [numbers: string] | readonly [rows: string, cols: string];

interface Numbers {
  readonly kind: 'matrix';
  readonly name: string;
  readonly shape: Shape;
  /** `writes`: also where it is read before. */
  readonly access: 'reads' | 'writes';
  /** null, or an empty matrix, stand for none. */
  readonly without: 'never' | 'null' | 'empty';
}
export type Operand =
  | Numbers
  | { readonly kind: 'ids'; readonly name: string; readonly shape: readonly [string] }
  | { readonly kind: 'packed'; readonly name: string; readonly shape: readonly [string, string] }
  | { readonly kind: 'number' | 'flag'; readonly name: string }
  | { readonly kind: 'choice'; readonly name: string; readonly of: readonly string[] }
  | { readonly kind: 'settings'; readonly names: readonly string[] };

/** How threads share a call out: along a size, in whole units, where so many operations are worth it. */
export interface Shared {
  readonly along: string;
  /** One; as many numbers as make whole vectors and cache lines; rows of a product's tile; or columns of its panel. */
  readonly unit: 'one' | 'line' | 'tile' | 'panel';
  /** A factor, and the sizes it is multiplied with. */
  readonly operations: readonly [number, ...string[]];
  /** With fewer of `along` than a tile for each part: along this one, in panels. */
  readonly orAlong?: string;
}

export interface Call {
  readonly operands: readonly Operand[];
  /** null: one thread does it. */
  readonly shared: Shared | null;
  /** An operand that is written may be one that is read. */
  readonly mayOverlap: boolean;
  readonly returns: 'nothing' | 'number';
}

const matrix =
  <const A extends Numbers['access'], const W extends Numbers['without']>(access: A, without: W) =>
  <const S extends Shape>(name: string, ...shape: S) =>
    ({ kind: 'matrix', name, shape, access, without }) as const;
const reads = matrix('reads', 'never');
const writes = matrix('writes', 'never');
const readsIfThere = matrix('reads', 'null');
const writesIfThere = matrix('writes', 'null');
/** The derivatives of activations, which float64 engines keep; in float32 empty. */
const readsSlopes = matrix('reads', 'empty');
const writesSlopes = matrix('writes', 'empty');
const ids = <const S extends string>(name: string, count: S) =>
  ({ kind: 'ids', name, shape: [count] }) as const;
const packed = (name: string, rows: string, cols: string) =>
  ({ kind: 'packed', name, shape: [rows, cols] }) as const;
const number = (name: string) => ({ kind: 'number', name }) as const;
const flag = (name: string) => ({ kind: 'flag', name }) as const;
const choice = <const O extends readonly string[]>(name: string, of: O) =>
  ({ kind: 'choice', name, of }) as const;
/** Numbers that come as one object, by their names. */
const settings = <const N extends readonly string[]>(...names: N) => ({ kind: 'settings', names }) as const;

/** A call with the exact types of its operands. */
interface CallOf<O extends readonly Operand[], R extends Call['returns']> extends Call {
  readonly operands: O;
  readonly returns: R;
}
type Details<R> = Partial<Pick<Call, 'shared' | 'mayOverlap'>> & { readonly returns?: R };
const call = <const O extends readonly Operand[], const R extends Call['returns'] = 'nothing'>(
  operands: O,
  { shared = null, mayOverlap = false, returns = 'nothing' as R }: Details<R> = {},
): CallOf<O, R> => ({ operands, shared, mayOverlap, returns });
const along = (
  size: string,
  unit: Shared['unit'],
  ...operations: Shared['operations']
): { shared: Shared } => ({
  shared: { along: size, unit, operations },
});

export const ACTIVATIONS = ['tanh', 'relu', 'sigmoid'] as const;
export type Activation = (typeof ACTIVATIONS)[number];
const kind = choice('kind', ACTIVATIONS);

export const CALLS = {
  // -- products ---------------------------------------------------------------------------------
  /** Columns of a panel, in whole numbers of which a packed matrix is laid out. */
  panelWidth: call([], { returns: 'number' }),
  /** `packed` = `source` (K, N), or the transpose of a `source` (N, K). */
  pack: call([packed('packed', 'K', 'N'), reads('source', 'S'), flag('transposed')]),
  /** c (M, N) = a (M, K) · b (K, N) + plus: a matrix (M, N), c itself perhaps, or a row (1, N) for every row of c. */
  product: call(
    [writes('c', 'M', 'N'), reads('a', 'M', 'K'), packed('b', 'K', 'N'), readsIfThere('plus', 'M|1', 'N')],
    {
      mayOverlap: true,
      shared: { along: 'M', unit: 'tile', operations: [0.1, 'M', 'N', 'K'], orAlong: 'N' },
    },
  ),
  /**
   * c (M, N) = aᵀ · b for a (K, M) and b (K, N): a weight's gradient from all rows of a window. sums (1, M) = Σ rows of a:
   * its bias's.
   */
  transposedProduct: call(
    [writes('c', 'M', 'N'), reads('a', 'K', 'M'), reads('b', 'K', 'N'), writesIfThere('sums', '1', 'M')],
    along('M', 'tile', 0.1, 'M', 'N', 'K'),
  ),

  // -- rows -------------------------------------------------------------------------------------
  /** c (R, D): row r = table (V, D) row ids[r]. */
  gatherRows: call(
    [writes('c', 'R', 'D'), reads('table', 'V', 'D'), ids('ids', 'R')],
    along('R', 'one', 1, 'R', 'D'),
  ),
  /** table (V, D) = 0, then row ids[r] += rows (R, D) row r, in order of r. */
  scatterRows: call(
    [writes('table', 'V', 'D'), reads('rows', 'R', 'D'), ids('ids', 'R')],
    along('D', 'line', 1, 'R', 'D'),
  ),
  /** Every row of c (R, D) += row (1, D). */
  addToRows: call([writes('c', 'R', 'D'), reads('row', '1', 'D')]),
  /** sum (1, D) = Σ rows of a (R, D). */
  sumRows: call([writes('sum', '1', 'D'), reads('a', 'R', 'D')], along('D', 'line', 1, 'R', 'D')),
  /** c (R, D) += a (R, D) ∘ row (1, D), in every row. */
  addProducts: call(
    [writes('c', 'R', 'D'), reads('a', 'R', 'D'), reads('row', '1', 'D')],
    along('R', 'one', 1, 'R', 'D'),
  ),
  /** sum (1, D) = Σ rows of a ∘ b, (R, D) both. */
  sumProducts: call(
    [writes('sum', '1', 'D'), reads('a', 'R', 'D'), reads('b', 'R', 'D')],
    along('D', 'line', 1, 'R', 'D'),
  ),
  /** c (D, R) = aᵀ. */
  transpose: call([writes('c', 'D', 'R'), reads('a', 'R', 'D')]),

  // -- elementwise ------------------------------------------------------------------------------
  /** c = a */
  copy: call([writes('c', 'P'), reads('a', 'P')], { mayOverlap: true }),
  /** c = a + b */
  add: call([writes('c', 'P'), reads('a', 'P'), reads('b', 'P')], { mayOverlap: true }),
  /** c = a ∘ b */
  multiply: call([writes('c', 'P'), reads('a', 'P'), reads('b', 'P')], { mayOverlap: true }),
  /** c *= factor */
  scale: call([writes('c', 'P'), number('factor')]),
  /** Every number of c into [−limit, limit]. */
  clamp: call([writes('c', 'P'), number('limit')]),
  /** c = 0 */
  zero: call([writes('c', 'P')]),
  /** Σ a², summed in float64. */
  sumSquares: call([reads('a', 'P')], { returns: 'number' }),

  // -- the cells' pointwise parts; formulas stand with the cells in model/cells ------------------
  // slopes: in float64 the derivatives of the activations, written forward and read backward; in float32 an empty matrix,
  // and the derivatives are formed from the activations.
  /** h (N, H) holds the pre-activation and becomes the activation; slopes (N, H), for ReLU not written. */
  vanillaForward: call([kind, writes('h', 'P'), writesSlopes('slopes', 'P')], along('P', 'line', 8, 'P')),
  /** delta = dh ∘ φ′. */
  vanillaBackward: call(
    [kind, writes('delta', 'P'), reads('dh', 'P'), reads('h', 'P'), readsSlopes('slopes', 'P')],
    along('P', 'line', 1, 'P'),
  ),
  /**
   * gates (N, 4H) hold pre-activations i f g o and become activations; squashed = tanh(c). slopes (N, 5H): of i f g o and of
   * tanh(c).
   */
  lstmForward: call(
    [
      writes('h', 'N', 'H'),
      writes('c', 'N', 'H'),
      writes('squashed', 'N', 'H'),
      writes('gates', 'N', '4H'),
      reads('cPrev', 'N', 'H'),
      writesSlopes('slopes', 'N', '5H'),
    ],
    along('N', 'one', 40, 'N', 'H'),
  ),
  /** dc comes in as what later timesteps send and leaves as the total; dcPrev is written. */
  lstmBackward: call(
    [
      writes('delta', 'N', '4H'),
      writes('dc', 'N', 'H'),
      writes('dcPrev', 'N', 'H'),
      reads('dh', 'N', 'H'),
      reads('gates', 'N', '4H'),
      reads('squashed', 'N', 'H'),
      reads('cPrev', 'N', 'H'),
      readsSlopes('slopes', 'N', '5H'),
    ],
    along('N', 'one', 8, 'N', 'H'),
  ),
  /**
   * gates (N, 3H) hold the input's share of r z n and become activations; recurrent (N, 3H) holds the state's
   * share, b_hh included; its n block is kept in candidate (N, H) for the way back. slopes (N, 4H): of r z n, and 1 − z.
   */
  gruForward: call(
    [
      writes('h', 'N', 'H'),
      writes('candidate', 'N', 'H'),
      writes('gates', 'N', '3H'),
      reads('recurrent', 'N', '3H'),
      reads('hPrev', 'N', 'H'),
      writesSlopes('slopes', 'N', '4H'),
    ],
    along('N', 'one', 30, 'N', 'H'),
  ),
  /** Writes both deltas (N, 3H), of the input's and of the state's share; dhPrev += dh ∘ z. */
  gruBackward: call(
    [
      writes('delta', 'N', '3H'),
      writes('deltaRecurrent', 'N', '3H'),
      writes('dhPrev', 'N', 'H'),
      reads('dh', 'N', 'H'),
      reads('gates', 'N', '3H'),
      reads('candidate', 'N', 'H'),
      reads('hPrev', 'N', 'H'),
      readsSlopes('slopes', 'N', '4H'),
    ],
    along('N', 'one', 8, 'N', 'H'),
  ),

  /** gates (N, 2H) hold pre-activations z h̃, of which z becomes its activation. slopes (N, 2H): of z, and 1 − z. */
  minGruForward: call(
    [
      writes('h', 'N', 'H'),
      writes('gates', 'N', '2H'),
      reads('hPrev', 'N', 'H'),
      writesSlopes('slopes', 'N', '2H'),
    ],
    along('N', 'one', 10, 'N', 'H'),
  ),
  /** dhPrev += dh ∘ (1 − z). */
  minGruBackward: call(
    [
      writes('delta', 'N', '2H'),
      writes('dhPrev', 'N', 'H'),
      reads('dh', 'N', 'H'),
      reads('gates', 'N', '2H'),
      reads('hPrev', 'N', 'H'),
      readsSlopes('slopes', 'N', '2H'),
    ],
    along('N', 'one', 4, 'N', 'H'),
  ),

  // -- loss -------------------------------------------------------------------------------------
  /**
   * losses (R, 1) = −log softmax(logits)[target] in nats; logits (R, V) become their own gradient,
   * (softmax − one-hot) · scale.
   */
  softmaxCrossEntropy: call(
    [writes('losses', 'R', '1'), writes('logits', 'R', 'V'), ids('targets', 'R'), number('scale')],
    along('R', 'one', 8, 'R', 'V'),
  ),

  // -- optimisers, PyTorch's definitions, over P weights and what is kept beside each ---------------
  // d = gradient · gradientScale + weightDecay · weights is the gradient a step goes by.
  /** velocity = momentum · velocity + d; weights −= lr · velocity; without a velocity lr · d. */
  sgd: call(
    [
      writes('weights', 'P'),
      reads('gradient', 'P'),
      writesIfThere('velocity', 'P'),
      settings('gradientScale', 'lr', 'weightDecay', 'momentum'),
    ],
    along('P', 'line', 2, 'P'),
  ),
  /** squares += d²; weights −= lr · d / (√squares + epsilon). */
  adagrad: call(
    [
      writes('weights', 'P'),
      reads('gradient', 'P'),
      writes('squares', 'P'),
      settings('gradientScale', 'lr', 'weightDecay', 'epsilon'),
    ],
    along('P', 'line', 4, 'P'),
  ),
  /** squares = alpha · squares + fresh · d², fresh = 1 − alpha; weights −= lr · d / (√squares + epsilon). */
  rmsprop: call(
    [
      writes('weights', 'P'),
      reads('gradient', 'P'),
      writes('squares', 'P'),
      settings('gradientScale', 'lr', 'weightDecay', 'alpha', 'fresh', 'epsilon'),
    ],
    along('P', 'line', 4, 'P'),
  ),
  /**
   * first = β₁ · first + (1 − β₁) · d, second = β₂ · second + (1 − β₂) · d²;
   * weights = keep · weights − rate · first / (√second / root + epsilon).
   * Step t of Adam: rate = lr / (1 − β₁ᵗ), root = √(1 − β₂ᵗ), keep = 1; AdamW: weightDecay = 0, keep = 1 − lr·λ.
   */
  adam: call(
    [
      writes('weights', 'P'),
      reads('gradient', 'P'),
      writes('first', 'P'),
      writes('second', 'P'),
      settings(
        'gradientScale',
        'rate',
        'weightDecay',
        'beta1',
        'beta2',
        'fresh1',
        'fresh2',
        'epsilon',
        'root',
        'keep',
      ),
    ],
    along('P', 'line', 4, 'P'),
  ),
} as const satisfies Readonly<Record<string, Call>>;

export type CallName = keyof typeof CALLS;
export const CALL_NAMES = Object.keys(CALLS) as readonly CallName[];

/** What an operand is in TypeScript. */
type Taken<O> = O extends { readonly kind: 'matrix'; readonly without: 'null' }
  ? Matrix | null
  : O extends { readonly kind: 'matrix' }
    ? Matrix
    : O extends { readonly kind: 'ids' }
      ? Ids
      : O extends { readonly kind: 'packed' }
        ? Packed
        : O extends { readonly kind: 'flag' }
          ? boolean
          : O extends { readonly kind: 'choice'; readonly of: readonly (infer One)[] }
            ? One
            : O extends { readonly kind: 'settings'; readonly names: readonly (infer Name extends string)[] }
              ? Readonly<Record<Name, number>>
              : number;
type Operands<O extends readonly Operand[]> = { -readonly [I in keyof O]: Taken<O[I]> };
type Signature<C> =
  C extends CallOf<infer O, infer R>
    ? R extends 'number'
      ? (...operands: Operands<O>) => number
      : (...operands: Operands<O>) => void
    : never;

/** The calls as functions, each with what the table says of it. */
export type Calls = { -readonly [Name in keyof typeof CALLS]: Signature<(typeof CALLS)[Name]> };
