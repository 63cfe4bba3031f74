/** What the probes say of one window: the shape of `inspect --json` and of a line in gradients.jsonl. */

/** A quantity of each state by timestep or by lag; c is null for cells without that state. */
export interface ByState<T> {
  readonly h: readonly T[];
  readonly c: readonly T[] | null;
}

export type Verdict = 'vanishing' | 'preserved' | 'exploding';

/** How far back the last loss reaches; relative to lag 0, of the state norm √(‖∂h‖² + ‖∂c‖²). */
export interface Memory {
  /** First lag at or below ½, 1%, 10⁻⁶; null where the window ends before. */
  readonly halfLife: number | null;
  readonly lag1pct: number | null;
  readonly lag1e6: number | null;
  /** Least squares of log10 per timestep; null with fewer than two numbers. */
  readonly slope: number | null;
  readonly verdict: Verdict;
}

export interface LayerReport {
  readonly layer: number;
  /** ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖ by timestep */
  readonly total?: ByState<number>;
  /** log10 of ‖∂ℓ/∂h_{T−1−k}‖ and of c by lag k; null is an exact 0 */
  readonly lagLog10?: ByState<number | null>;
  /** ‖Σ_n δ_t ⊗ h_{t−1}‖ by timestep */
  readonly recurrent?: readonly number[];
  /** Share of units on the flat part, by activation and timestep */
  readonly saturation?: Readonly<Record<string, readonly number[]>>;
  readonly memory?: Memory;
}
