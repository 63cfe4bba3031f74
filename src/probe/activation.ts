/** activation: the mean of each gate over rows and units, by timestep: how far the gates stand open. For gated cells. */
import { byLayerAndTimestep } from '../bptt/probing.js';
import { isGate, isGated, type CellStep } from '../model/cells/cell.js';
import type { LayerProbe } from './declaration.js';
import { sharesView, type SharesFinding, type SharesKey } from './shares.js';
import type { LayerView } from './view.js';
import { byName, listedByName, type Logged } from './log.js';

declare module '../bptt/report.js' {
  interface LayerReport {
    /** Mean over rows and units, by gate and timestep; for gated cells. */
    readonly activation?: Logged<typeof byName>;
  }
}

function mean(block: number, { h, gates }: CellStep): number {
  const { rows, cols: hidden } = h;
  const data = gates.data;
  let sum = 0;
  for (let n = 0; n < rows; n++) {
    const start = n * gates.cols + block * hidden;
    for (let j = start; j < start + hidden; j++) sum += data[j];
  }
  return sum / (rows * hidden);
}

/** Mean activation, by gate and timestep. */
export const activation: LayerProbe & LayerView<SharesFinding, SharesKey> = {
  name: 'activation',
  from: 'window',
  presets: { light: 0, full: 50 },
  log: { activation: byName },
  figures: (report) => listedByName('activation', report.activation),

  shows: 'activation',
  view: (layers, seen) => sharesView(layers, 'activation', seen, {}),

  begin(unrolled) {
    const { cell } = unrolled.network;
    const gates = !isGated(cell) ? [] : cell.activations.filter(isGate);
    const means = gates.map(() => byLayerAndTimestep(unrolled));
    return {
      view({ layer, timestep, step }) {
        gates.forEach(({ place }, i) => {
          means[i][layer][timestep] = mean(place, step);
        });
      },
      result: () =>
        unrolled.layers.map((_, layer) =>
          gates.length === 0
            ? {}
            : { activation: Object.fromEntries(gates.map(({ name }, i) => [name, means[i][layer]])) },
        ),
    };
  },
};
