/**
 * What the figures say, in sentences: the titles of charts and the heads of sections, in a terminal and on a page
 * alike. Each is computed from what it stands above; null where that is missing.
 */
import { counted, plural } from '../../base/words.js';
import type { LayerReport } from '../../bptt/report.js';
import { auditedWindow } from '../../probe/audit.js';
import { THIN_AT } from '../../probe/memory.js';
import { FLAT_BELOW } from '../../probe/saturation.js';
import { meanOf } from '../../ui/binning.js';
import { clippingOf } from './clipping.js';
import { hasGrown, leftAtEnd, totalLog10Of } from '../../ui/curve.js';
import {
  courseOf,
  extraOf,
  layersNow,
  layersWith,
  type Found,
  type InspectionData,
  type LayerWith,
} from '../../ui/inspection.js';
import { memorySentence, tellsReach } from './memory.js';
import {
  between,
  growthOf,
  count,
  listed,
  mean,
  numbersOf,
  percent,
  power,
  shareOf,
  short,
  signed,
} from '../../words/numbers.js';

export const timestepsOf = (layers: readonly LayerReport[]): number =>
  layers.find(({ lagLog10 }) => lagLog10)?.lagLog10?.h.length ?? 0;

/** Each layer's memory, one sentence each. @param all see `headline` */
export function memoryFindings(layers: readonly LayerReport[], all: number = layers.length): string[] {
  const timesteps = timestepsOf(layers);
  return layers.map((layer) => memorySentence(layer, all, timesteps)).filter((sentence) => sentence !== '');
}

/** Most that the total may vary along the window and still count as level: a factor of ten. */
export const LEVEL_FACTOR = 10;

export interface TotalFinding {
  readonly sentence: string;
  /** The total is level while the last loss's gradient is lost: it hides what happens. */
  readonly hides: boolean;
}

/** What the total gradient shows beside the lag curve; null where there is nothing to compare. */
export function totalFinding(data: InspectionData): TotalFinding | null {
  const totals = layersWith(data, 'total');
  const lags = layersWith(data, 'lagLog10');
  if (!totals || !lags) return null;
  // The layer that loses most shows it best.
  const layer = [...lags.value].sort((a, b) => (leftAtEnd(a) ?? -Infinity) - (leftAtEnd(b) ?? -Infinity))[0];
  const found = totals.value.find((one) => one.layer === layer.layer);
  const curve = found ? totalLog10Of(found) : [];
  const numbers = numbersOf(curve);
  // Of one timestep there is nothing to compare; with an exact 0 among them, or no number, there is no factor.
  if (curve.length < 2 || numbers.length < curve.length || layer.memory?.verdict === 'not-finite')
    return null;
  const which = layersNow(data).length === 1 ? '' : ` of layer ${layer.layer}`;
  const range = numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));
  if (!Number.isFinite(range)) return null;
  const left = leftAtEnd(layer);
  const gradient = "the last loss's gradient";
  const atEnd = `${hasGrown(left) ? `${gradient} has grown ${growthOf(left)}` : `${shareOf(left)} of ${gradient} is left`} at its far end`;
  if (range <= Math.log10(LEVEL_FACTOR)) {
    const hides = left === null || left <= THIN_AT;
    const level = `The total gradient${which} stays within a factor of ${short(10 ** range)} along the window`;
    return { sentence: `${level}${hides ? ', while' : ';'} ${atEnd}.`, hides };
  }
  const change = numbers[0] - numbers[numbers.length - 1];
  const way =
    Math.abs(change) < 1
      ? `varies by ${range.toFixed(1)} decades along the window`
      : `${change > 0 ? 'grows' : 'falls'} by ${Math.abs(change).toFixed(1)} decades from the last timestep back to the first`;
  return { sentence: `The total gradient${which} ${way}; ${atEnd}.`, hides: false };
}

/** Where the lag at which 1% is left went in training. */
export function courseFinding(data: InspectionData, layer: number): string | null {
  const course = courseOf(data, layer, 'memory');
  if (course.length < 2) return null;
  const [first, last] = [course[0], course[course.length - 1]];
  const timesteps = first.report.lagLog10?.h.length;
  const reach = (lag: number | null): string =>
    lag === null ? `beyond ${timesteps === undefined ? 'the window' : `lag ${timesteps - 1}`}` : `lag ${lag}`;
  // Where a gradient was no number, or grew, no lag tells how far it reached.
  if ([first, last].some(({ report }) => !tellsReach(report.memory))) return null;
  const [from, to] = [first.report.memory.lag1pct, last.report.memory.lag1pct];
  if (from === to)
    return `Layer ${layer}: at most 1% is left at ${reach(from)} at step ${first.step} and still at step ${last.step}.`;
  return `Layer ${layer}: at most 1% was left at ${reach(from)} at step ${first.step}, and is at ${reach(to)} at step ${last.step}.`;
}

/** Decades that each part takes or gives on one step back, on average; null where no step has a number for all three. */
export function splitMeans({ split }: LayerWith<'split'>): {
  readonly gates: number;
  readonly weights: number;
  readonly arriving: number;
} | null {
  const [gates, weights, arriving] = [split.gates, split.weights, split.arriving].map(meanOf);
  return gates === null || weights === null || arriving === null ? null : { gates, weights, arriving };
}

/** The layers whose gradient has a way back: those of a window of one timestep have none. */
export const layersWithSplit = (data: InspectionData): Found<readonly LayerWith<'split'>[]> | null => {
  const found = layersWith(data, 'split');
  const value = found?.value.filter((layer) => splitMeans(layer) !== null) ?? [];
  return found && value.length > 0 ? { ...found, value } : null;
};

/** Empty where there is no mean. */
export function splitFinding(layer: LayerWith<'split'>, gated: boolean): string {
  const means = splitMeans(layer);
  if (means === null) return '';
  const { gates, weights, arriving } = means;
  const parts: readonly (readonly [string, number])[] = [
    [gated ? 'gates' : 'derivative of the activation', gates],
    ['W_hh', weights],
    ['arriving from above', arriving],
  ];
  const told = parts
    .filter(([, value]) => Math.abs(value) >= 5e-4)
    .map(([name, value]) => `${name} ${signed(value)}`);
  const sum = signed(gates + weights + arriving);
  return `Layer ${layer.layer}: on average ${sum} decades a step back${told.length > 1 ? `: ${listed(told)}` : ''}.`;
}

export function auditFinding(data: InspectionData): string | null {
  const audit = extraOf(data, 'audit');
  if (!audit) return null;
  const { cuts, share, timesteps } = audit.value;
  const window = auditedWindow(audit.value);
  const within = cuts.findLastIndex((cut) => cut <= window);
  const place = Math.max(0, within);
  const part = share.at(place);
  if (part === undefined || Number.isNaN(part)) return null;
  const lacking = part === null ? 'less than 10⁻³⁰' : shareOf(part > 0 ? Math.log10(part) : null);
  return `Cut off after ${counted(cuts[place], 'timestep')}, the gradient lacks ${lacking} of what ${counted(timesteps, 'timestep')} ${plural(timesteps, 'gives', 'give')}.`;
}

export function saturationFinding({ layer, saturation }: LayerWith<'saturation'>): string {
  const told = Object.entries(saturation).map(([name, byTimestep]) => `${name} ${percent(mean(byTimestep))}`);
  return `Layer ${layer}: ${listed(told)} of the units are on the flat part (derivative below ${FLAT_BELOW}; ReLU: at 0).`;
}

export function activationFinding({ layer, activation }: LayerWith<'activation'>): string {
  const told = Object.entries(activation).map(
    ([name, byTimestep]) => `${name} ${mean(byTimestep).toFixed(2)}`,
  );
  return `Layer ${layer}: mean activation ${listed(told)}.`;
}

export function clippingFinding(data: InspectionData): string | null {
  const updates = data.history?.updates ?? [];
  if (updates.length === 0) return null;
  const { steps, clipped, medianScale, smallestScale } = clippingOf(updates);
  const { clip, clipMode } = data.history?.info.options ?? {};
  if (clipMode === 'none')
    return `Nothing was clipped in ${counted(count(steps), 'step')}: clipping was off.`;
  if (clipMode === 'value')
    return `Each value of the gradient was kept within ±${JSON.stringify(clip)} in ${counted(count(steps), 'step')}; the log does not say how many were beyond.`;
  const limit = clip === undefined ? '' : ` at norm ${JSON.stringify(clip)}`;
  if (medianScale === null || smallestScale === null)
    return steps === 1
      ? `The one step was not clipped${limit}.`
      : `None of ${count(steps)} steps was clipped${limit}.`;
  if (clipped === 1)
    return `${steps === 1 ? 'The one step' : `1 of ${count(steps)} steps (${percent(1 / steps)})`} was clipped${limit}, by a factor of ${short(smallestScale)}.`;
  return `${count(clipped)} of ${count(steps)} steps (${percent(clipped / steps)}) were clipped${limit}; half of those by a factor of ${short(medianScale)} or less, the strongest by ${short(smallestScale)}.`;
}

export function updatesFinding(data: InspectionData): string | null {
  const updates = extraOf(data, 'updates');
  const ratios = Object.entries(updates?.value ?? {}).sort(([, a], [, b]) => a - b);
  if (!updates || ratios.length === 0) return null;
  const [[slowest, least], [fastest, most]] = [ratios[0], ratios[ratios.length - 1]];
  if (short(least) === short(most))
    return `One update (${updates.from}) changes each tensor by ${short(least)} of its norm.`;
  return `One update (${updates.from}) changes the weights by ${short(least)} (${slowest}) to ${short(most)} (${fastest}) of their norm.`;
}

export function matrixFinding(data: InspectionData, layer: number): string | null {
  const matrix = extraOf(data, 'matrix');
  const found = matrix?.value.layers.find((one) => one.layer === layer);
  if (!matrix || !found) return null;
  // How much of the step from lag 0 is left at lag 8 (or the longest there is), whichever loss it starts from.
  const last = found.log10.length - 1;
  const lag = Math.min(8, last);
  const kept = found.log10.flatMap((row, s) => {
    const [start, there] = [row.at(s), s >= lag ? row.at(s - lag) : undefined];
    return typeof start === 'number' && typeof there === 'number' ? [there - start] : [];
  });
  if (lag < 1 || kept.length === 0) return null;
  const [least, most] = [kept.reduce((a, b) => Math.min(a, b)), kept.reduce((a, b) => Math.max(a, b))];
  const left = between(shareOf(least), shareOf(most));
  const where = left === shareOf(least) ? 'wherever' : 'depending on where';
  return `Layer ${layer}: ${counted(lag, 'timestep')} back ${left} of a loss's gradient is left, ${where} in the window the loss is.`;
}

export function listenFinding(data: InspectionData): string | null {
  const listen = extraOf(data, 'listen');
  if (!listen) return null;
  // How far back one has to go for 1% of the strongest influence, on average over the predictions.
  const reaches = listen.value.log10.flatMap((row, s) => {
    const known = numbersOf(row);
    if (known.length === 0) return [];
    const level = known.reduce((a, b) => Math.max(a, b)) - 2;
    const first = row.findIndex((value) => value !== null && value >= level);
    return [s - first];
  });
  if (reaches.length === 0) return null;
  const from = power(-2);
  return `A prediction listens ${counted(short(mean(reaches)), 'character')} back on average before the influence falls to ${from} of its strongest; at most ${reaches.reduce((a, b) => Math.max(a, b))}.`;
}
