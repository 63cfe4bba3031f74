/** What the probes say of one window: the shape of `inspect --json` and of a line in gradients.jsonl. */

/** A quantity of each state by timestep or by lag; c is null for cells without that state. */
export interface ByState<T> {
  readonly h: readonly T[];
  readonly c: readonly T[] | null;
}

/** See src/probe/README.md for what each means, and its threshold. */
export type Verdict = 'vanishing' | 'thin' | 'preserved' | 'exploding' | 'not-finite' | 'dead';

/** Least squares of log10 on the lag over the lags ≥ T/2, where the losses of a gated net's first steps are over. */
export interface Tail {
  readonly decadesPerStep: number;
  /** Of decadesPerStep, over the rows; null with one row, and where rows are not known. */
  readonly standardError: number | null;
}

/** The tail measured elsewhere too: mean over windows of the text and over the timesteps whose loss is sent back. */
export interface TailOverWindows extends Tail {
  readonly windows: number;
  /** Timesteps whose loss was sent back, in each window. */
  readonly sources: number;
}

/** How far back the last loss reaches; relative to lag 0, of the state norm √(‖∂h‖² + ‖∂c‖²). */
export interface Memory {
  /** First lag at or below ½, 1%, 10⁻⁶; null where the window ends before. */
  readonly halfLife: number | null;
  readonly lag1pct: number | null;
  readonly lag1e6: number | null;
  /** What is lost before the tail begins, positive for a loss, and the lag at which it begins; null without a tail. */
  readonly drop: { readonly decades: number; readonly lag: number } | null;
  /** null with fewer than three lags ≥ T/2, or an exact 0 among them. */
  readonly tail: Tail | null;
  /** Steps in which the tail loses a factor e; null where it does not fall. */
  readonly timeConstant: number | null;
  readonly verdict: Verdict;
  /** In `inspect` alone; null where text or window is too short for it. */
  readonly tailOverWindows?: TailOverWindows | null;
}

/**
 * What became of the state norm √(‖∂h‖² + ‖∂c‖²) of the last loss on its way from lag k to lag k + 1, in log10: the
 * part of the activation's derivative or the gates, the part of W_hh, and what arrives from the layer above. The three
 * sum to the step of the lag curve. (T − 1) numbers each; null beside an exact 0.
 */
export interface Split {
  readonly gates: readonly (number | null)[];
  /** null for a cell without W_hh. */
  readonly weights: readonly (number | null)[] | null;
  readonly arriving: readonly (number | null)[];
}

/** What theory says of a layer's recurrence, to be set beside what was measured. */
export interface Theory {
  /** W_hh by gate (one block, named after the activation, for a vanilla cell): largest singular value, spectral radius. */
  readonly blocks:
    | readonly {
        readonly name: string;
        readonly sigma1: number;
        readonly spectralRadius: number;
      }[]
    | null;
  /** log10(σ₁·γ), γ = 1 for tanh and ReLU, ¼ for sigmoid (Pascanu et al. 2013): the bound's slope by lag; null for gated cells. */
  readonly boundLog10: number | null;
  /** The bound is a theorem here: the top layer of a vanilla net. */
  readonly isTheorem: boolean;
  /** Largest Lyapunov exponents along the text, nats a timestep, in descending order. */
  readonly lyapunov: readonly number[];
  /**
   * The largest exponent over the earlier half of the window less that over the later half: how far it is from converged.
   * null where no direction is left. Absent in logs of earlier versions.
   */
  readonly lyapunovDrift?: number | null;
}

/**
 * - `float32-digits`: from `digitsFromLag` on, derivatives that float32 has rounded away may be missing
 * - `chaotic-float32`: a rounding error of float32 grows by e¹⁰ or more along the window: the trajectory is another one
 * - `chaotic`: by e³⁰ or more, too much for float64 as well
 */
export type Flag = 'float32-digits' | 'chaotic-float32' | 'chaotic';

/** What probes say of one layer; each fills in its own part. */
export interface LayerReport {
  readonly layer: number;
  /** ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖ by timestep; infinite (JSON: null) where float64 has no such number */
  readonly total?: ByState<number>;
  /** The same as log10; null is an exact 0. Absent in logs of earlier versions. */
  readonly totalLog10?: ByState<number | null>;
  /** log10 of ‖∂ℓ/∂h_{T−1−k}‖ and of c by lag k; null is an exact 0 */
  readonly lagLog10?: ByState<number | null>;
  /** ‖Σ_n δ_t ⊗ h_{t−1}‖ by timestep; infinite (JSON: null) where float64 has no such number */
  readonly recurrent?: readonly number[] | null;
  /** Share of units on the flat part, by activation and timestep */
  readonly saturation?: Readonly<Record<string, readonly number[]>>;
  /** Mean over rows and units, by gate and timestep; for gated cells. */
  readonly activation?: Readonly<Record<string, readonly number[]>>;
  readonly memory?: Memory;
  /** What the figures of this layer cannot be trusted for; absent where there is nothing. */
  readonly flags?: readonly Flag[];
  /** Of float32: the first lag whose figure may be wrong by 1% or more through lost digits; null for none. */
  readonly digitsFromLag?: number | null;
  readonly split?: Split;
  readonly theory?: Theory;
}

/** What truncation discards, measured on a window longer than the one trained with. */
export interface Truncation {
  /** Timesteps of the long window. */
  readonly timesteps: number;
  /** Ascending: a window of `cut` timesteps keeps the lags below it. The trained window's length is one of them. */
  readonly cuts: readonly number[];
  /** By cut: ‖what the lags from it on add to ∂ℓ/∂(rnn.*)‖ / ‖∂ℓ/∂(rnn.*)‖; null where float32 cannot tell it from 0. */
  readonly share: readonly (number | null)[];
  /** The same for each layer's own tensors, [layer][cut]. */
  readonly byLayer: readonly (readonly (number | null)[])[];
}

/** log10 ‖∂ℓ_s/∂h_t‖ for all pairs of timesteps, [s][t] with t ≤ s; null is an exact 0. */
export interface PairMatrix {
  readonly layers: readonly { readonly layer: number; readonly log10: Triangle }[];
}

/** A figure for each pair of timesteps s ≥ t. */
export type Triangle = readonly (readonly (number | null)[])[];

/** log10 ‖∂ log p(symbol s)/∂ input t‖ along a passage, [s][t] with t before s; null is an exact 0. */
export interface Listening {
  readonly symbols: readonly string[];
  /** Empty at s = 0, which nothing comes before, and where it was not asked for. */
  readonly log10: Triangle;
  /** p(symbol s | those before it); null at s = 0. */
  readonly probability?: readonly (number | null)[];
}

/** What is measured beside the layers, each part only where it was asked for. */
export interface Extras {
  /** ‖Δw‖/‖w‖ of the step's update, by tensor; without those whose weights were all 0. */
  readonly updates?: Readonly<Record<string, number>>;
  readonly audit?: Truncation;
  readonly matrix?: PairMatrix;
  readonly listen?: Listening;
}

/** A line of gradients.jsonl. */
export interface GradientStep extends Extras {
  readonly step: number;
  readonly layers: readonly LayerReport[];
}
