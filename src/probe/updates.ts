/** updates: ‖Δw‖/‖w‖ by tensor, what one update changes beside what there was; 10⁻³ or so is usual in a healthy run. */
import { once } from '../base/once.js';
import type { UpdateProbe } from '../bptt/probing.js';
import type { Network } from '../model/network.js';
import { Parameters } from '../model/parameters.js';

const roomFor = once(({ kernels, shape }: Network) => new Parameters(kernels, shape));

/** The size of an update beside the weights it changes. */
export const updates: UpdateProbe = {
  name: 'updates',
  from: 'update',
  begin(network) {
    const { kernels, parameters } = network;
    const before = roomFor(network);
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
