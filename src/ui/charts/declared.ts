/** Charts that probes declare, drawn: their numbers and axes are the probe's, their words the language's. */
import * as Plot from '@observablehq/plot';
import { leastOf, mostOf, numbersOf } from '../../base/figures.js';
import type { Axis, Chart, Label } from '../../probe/view.js';
import type { Words } from '../../words/words.js';
import { thinnedPoints } from '../binning.js';
import type { Html } from '../html.js';
import { triangleMap } from './heats.js';
import { lineChart } from './lines.js';
import { draw, WIDTH } from './plot.js';
import { scaleOf, type ChartAxis } from './scale.js';

type Labels = Readonly<Record<string, string>>;

const HEIGHT = 250;

/**
 * @param alt what it shows, for readers who cannot see it
 * @param floor the deepest decade that the colours of a map tell apart
 */
export function declaredChart(chart: Chart, alt: string, labels: Labels, words: Words, floor: number): Html {
  const { x, y, rules = [] } = chart;
  const told = (label: Label): string =>
    typeof label === 'string'
      ? labels[label]
      : 'name' in label
        ? label.name
        : words.inspect.memory.layer(label.layer);
  const { numbers } = words;
  const axis = (one: Axis): ChartAxis => ({
    ...one,
    label: labels[one.label],
    ...(one.figures && one.scale === undefined && { ticks: 6 }),
  });
  if (chart.is === 'triangle')
    return triangleMap(chart.rows, floor, alt, [labels[x.label], labels[y.label]], words);
  if (chart.is === 'bars') {
    const { bars } = chart;
    const places = [...bars.flatMap(({ from, to }) => [from, to]), ...numbersOf(rules.map((rule) => rule.x))];
    const across = [leastOf(places), mostOf(places)] as const;
    const upwards = [0, mostOf(bars.map(({ height }) => height))] as const;
    return draw(alt, {
      height: HEIGHT,
      marginRight: 28,
      x: { ...scaleOf(axis(x), across, WIDTH, 6, false, numbers), labelAnchor: 'center', labelArrow: 'none' },
      y: { ...scaleOf(axis(y), upwards, HEIGHT, 6, false, numbers), grid: true, labelArrow: 'none' },
      marks: [
        Plot.rect(bars, {
          ...{ x1: 'from', x2: 'to', y1: () => 0, y2: 'height', fill: 'var(--c0)', inset: 0.5 },
        }),
        ...rules.flatMap(({ x: place, label }) => [
          Plot.ruleX([place], { stroke: 'var(--c6)', strokeDasharray: '3 3' }),
          Plot.text([told(label)], {
            ...{ x: () => place, frameAnchor: 'top', dy: 2, dx: 4, textAnchor: 'start', fill: 'var(--soft)' },
            text: (one: string) => one,
          }),
        ]),
        Plot.ruleY([0]),
      ],
    });
  }
  return lineChart({
    alt,
    numbers,
    height: HEIGHT,
    x: axis(x),
    y: axis(y),
    rules: rules.map(({ label, ...place }) => ({ ...place, text: told(label) })),
    series: chart.curves.map(({ label, points: all, ...curve }) => ({
      ...{ ...curve, points: thinnedPoints(all, chart.mostPoints), label: told(label) },
    })),
  });
}
