/** What theory says of a layer's recurrence beside what was measured, in a sentence. */
import { counted } from '../../base/words.js';
import type { LayerReport, Theory } from '../../bptt/report.js';
import { THIN_AT } from '../../probe/memory.js';
import { fittedFrom } from '../../probe/tail.js';
import { tailShape } from '../../ui/curve.js';
import { isResolved } from '../../ui/flags.js';
import type { LayerWith } from '../../ui/inspection.js';
import { percent, shareOf, short, signed } from '../../words/numbers.js';

/** log10 below which σ₁γ counts as below 1: it is measured to some nine digits. */
const BELOW_1 = -1e-6;
/** The halves of the window disagree by more than half of λ₁: it is not settled. */
const UNSETTLED = 0.5;

export function theoryFinding(layer: LayerWith<'theory'>, timesteps: number): string {
  const { blocks } = layer.theory;
  const sigma = Math.max(...blocks.map(({ sigma1 }) => sigma1));
  const says =
    layer.theory.boundLog10 === null
      ? `the largest singular value of a gate's W_hh is ${short(sigma)}; for gated cells no bound follows from it`
      : bound(layer.theory.boundLog10, layer.theory.isTheorem, timesteps);
  return `Layer ${layer.layer}: ${says}${exponent(layer.theory, timesteps)}${keptByStep(layer, timesteps)}.`;
}

/** That a step can keep 95% at most says little of what a window must lose: 0.95⁶³ is 4%. */
function bound(log10: number, isTheorem: boolean, timesteps: number): string {
  const value = 10 ** log10;
  if (log10 >= BELOW_1) return `σ₁γ = ${short(value)} ≥ 1, so theory lets it vanish or not`;
  // As many digits as show that it is below 1.
  const told = Number(value.toPrecision(3)) < 1 ? short(value) : String(Number(value.toPrecision(7)));
  const [steps, left] = [Math.max(0, timesteps - 1), log10 * Math.max(0, timesteps - 1)];
  const what = isTheorem ? 'it' : 'what comes through its own recurrence';
  const window =
    steps < 2
      ? ''
      : `, ${counted(steps, 'step')} no more than ${shareOf(left)}${left <= THIN_AT ? `: within this window ${what} must vanish` : ''}`;
  const whose = isTheorem ? '' : ' of its own recurrence';
  return `σ₁γ = ${told} < 1: a step${whose} can keep no more than ${percent(value)}${window}`;
}

function exponent({ lyapunov, lyapunovDrift = null }: Theory, timesteps: number): string {
  const largest = lyapunov.at(0);
  if (largest === undefined || !Number.isFinite(largest)) return '';
  const unsettled =
    lyapunovDrift !== null && Math.abs(lyapunovDrift) > UNSETTLED * Math.abs(largest)
      ? ` (not settled in ${counted(timesteps, 'timestep')}: the window's halves differ by ${short(Math.abs(lyapunovDrift))} nats)`
      : '';
  return `; along the text the largest Lyapunov exponent of its recurrence is ${signed(largest)} nats, a factor of ${short(Math.exp(largest))} a step${unsettled}`;
}

/** Only of a tail that is a line: falling, rising or level. */
function keptByStep(layer: LayerReport, timesteps: number): string {
  const { memory } = layer;
  if (!memory?.tail || !isResolved(layer)) return '';
  const shape = tailShape({ ...layer, memory }, timesteps);
  if (shape !== 'falling' && shape !== 'rising' && shape !== 'level') return '';
  return `; measured, from lag ${fittedFrom(timesteps)} on a step keeps ${percent(10 ** memory.tail.decadesPerStep)}`;
}
