/**
 * The gradient check, in float64: backward against central differences of the loss, with every weight, every carry and
 * every state inside the window for a variable.
 *
 * The error of an entry is |∂ − (L(x + s) − L(x − s)) / 2s| / m, with s = 1e-5 and m the largest |difference quotient| of
 * the tensor's compared entries: a gradient of 1e-9 beside others of 1 is known to no more digits than the loss has. The
 * quotient is itself uncertain by some 2⁻⁵³·L/s; m is taken no smaller than what that leaves measurable. Where its cubic
 * term s²/6·L‴ might be what differs, the quotient of 2s takes it out (Richardson). An entry whose nudge opens or closes
 * a ReLU has no derivative to compare and is passed over.
 */
import type { Floats, Matrix } from '../../base/matrix.js';
import { Rng } from '../../base/rng.js';
import { backward } from '../../bptt/backward.js';
import { forward } from '../../bptt/forward.js';
import { loss } from '../../bptt/loss.js';
import type { Unrolled } from '../../bptt/unrolled.js';
import { Parameters } from '../../model/parameters.js';
import type { Nudging } from './nudging.js';

export const STEP = 1e-5;
export const AGREEMENT = 1e-7;

export interface GradientCheckOptions {
  readonly from: 'window' | 'last';
  /** `weights`: by tensor; `carry`: h0_l0, c0_l0 …; `states`: h_l0, c_l0 …, at every timestep of the window. */
  readonly of: readonly ('weights' | 'carry' | 'states')[];
  /** Entries of a tensor that are compared, the one with the largest gradient and drawn ones; all where it has no more. */
  readonly entries: number;
  /** Draws the entries. */
  readonly seed: number;
  /** The random state of dropout's masks, the same in every pass; null without dropout. */
  readonly masks?: readonly number[] | null;
}

export interface CheckedEntry {
  readonly entry: number;
  readonly backward: number;
  readonly difference: number;
  /** Relative, as above. */
  readonly error: number;
}

export interface CheckedTensor {
  readonly name: string;
  /** Entries it has, were compared, and were passed over at a ReLU's kink. */
  readonly size: number;
  readonly compared: number;
  readonly atKink: number;
  /** m: the largest |difference quotient|. */
  readonly largest: number;
  /** Below it the loss has too few digits to tell: m counts as this much. */
  readonly measurable: number;
  readonly worst: CheckedEntry | null;
  readonly passed: boolean;
}

interface Variable {
  readonly name: string;
  readonly gradient: ArrayLike<number>;
  /** The loss with one entry moved. */
  readonly lossAt: (entry: number, by: number) => number;
}

/**
 * @param nudging the engine that the window's network is in
 * @param unrolled inputs, targets and carry in place; forward need not have been called
 */
export function checkGradients(
  nudging: Nudging,
  unrolled: Unrolled,
  options: GradientCheckOptions,
): CheckedTensor[] {
  const { network, timesteps } = unrolled;
  const masks = options.masks ?? null;
  const pass = (): number => {
    nudging.beginPass();
    forward(unrolled, timesteps, masks && Rng.fromState(masks));
    return loss(unrolled)[options.from];
  };
  network.refresh();
  nudging.remember();
  const lossHere = pass();
  const gradients = new Parameters(network.kernels, network.shape);
  gradients.flat.data.fill(NaN);
  const states = sendBack(unrolled, options.from, gradients);

  const variables: Variable[] = [];
  if (options.of.includes('weights'))
    for (const [name, { data }] of gradients.byName)
      variables.push({
        name,
        gradient: data.slice(),
        lossAt: moved(network.parameters.tensor(name), () => {
          network.refresh();
          return pass();
        }),
      });
  unrolled.carries().forEach((carry, l) => {
    (['h', 'c'] as const).forEach((state, i) => {
      if (carry[i].rows === 0) return;
      const { ofCarry, ofSteps } = states[state][l];
      if (options.of.includes('carry'))
        variables.push({ name: `${state}0_l${l}`, gradient: ofCarry, lossAt: moved(carry[i], pass) });
      if (!options.of.includes('states')) return;
      const lossAt = (entry: number, by: number): number =>
        nudging.during(unrolled, { layer: l, state, entry, by }, pass);
      lossAt(0, 0);
      // What cannot be moved has no difference to be held to.
      if (nudging.reached) variables.push({ name: `${state}_l${l}`, gradient: ofSteps, lossAt });
    });
  });

  const rng = Rng.fromSeed(options.seed);
  const measurable = (5 * 2 ** -53 * Math.max(1, Math.abs(lossHere))) / STEP / AGREEMENT;
  const checked = variables.map((variable) => compare(variable, nudging, options.entries, measurable, rng));
  network.refresh();
  return checked;
}

/** The loss with one number of a matrix moved, and the number put back. */
const moved =
  (at: Matrix, pass: () => number) =>
  (entry: number, by: number): number => {
    const before = at.data[entry];
    at.data[entry] = before + by;
    const value = pass();
    at.data[entry] = before;
    return value;
  };

/** What a tap sees of the states by layer: the carry's gradient, and that of all timesteps one after the other. */
function sendBack(unrolled: Unrolled, from: 'window' | 'last', into: Parameters) {
  const empty = () =>
    unrolled.layers.map((): { ofCarry: Floats; ofSteps: number[] } => ({
      ofCarry: new Float64Array(),
      ofSteps: [],
    }));
  const states = { h: empty(), c: empty() };
  backward(unrolled, {
    from,
    into,
    rescale: false,
    tap: {
      view({ layer, timestep, gradients: { dh, dc, dhPrev, dcPrev } }) {
        for (const [state, at, before] of [
          [states.h[layer], dh, dhPrev],
          [states.c[layer], dc, dcPrev],
        ] as const) {
          // The last timestep comes first.
          state.ofSteps.unshift(...at.data);
          if (timestep === 0) state.ofCarry = before.data.slice();
        }
      },
    },
  });
  return states;
}

function compare(
  { name, gradient, lossAt }: Variable,
  nudging: Nudging,
  entries: number,
  measurable: number,
  rng: Rng,
): CheckedTensor {
  let atKink = 0;
  const quotient = (entry: number, s: number): number => (lossAt(entry, s) - lossAt(entry, -s)) / (2 * s);
  const found = choose(gradient, entries, rng).flatMap((entry) => {
    nudging.forgetCrossings();
    const difference = quotient(entry, STEP);
    if (!nudging.crossed) return [{ entry, difference }];
    atKink++;
    return [];
  });
  const largest = found.reduce((most, { difference }) => Math.max(most, Math.abs(difference)), 0);
  const m = Math.max(largest, measurable);
  let worst: CheckedEntry | null = null;
  for (const { entry, difference: plain } of found) {
    const errorOf = (difference: number): number => Math.abs(gradient[entry] - difference) / m;
    let difference = plain;
    if (!(errorOf(plain) <= AGREEMENT)) {
      const refined = (4 * plain - quotient(entry, 2 * STEP)) / 3;
      if (errorOf(refined) < errorOf(plain)) difference = refined;
    }
    const error = errorOf(difference);
    // Not `>`: a NaN is the worst there is.
    if (worst === null || !(error <= worst.error))
      worst = { entry, backward: gradient[entry], difference, error };
    if (Number.isNaN(error)) break;
  }
  return {
    name,
    size: gradient.length,
    compared: found.length,
    atKink,
    largest,
    measurable,
    worst,
    passed: worst === null || worst.error <= AGREEMENT,
  };
}

/** Entries in ascending order: all, or the one with the largest gradient and others that are drawn. */
function choose(gradient: ArrayLike<number>, entries: number, rng: Rng): number[] {
  const all = Array.from({ length: gradient.length }, (_, entry) => entry);
  if (all.length <= entries) return all;
  const largest = all.reduce((best, entry) =>
    Math.abs(gradient[entry]) > Math.abs(gradient[best]) ? entry : best,
  );
  const chosen = new Set([largest]);
  while (chosen.size < entries) chosen.add(rng.uint32() % all.length);
  return [...chosen].sort((a, b) => a - b);
}
