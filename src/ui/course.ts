/** The lag curve's course over the training: a table of log10 shares by logged step and lag, ready to be drawn. */
import { bins, meanOf } from './binning.js';
import { courseOf, type InspectionData } from './inspection.js';
import { hasCurve, relativeCurve } from '../probe/curve.js';

export interface CourseColumn {
  /** First and last logged step whose means these are. */
  readonly firstStep: number;
  readonly lastStep: number;
  readonly values: readonly (number | null)[];
}

export interface LagCourse {
  readonly columns: readonly CourseColumn[];
  /** By row: the lags whose means these are. */
  readonly rows: readonly { readonly firstLag: number; readonly lastLag: number }[];
}

/** At most so many columns of steps and rows of lags; null where nothing was logged of the layer. */
export function lagCourse(
  data: InspectionData,
  layer: number,
  mostColumns: number,
  mostRows: number,
): LagCourse | null {
  const logged = courseOf(data, layer, 'lagLog10')
    .filter(({ report }) => hasCurve(report))
    .map(({ step, report }) => ({ step, curve: relativeCurve(report) }));
  const timesteps = Math.max(0, ...logged.map(({ curve }) => curve.length));
  if (timesteps < 2) return null;
  const lags = bins(timesteps, mostRows);
  return {
    rows: lags.map(({ from, to }) => ({ firstLag: from, lastLag: to - 1 })),
    columns: bins(logged.length, mostColumns).map(({ from, to }) => {
      const some = logged.slice(from, to);
      return {
        firstStep: some[0].step,
        lastStep: some[some.length - 1].step,
        values: lags.map((lag) => meanOf(some.flatMap(({ curve }) => curve.slice(lag.from, lag.to)))),
      };
    }),
  };
}
