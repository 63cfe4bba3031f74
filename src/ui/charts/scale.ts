/** An axis of a chart: where its values lie on it, and how its ticks are written. */
import type * as Plot from '@observablehq/plot';
import type { Axis } from '../../probe/view.js';
import type { Numbers } from '../../words/numbers.js';
import {
  factorTicks,
  linearFormat,
  logFormat,
  logTicks,
  roomy,
  roundTicks,
  wholeTicks,
  type Domain,
} from './axes.js';

/** An axis as probes declare it, with its words. What counts something (of an x-axis also known by its points) has whole ticks. */
export interface ChartAxis extends Axis {
  /** Of a `log` scale. */
  readonly base?: number;
  /** Where they are, or about how many. */
  readonly ticks?: number | readonly number[];
}

/**
 * What Plot is told of an axis.
 * @param length in pixels; @param many about how many ticks it has room for
 */
export function scaleOf(
  axis: ChartAxis,
  domain: Domain,
  length: number,
  many: number,
  isWhole: boolean,
  numbers: Numbers,
): Partial<Plot.ScaleOptions> {
  const { label, scale, base, ticks, figures = isWhole ? 'count' : 'short' } = axis;
  const given = {
    label,
    domain: [...domain],
    ...(scale === 'log' && { type: scale }),
    ...(base && { base }),
  };
  if (typeof ticks === 'object') {
    const tickFormat = linearFormat(ticks, figures, numbers);
    return {
      ...given,
      tickFormat,
      ticks: roomy(ticks, (tick) => length * shareOf(tick, domain, scale), tickFormat),
    };
  }
  if (isLog10({ scale })) {
    const places = logTicks(domain);
    return { ...given, ticks: places, tickFormat: logFormat(places, numbers) };
  }
  const places =
    scale === 'log'
      ? factorTicks(domain)
      : (figures === 'count' ? wholeTicks : roundTicks)(domain, ticks ?? many);
  return { ...given, ticks: places, tickFormat: linearFormat(places, figures, numbers) };
}

/** Its numbers are logarithms of what it tells. */
export const isLog10 = ({ scale }: Pick<ChartAxis, 'scale'>): boolean =>
  scale === 'log10' || scale === 'share';

/** Where on the axis a value is: 0 at its beginning, 1 at its end. */
export const shareOf = (value: number, [low, high]: Domain, scale: ChartAxis['scale']): number =>
  scale === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
