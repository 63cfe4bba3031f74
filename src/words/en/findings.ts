/** What an inspection's figures say, in sentences: titles of charts, heads of sections. */
import type { Left } from '../../probe/curve.js';
import type { ListenFinding } from '../../probe/listen.js';
import type { MatrixFinding } from '../../probe/matrix.js';
import type { TheoryFinding } from '../../probe/theory.js';
import type { TotalFinding } from '../../probe/total.js';
import type { UpdatesFinding } from '../../probe/updates.js';
import {
  capital,
  layerNumber,
  type ClippingFinding,
  type CourseFinding,
  type ListeningTold,
  type Source,
} from '../inspect.js';
import { grown, layer } from './memory.js';
import { numbers } from './numbers.js';

const { between, count, counted, fixed, percent, precise, share, short, signed } = numbers;
const timesteps = (many: number): string => counted(many, 'timestep');
const Layer = (index: number): string => `Layer ${count(layerNumber(index))}`;

const from = (source: Source): string =>
  source === null ? 'measured on this window' : `logged at step ${count(source)}`;

const farEnd = (left: Left): string => {
  const gradient = "the last loss's gradient";
  return left.hasGrown && left.log10 !== null
    ? `${gradient} ${grown(left.log10)} at its far end`
    : `${share(left.log10)} of ${gradient} is left at its far end`;
};

function bound(says: TheoryFinding['says']): string {
  switch (says.is) {
    case 'none':
      return 'the cell has no W_hh, so no bound follows from one';
    case 'gated':
      return `the largest singular value of a gate's W_hh is ${short(says.sigma1)}; for gated cells no bound follows from it`;
    case 'free':
      return `σ₁γ (largest singular value of W_hh times largest derivative) = ${short(says.value)} ≥ 1: in theory the gradient may vanish or not`;
    case 'bounded': {
      const { value, isTheorem, steps, left, mustVanish } = says;
      const what = isTheorem ? 'the gradient' : 'what comes through its own recurrence';
      const window =
        steps < 2
          ? ''
          : `, ${counted(steps, 'step')} no more than ${share(left)}${mustVanish ? `: within this window ${what} must vanish` : ''}`;
      return `σ₁γ (largest singular value of W_hh times largest derivative) = ${precise(value)} < 1: a step${isTheorem ? '' : ' of its own recurrence'} can keep no more than ${percent(value)}${window}`;
    }
  }
}

export const findings = {
  from,
  /** As a sentence of its own. */
  source: (source: Source): string => `${capital(from(source))}.`,

  total: ({ layer: l, how, hides, left }: TotalFinding): string => {
    const which = l === null ? '' : ` of ${layer(l)}`;
    if (how.is === 'level')
      return `The total gradient${which} stays within a factor of ${short(10 ** how.decades)} along the window${hides ? ', while' : ';'} ${farEnd(left)}.`;
    const way =
      how.is === 'varies'
        ? `varies by ${fixed(how.decades, 1)} decades along the window`
        : `${how.is} by ${fixed(how.decades, 1)} decades from the last timestep back to the first`;
    return `The total gradient${which} ${way}; ${farEnd(left)}.`;
  },

  course: ({ layer: l, from: first, to: last, timesteps: window }: CourseFinding): string => {
    const reach = (lag: number | null): string =>
      lag === null
        ? `beyond ${window === null ? 'the window' : `lag ${count(window - 1)}`}`
        : `lag ${count(lag)}`;
    if (first.lag === last.lag)
      return `${Layer(l)}: at most 1% is left at ${reach(first.lag)} at step ${count(first.step)} and still at step ${count(last.step)}.`;
    return `${Layer(l)}: at most 1% was left at ${reach(first.lag)} at step ${count(first.step)}, and is at ${reach(last.lag)} at step ${count(last.step)}.`;
  },

  clipping: ({ mode, limit, steps, clipped, medianScale, smallestScale }: ClippingFinding): string => {
    if (mode === 'none') return `Nothing was clipped in ${counted(steps, 'step')}: clipping was off.`;
    if (mode === 'value')
      return `Each value of the gradient was kept within ±${limit ?? '?'} in ${counted(steps, 'step')}; the log does not say how many were beyond.`;
    const at = limit === null ? '' : ` at norm ${limit}`;
    if (medianScale === null || smallestScale === null)
      return steps === 1
        ? `The one step was not clipped${at}.`
        : `None of ${count(steps)} steps was clipped${at}.`;
    if (clipped === 1)
      return `${steps === 1 ? 'The one step' : `1 of ${count(steps)} steps (${percent(1 / steps)})`} was clipped${at}, by a factor of ${short(smallestScale)}.`;
    return `${count(clipped)} of ${count(steps)} steps (${percent(clipped / steps)}) were clipped${at}; half of those by a factor of ${short(medianScale)} or less, the strongest by ${short(smallestScale)}.`;
  },

  updates: ({ least, most }: UpdatesFinding): string => {
    if (short(least[1]) === short(most[1]))
      return `One update changes each tensor by ${short(least[1])} of its norm.`;
    return `One update changes the weights by ${short(least[1])} (${least[0]}) to ${short(most[1])} (${most[0]}) of their norm.`;
  },

  matrix: ({ layer: l, lag, least, most }: MatrixFinding): string => {
    const left = between(share(least), share(most));
    const where = left === share(least) ? 'wherever' : 'depending on where';
    return `${Layer(l)}: ${timesteps(lag)} back ${left} of a loss's gradient is left, ${where} in the window the loss is.`;
  },

  listen: ({ mean, most }: ListenFinding): string =>
    `On average the influence on a prediction falls to ${percent(0.01)} of its strongest ${counted(Number(mean.toPrecision(3)), 'character')} back; at most ${count(most)} back.`,

  theory: ({ layer: l, says, lyapunov, kept }: TheoryFinding): string => {
    const unsettled =
      lyapunov === null || lyapunov.unsettled === null
        ? ''
        : ` (not settled in ${timesteps(lyapunov.timesteps)}: the window's halves differ by ${short(lyapunov.unsettled)} nats)`;
    const exponent =
      lyapunov === null
        ? ''
        : `; along the text the largest Lyapunov exponent of its recurrence is ${signed(lyapunov.nats)} nats, a factor of ${short(Math.exp(lyapunov.nats))} a step${unsettled}`;
    const measured =
      kept === null
        ? ''
        : `; measured: from lag ${count(kept.fromLag)} on, a step keeps ${percent(kept.share)}`;
    return `${Layer(l)}: ${bound(says)}${exponent}${measured}.`;
  },

  listening: ({ symbol, name, before, probability, strong, level }: ListeningTold): string => {
    const seen: Readonly<Record<string, string>> = {
      ' ': 'The space',
      '\n': 'The line end',
      '\t': 'The tab',
    };
    const who = seen[symbol] ?? (name.startsWith("'") ? `“${symbol}”` : name);
    if (before === 0) return `${who}: nothing comes before it`;
    const expected = probability === null ? '' : `, expected with probability ${percent(probability)},`;
    if (strong === null) return `${who}${expected} listens to nothing that was measured`;
    if (before === 1) return `${who}${expected} listens to the one character before it`;
    return `${who}${expected} listens to ${count(strong.many)} of the ${count(before)} characters before it at ${percent(level)} or more of the strongest, at most ${count(strong.furthest)} back`;
  },
};
