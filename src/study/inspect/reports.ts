/** What probes say of a network on one window in float64, for studies that ask it of many networks. */
import { overflowOf } from '../../bptt/finite.js';
import { forward } from '../../bptt/forward.js';
import { loss } from '../../bptt/loss.js';
import { backwardWithProbes, type Probe } from '../../bptt/probing.js';
import type { LayerReport } from '../../bptt/report.js';
import { windowOf } from '../../bptt/window.js';
import { scoped } from '../../kernels/scoped.js';
import { inFloat64 } from '../../model/float64.js';
import type { Network } from '../../model/network.js';
import { withFlags } from '../../probe/flags.js';
import type { Beginning } from '../../text/windows.js';

/** By layer, the carry zero; null where a state overflows. */
export const reportsOn = (
  network: Network,
  { ids, size }: Beginning,
  probes: readonly Probe[],
): LayerReport[] | null =>
  scoped(network.kernels, () => {
    const unrolled = windowOf(inFloat64(network), ids, size);
    forward(unrolled, size.timesteps);
    loss(unrolled);
    if (overflowOf(unrolled)) return null;
    return withFlags(unrolled, backwardWithProbes(unrolled, null, probes) ?? []);
  });
