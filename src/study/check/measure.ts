/** `check`: are the gradients of this model on this text right? The reference by differences, and the fast engine by it. */
import { backward } from '../../bptt/backward.js';
import { checkFinite } from '../../bptt/finite.js';
import { forward } from '../../bptt/forward.js';
import { loss, type WindowLoss } from '../../bptt/loss.js';
import type { Unrolled } from '../../bptt/unrolled.js';
import { windowOf } from '../../bptt/window.js';
import { openReference } from '../../kernels/reference.js';
import { scoped } from '../../kernels/scoped.js';
import { inFloat64 } from '../../model/float64.js';
import { Network } from '../../model/network.js';
import { Parameters } from '../../model/parameters.js';
import type { ModelShape } from '../../model/shape.js';
import type { WindowSize } from '../../text/windows.js';
import { AGREEMENT, checkGradients, type CheckedTensor } from './gradient-check.js';
import { encodeFor, type InspectedText } from '../inspect/measure.js';
import type { Model } from '../model/model.js';
import { Nudging } from './nudging.js';

/** How far an engine's gradients may be from the reference's, relative to the tensor's largest: what trains, and what measures. */
export const ENGINE_AGREEMENT = { f32: 1e-3, f64: 1e-9 } as const;

export interface EngineCheck {
  readonly name: string;
  /** By tensor: max |∂ − ∂₆₄| / max |∂₆₄| of the window's loss. */
  readonly tensors: readonly { readonly name: string; readonly error: number }[];
  readonly worst: number;
  readonly agreement: number;
  readonly passed: boolean;
}

/** How far gradients are from differences. */
export interface CheckReport {
  readonly model: ModelShape;
  readonly window: WindowSize;
  readonly loss: WindowLoss;
  /** Weights and carry for the loss of the window, states (h_l0, c_l0 …) for that of its last timestep. */
  readonly tensors: readonly CheckedTensor[];
  readonly worst: number;
  readonly agreement: number;
  /** The fast engine beside the reference: its float32, which trains; null where the model is in the reference engine already. */
  readonly engine: EngineCheck | null;
  /** Likewise its float64, which measures. */
  readonly measuring: EngineCheck | null;
  readonly passed: boolean;
}

export interface CheckOptions extends WindowSize {
  /** Entries of each tensor that are compared; all where it has no more. */
  readonly entries: number;
  readonly seed: number;
}

const largest = (numbers: Iterable<number>): number => {
  let most = 0;
  // Math.max keeps a NaN, and a NaN fails.
  for (const x of numbers) most = Math.max(most, Math.abs(x));
  return most;
};

/**
 * One window laid out as `inspect` has it, the carry zero.
 * @param model in any engine: its weights are taken over into the reference
 * @throws DissipaError where the text is too short, or has a character that the alphabet has not
 */
export function check(model: Model, text: InspectedText, options: CheckOptions, where: string): CheckReport {
  const { network } = model;
  const { rows, timesteps, entries, seed } = options;
  const size = { rows, timesteps };
  const symbols = encodeFor(model, text, size, where);
  const windowIn = (of: Network): Unrolled => windowOf(of, symbols, size);

  const nudging = new Nudging(openReference());
  const exact = new Network(nudging.kernels, network.shape);
  exact.parameters.load(new Map([...network.parameters.byName].map(([name, { data }]) => [name, data])));
  exact.refresh();
  const unrolled = windowIn(exact);
  forward(unrolled, timesteps);
  loss(unrolled);
  checkFinite(unrolled, where);
  const tensors = [
    ...checkGradients(nudging, unrolled, { from: 'window', of: ['weights', 'carry'], entries, seed }),
    ...checkGradients(nudging, unrolled, { from: 'last', of: ['states'], entries, seed }),
  ];
  const beside = (of: () => Network): EngineCheck =>
    scoped(network.kernels, () => compareEngines(windowIn(of()), windowIn(exact)));
  const engine = network.kernels.scalar === 'f64' ? null : beside(() => network);
  const measuring = engine && beside(() => inFloat64(network));
  forward(unrolled, timesteps);
  const windowLoss = loss(unrolled);
  return {
    model: network.shape,
    window: { timesteps, rows },
    loss: windowLoss,
    tensors,
    worst: largest(tensors.map(({ worst }) => worst?.error ?? 0)),
    agreement: AGREEMENT,
    engine,
    measuring,
    passed: tensors.every(({ passed }) => passed) && (engine?.passed ?? true) && (measuring?.passed ?? true),
  };
}

/** The gradients of the same window in two engines, the second of them the reference. */
function compareEngines(fast: Unrolled, exact: Unrolled): EngineCheck {
  const gradientsOf = (unrolled: Unrolled): Parameters => {
    const { network, timesteps } = unrolled;
    const into = new Parameters(network.kernels, network.shape);
    forward(unrolled, timesteps);
    loss(unrolled);
    backward(unrolled, { from: 'window', into, rescale: false, tap: null });
    return into;
  };
  const [found, expected] = [gradientsOf(fast), gradientsOf(exact)];
  const tensors = [...expected.byName].map(([name, { data }]) => {
    const other = found.tensor(name).data;
    const size = largest(data);
    const difference = largest(Array.from(data, (x, j) => x - other[j]));
    return { name, error: difference === 0 ? 0 : difference / size };
  });
  const worst = largest(tensors.map(({ error }) => error));
  const { name, scalar } = fast.network.kernels;
  const agreement = ENGINE_AGREEMENT[scalar];
  return { name, tensors, worst, agreement, passed: worst <= agreement };
}
