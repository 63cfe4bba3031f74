/** What there is to see of quantities that have a value for each activation and timestep: saturation, mean activation. */
import { mean } from '../base/figures.js';
import type { LayerReport } from '../bptt/report.js';
import type { Logged, byName } from './log.js';
import { pointsOf, type Chart, type Seen, type View } from './view.js';

/** Means over timesteps by the name of an activation. */
export interface SharesFinding {
  readonly layer: number;
  readonly means: readonly (readonly [name: string, mean: number])[];
}
export type SharesKey = 'timestep' | 'step' | 'share' | 'meanShare';

type ByName = Logged<typeof byName>;
const MOST_POINTS = 300;

/** @param beside what the finding says beside the means */
export const sharesView = <Beside extends object>(
  layers: readonly LayerReport[],
  key: 'saturation' | 'activation',
  seen: Seen,
  beside: Beside,
): View<SharesFinding & Beside, SharesKey, null> => ({
  ...{ about: null, said: [] },
  pictures: layers.flatMap((report) => {
    const byName = report[key];
    if (!byName) return [];
    const means = Object.entries(byName).map(([name, values]) => [name, mean(values)] as const);
    const charts = [byTimestep(byName), ...courseOf(report.layer, key, seen)];
    return [{ title: { ...beside, layer: report.layer, means }, charts }];
  }),
});

/** An axis of shares, from 0 to a tenth at least. */
const shares = (label: 'share' | 'meanShare', values: readonly (number | null)[]) => {
  const numbers = values.filter((value) => value !== null);
  const domain = [
    numbers.reduce((a, b) => Math.min(a, b), 0),
    numbers.reduce((a, b) => Math.max(a, b), 0.1),
  ] as const;
  return { label, figures: 'percent', domain } as const;
};

const byTimestep = (byName: ByName): Chart<SharesKey> => ({
  ...{ is: 'curves', x: { label: 'timestep' }, y: shares('share', Object.values(byName).flat()) },
  curves: Object.entries(byName).map(([name, values]) => ({ label: { name }, points: pointsOf(values, 1) })),
});

/** Over the training, each the mean of its timesteps; where it was logged more than once. */
function courseOf(layer: number, key: 'saturation' | 'activation', seen: Seen): Chart<SharesKey>[] {
  const course = seen.course(layer, key);
  if (course.length < 2) return [];
  const curves = Object.keys(course[0].report[key] ?? {}).map((name) => ({
    label: { name },
    points: course.map(({ step, report }) => {
      const values = report[key]?.[name];
      return { x: step, y: values ? mean(values) : null };
    }),
  }));
  const y = shares(
    'meanShare',
    curves.flatMap(({ points }) => points.map((point) => point.y)),
  );
  return [{ is: 'curves', mostPoints: MOST_POINTS, x: { label: 'step', figures: 'count' }, y, curves }];
}
