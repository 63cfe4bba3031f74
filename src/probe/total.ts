/**
 * total: ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖ (Frobenius over N, H), L the loss of the whole window.
 * Every timestep has a loss of its own, so this curve does not fall however much is lost on the way: see lag. In logarithms
 * too, since what explodes leaves the numbers there are.
 */
import { byLayerAndTimestep, log10Norm } from '../bptt/probing.js';
import { normOf } from '../kernels/norm.js';
import { leastOf, mostOf, numbersOf } from '../base/figures.js';
import type { LayerReport, LayerWith } from '../bptt/report.js';
import { hasGrown, leftAtEnd, relativeCurve, totalLog10Of, type Left } from './curve.js';
import type { LayerProbe } from './declaration.js';
import { byState, listedByState, type ByState, type Logged } from './log.js';
import { THIN_AT } from './memory.js';
import { pointsOf, type Chart, type LayerView } from './view.js';

declare module '../bptt/report.js' {
  interface LayerReport {
    /** ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖ by timestep; infinite (JSON: null) where float64 has no such number */
    readonly total?: ByState<number>;
    /** The same as log10; null is an exact 0. Absent in logs of earlier versions. */
    readonly totalLog10?: Logged<typeof byState>;
  }
}

export interface TotalFinding {
  /** null: of a single layer. */
  readonly layer: number | null;
  readonly how: { readonly is: 'level' | 'varies' | 'grows' | 'falls'; readonly decades: number };
  /** The total is level while the last loss's gradient is lost. */
  readonly hides: boolean;
  readonly left: Left;
}
type Key = 'timestep' | 'relative' | 'total' | 'lastLoss';

/** Most that the total may vary along the window and still count as level: a factor of ten. */
const LEVEL_FACTOR = 10;

/** Decades below the last timestep that a chart reaches down to, at most. */
const DEEPEST = -12;

/** ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖ of the whole window's loss, by timestep. */
export const total: LayerProbe & LayerView<TotalFinding, Key, Pick<TotalFinding, 'hides'>> = {
  name: 'total',
  from: 'window',
  presets: { light: 10, full: 10 },
  log: { total: byState, totalLog10: byState },

  *figures({ total, totalLog10 }) {
    yield* listedByState('total', 'timestep', total);
    yield* listedByState('totalLog10', 'timestep', totalLog10);
  },

  shows: 'total',
  view(totals, { layers, latest }) {
    const lags = latest('lagLog10');
    const finding = findingOf(totals, lags, layers);
    if (finding === null) return null;
    const both = lags.flatMap((layer) => {
      const found = totals.find((one) => one.layer === layer.layer);
      return found ? [{ layer: layer.layer, total: totalLog10Of(found), lag: relativeCurve(layer) }] : [];
    });
    const floor = Math.max(DEEPEST, Math.floor(leastOf(numbersOf([-1, ...both.flatMap(({ lag }) => lag)]))));
    const pictures = both.map(({ layer, ...curves }) => ({
      ...{ title: { of: layer }, charts: [chartOf(curves, floor)] },
    }));
    return { about: { hides: finding.hides }, said: [finding], pictures };
  },

  begin(unrolled) {
    const { kernels, cell } = unrolled.network;
    const { states } = cell;
    const norms = states.map(() => byLayerAndTimestep(unrolled));
    const logs: (number | null)[][][] = states.map(() => byLayerAndTimestep(unrolled));
    return {
      view({ layer, timestep, exponent, gradients }) {
        states.forEach((state, i) => {
          const norm = normOf(kernels, state === 'h' ? gradients.dh : gradients.dc);
          norms[i][layer][timestep] = norm * 2 ** exponent;
          logs[i][layer][timestep] = log10Norm(norm, exponent);
        });
      },
      result: () =>
        unrolled.layers.map((_, layer) => ({
          total: { h: norms[0][layer], c: norms.at(1)?.[layer] ?? null },
          totalLog10: { h: logs[0][layer], c: logs.at(1)?.[layer] ?? null },
        })),
    };
  },
};

/** What the total shows beside the lag curve; null where there is nothing to compare. */
function findingOf(
  totals: readonly LayerReport[],
  lags: readonly LayerWith<'lagLog10'>[],
  layers: number,
): TotalFinding | null {
  // The layer that loses most shows it best.
  const report = [...lags].sort((a, b) => (leftAtEnd(a) ?? -Infinity) - (leftAtEnd(b) ?? -Infinity)).at(0);
  const found = report && totals.find((one) => one.layer === report.layer);
  const curve = found ? totalLog10Of(found) : [];
  const numbers = numbersOf(curve);
  // Of one timestep there is nothing to compare; with an exact 0 among them, or no number, there is no factor.
  if (!report || curve.length < 2 || numbers.length < curve.length || report.memory?.verdict === 'not-finite')
    return null;
  const range = mostOf(numbers) - leastOf(numbers);
  const log10 = leftAtEnd(report);
  const layer = layers === 1 ? null : report.layer;
  const left = { log10, hasGrown: hasGrown(log10) };
  if (range <= Math.log10(LEVEL_FACTOR))
    return { layer, how: { is: 'level', decades: range }, hides: log10 === null || log10 <= THIN_AT, left };
  const change = numbers[0] - numbers[numbers.length - 1];
  const is = Math.abs(change) < 1 ? 'varies' : change > 0 ? 'grows' : 'falls';
  return { layer, how: { is, decades: is === 'varies' ? range : Math.abs(change) }, hides: false, left };
}

/** One layer's total and lag gradient over the same timesteps, both relative to the last timestep. */
function chartOf(
  { total: norms, lag }: Readonly<Record<'total' | 'lag', readonly (number | null)[]>>,
  floor: number,
): Chart<Key> {
  const last = norms.at(-1) ?? null;
  const relative = norms.map((norm) => (norm === null || last === null ? null : norm - last));
  const top = mostOf(numbersOf([0, ...relative, ...lag]));
  return {
    ...{ is: 'curves', x: { label: 'timestep', figures: 'count' } },
    y: { label: 'relative', scale: 'share', domain: [floor, Math.max(top, 0.5)] },
    curves: [
      ...(norms.length > 0 ? [{ label: 'total' as const, points: pointsOf(relative, 1) }] : []),
      { label: 'lastLoss', points: pointsOf([...lag].reverse(), 1) },
    ],
  };
}
