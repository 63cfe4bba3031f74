/**
 * What the figures say, in sentences: the titles of charts and the heads of sections, in a terminal and on a page
 * alike. Each is computed from what it stands above; null where that is missing.
 */
import { counted, plural } from '../base/words.js';
import type { LayerReport } from '../bptt/report.js';
import { auditedWindow } from '../probe/audit.js';
import { FLAT_BELOW } from '../probe/saturation.js';
import { meanOf } from './binning.js';
import { clippingOf } from './clipping.js';
import {
  courseOf,
  extraOf,
  layersWith,
  type Found,
  type InspectionData,
  type LayerWith,
} from './inspection.js';
import { leftAtEnd, memorySentence, noWayBack } from './memory.js';
import {
  between,
  count,
  listed,
  mean,
  numbersOf,
  percent,
  power,
  shareOf,
  short,
  signed,
} from './numbers.js';

export const timestepsOf = (layers: readonly LayerReport[]): number =>
  layers.find(({ lagLog10 }) => lagLog10)?.lagLog10?.h.length ?? 0;

/** Each layer's memory, one sentence each. */
export function memoryFindings(layers: readonly LayerReport[]): string[] {
  const timesteps = timestepsOf(layers);
  return layers
    .map((layer) => memorySentence(layer, layers.length, timesteps))
    .filter((sentence) => sentence !== '');
}

/** The layers' fates in one sentence. */
export function headline(layers: readonly LayerWith<'memory'>[], timesteps: number): string {
  if (timesteps === 1) return noWayBack();
  const fates = (['vanishing', 'exploding', 'preserved'] as const).flatMap((verdict) => {
    const those = layers.filter(({ memory }) => memory.verdict === verdict);
    if (those.length === 0) return [];
    const words = { vanishing: 'vanishes', exploding: 'explodes', preserved: 'is preserved' }[verdict];
    if (layers.length === 1) return [`The gradient ${words}`];
    const where =
      those.length === layers.length
        ? `in ${layers.length === 2 ? 'both' : `all ${layers.length}`} layers`
        : `in layer${those.length > 1 ? 's' : ''} ${listed(those.map(({ layer }) => String(layer)))}`;
    return [`${words} ${where}`];
  });
  const fate = layers.length === 1 ? fates[0] : `The gradient ${listed(fates)}`;
  const lags = layers.map(({ memory }) => memory.lag1pct ?? Infinity);
  const [least, most] = [Math.min(...lags), Math.max(...lags)];
  if (least === Infinity) return `${fate}: more than 1% is left after all ${counted(timesteps, 'timestep')}.`;
  if (most === least) return `${fate}: 1% is left after ${least} of ${counted(timesteps, 'timestep')}.`;
  const end = most === Infinity ? 'beyond the window' : String(most);
  return `${fate}: 1% is left after ${least} to ${end} of ${counted(timesteps, 'timestep')}, by layer.`;
}

/** Why the total gradient cannot show what the lag curve shows. */
export function totalFinding(data: InspectionData): string | null {
  const totals = layersWith(data, 'total');
  const lags = layersWith(data, 'lagLog10');
  if (!totals || !lags) return null;
  // The layer that loses most shows it best.
  const layer = [...lags.value].sort((a, b) => (leftAtEnd(a) ?? -Infinity) - (leftAtEnd(b) ?? -Infinity))[0];
  const norms = totals.value.find((one) => one.layer === layer.layer)?.total.h;
  const total = norms?.filter((norm) => norm > 0);
  // Of one timestep there is nothing to compare.
  if (!norms || norms.length < 2 || !total || total.length === 0) return null;
  const factor = total.reduce((a, b) => Math.max(a, b)) / total.reduce((a, b) => Math.min(a, b));
  const left = leftAtEnd(layer);
  const which = lags.value.length === 1 ? '' : ` of layer ${layer.layer}`;
  return `The total gradient${which} stays within a factor of ${short(factor)} along the window, while ${shareOf(left)} of the last loss's gradient is left at its far end.`;
}

/** Where the lag at which 1% is left went in training. */
export function courseFinding(data: InspectionData, layer: number): string | null {
  const course = courseOf(data, layer, 'memory');
  if (course.length < 2) return null;
  const [first, last] = [course[0], course[course.length - 1]];
  const timesteps = first.report.lagLog10?.h.length;
  const reach = (lag: number | null): string =>
    lag === null ? `beyond ${timesteps === undefined ? 'the window' : `lag ${timesteps - 1}`}` : `lag ${lag}`;
  const [from, to] = [first.report.memory.lag1pct, last.report.memory.lag1pct];
  if (from === to)
    return `Layer ${layer}: 1% is left at ${reach(from)} at step ${first.step} and still at step ${last.step}.`;
  return `Layer ${layer}: 1% was left at ${reach(from)} at step ${first.step}, and is at ${reach(to)} at step ${last.step}.`;
}

/** Decades that each part takes or gives on one step back, on average. */
export function splitMeans({ split }: LayerWith<'split'>): {
  readonly gates: number;
  readonly weights: number;
  readonly arriving: number;
} {
  const average = (part: readonly (number | null)[]): number => meanOf(part) ?? 0;
  return { gates: average(split.gates), weights: average(split.weights), arriving: average(split.arriving) };
}

/** The layers whose gradient has a way back: those of a window of one timestep have none. */
export const layersWithSplit = (data: InspectionData): Found<readonly LayerWith<'split'>[]> | null => {
  const found = layersWith(data, 'split');
  const value = found?.value.filter(({ split }) => split.gates.length > 0) ?? [];
  return found && value.length > 0 ? { ...found, value } : null;
};

export function splitFinding(layer: LayerWith<'split'>, gated: boolean): string {
  const { gates, weights, arriving } = splitMeans(layer);
  const parts: readonly (readonly [string, number])[] = [
    [gated ? 'gates' : 'derivative of the activation', gates],
    ['W_hh', weights],
    ['arriving from above', arriving],
  ];
  const told = parts
    .filter(([, value]) => Math.abs(value) >= 5e-4)
    .map(([name, value]) => `${name} ${signed(value)}`);
  const sum = signed(gates + weights + arriving);
  return `Layer ${layer.layer}: ${sum} decades a step back${told.length > 1 ? `: ${listed(told)}` : ''}.`;
}

export function theoryFinding(layer: LayerWith<'theory'>): string {
  const { blocks, boundLog10, isTheorem, lyapunov } = layer.theory;
  const sigma = Math.max(...blocks.map(({ sigma1 }) => sigma1));
  const slope = layer.memory?.slope ?? null;
  const measured = slope === null ? '' : `; measured, a step keeps ${percent(10 ** slope)}`;
  const largest = lyapunov.at(0);
  const exponent =
    largest === undefined
      ? ''
      : `; along the text the largest Lyapunov exponent of its recurrence is ${signed(largest)} nats, a factor of ${short(Math.exp(largest))} a step`;
  if (boundLog10 === null)
    return `Layer ${layer.layer}: the largest singular value of a gate's W_hh is ${short(sigma)}; for gated cells no bound follows from it${exponent}${measured}.`;
  const bound = `σ₁γ = ${short(10 ** boundLog10)}`;
  const says =
    boundLog10 < 0
      ? isTheorem
        ? `${bound} < 1, so it must vanish: no step can keep more than ${percent(10 ** boundLog10)}`
        : `${bound} < 1, so what comes through its own recurrence must vanish`
      : `${bound} ≥ 1, so theory lets it vanish or not`;
  return `Layer ${layer.layer}: ${says}${exponent}${measured}.`;
}

export function auditFinding(data: InspectionData): string | null {
  const audit = extraOf(data, 'audit');
  if (!audit) return null;
  const { cuts, share, timesteps } = audit.value;
  const window = auditedWindow(audit.value);
  const within = cuts.findLastIndex((cut) => cut <= window);
  const place = Math.max(0, within);
  if (cuts.length === 0) return null;
  const part = share[place];
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
