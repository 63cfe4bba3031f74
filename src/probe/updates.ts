/** updates: ‖Δw‖/‖w‖ by tensor, what one update changes beside what there was; 10⁻³ or so is usual in a healthy run. */
import { recordOf } from '../base/lists.js';
import type { UpdateProbe } from '../bptt/probing.js';
import { Parameters } from '../model/parameters.js';
import type { WindowProbe } from './declaration.js';
import { number, type Logged } from './log.js';
import type { WindowView } from './view.js';

const schema = recordOf(number);

declare module '../bptt/report.js' {
  interface Extras {
    /** ‖Δw‖/‖w‖ of the step's update, by tensor; without those whose weights were all 0. */
    readonly updates?: Logged<typeof schema>;
  }
}

type Ratio = readonly [tensor: string, ratio: number];
export interface UpdatesFinding {
  readonly least: Ratio;
  readonly most: Ratio;
}
type Key = 'tensor' | 'ratio';

/** The size of an update beside the weights it changes. */
export const updates: WindowProbe<'updates', UpdateProbe<'updates'>> &
  WindowView<'updates', UpdatesFinding, Key> = {
  name: 'updates',
  from: 'update',
  presets: { light: 0, full: 50 },
  log: schema,
  figures: (found) => Object.entries(found).map(([state, value]) => ({ quantity: 'update', value, state })),

  view(found) {
    const rows: readonly Ratio[] = Object.entries(found);
    if (rows.length === 0) return null;
    const sorted = [...rows].sort(([, a], [, b]) => a - b);
    const finding = { least: sorted[0], most: sorted[sorted.length - 1] };
    return { about: null, said: [finding], table: { columns: ['tensor', 'ratio'], rows }, pictures: [] };
  },

  begin({ kernels, parameters, shape }) {
    const before = new Parameters(kernels, shape);
    kernels.copy(before.flat, parameters.flat);
    return () => {
      const norms = [...before.byName].map(([, tensor]) => Math.sqrt(kernels.sumSquares(tensor)));
      kernels.scale(before.flat, -1);
      kernels.add(before.flat, before.flat, parameters.flat);
      const ratios = [...before.byName].map(([name, difference], i) => ({
        name,
        ratio: Math.sqrt(kernels.sumSquares(difference)) / norms[i],
      }));
      // Weights that were all 0 have no size that an update could be set beside.
      return Object.fromEntries(
        ratios.filter(({ ratio }) => Number.isFinite(ratio)).map(({ name, ratio }) => [name, ratio]),
      );
    };
  },
};
