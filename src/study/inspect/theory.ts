/** What theory says of a layer's recurrence beside what was measured. */
import type { LayerReport } from '../../bptt/report.js';
import type { Theory } from '../../probe/theory.js';
import { THIN_AT } from '../../probe/memory.js';
import { fittedFrom } from '../../probe/tail.js';
import { tailShape } from '../../ui/curve.js';
import { isResolved } from '../../ui/flags.js';
import type { LayerWith } from '../../ui/inspection.js';
import type { TheoryFinding } from '../../words/inspect.js';

/** log10 below which σ₁γ counts as below 1: it is measured to some nine digits. */
const BELOW_1 = -1e-6;
/** The halves of the window disagree by more than half of λ₁: it is not settled. */
const UNSETTLED = 0.5;

export const theoryFinding = (layer: LayerWith<'theory'>, timesteps: number): TheoryFinding => ({
  layer: layer.layer,
  says: bound(layer.theory, timesteps),
  lyapunov: exponent(layer.theory, timesteps),
  kept: keptByStep(layer, timesteps),
});

/** That a step can keep 95% at most says little of what a window must lose: 0.95⁶³ is 4%. */
function bound({ boundLog10, isTheorem, blocks }: Theory, timesteps: number): TheoryFinding['says'] {
  if (blocks === null) return { is: 'none' };
  if (boundLog10 === null) return { is: 'gated', sigma1: Math.max(...blocks.map(({ sigma1 }) => sigma1)) };
  const value = 10 ** boundLog10;
  if (boundLog10 >= BELOW_1) return { is: 'free', value };
  const steps = Math.max(0, timesteps - 1);
  const left = boundLog10 * steps;
  return { is: 'bounded', value, isTheorem, steps, left, mustVanish: left <= THIN_AT };
}

function exponent({ lyapunov, lyapunovDrift = null }: Theory, timesteps: number): TheoryFinding['lyapunov'] {
  const nats = lyapunov.at(0);
  if (nats === undefined || !Number.isFinite(nats)) return null;
  const drift = lyapunovDrift === null ? 0 : Math.abs(lyapunovDrift);
  return { nats, unsettled: drift > UNSETTLED * Math.abs(nats) ? drift : null, timesteps };
}

/** Only of a tail that is a line: falling, rising or level. */
function keptByStep(layer: LayerReport, timesteps: number): TheoryFinding['kept'] {
  const { memory } = layer;
  if (!memory?.tail || !isResolved(layer)) return null;
  const shape = tailShape({ ...layer, memory }, timesteps);
  if (shape !== 'falling' && shape !== 'rising' && shape !== 'level') return null;
  return { fromLag: fittedFrom(timesteps), share: 10 ** memory.tail.decadesPerStep };
}
