/** updates: ‖Δw‖/‖w‖ of weights that are moved by hand. */
import { expect, test } from 'vitest';
import { Network } from '../../src/model/network.js';
import { updates } from '../../src/probe/updates.js';
import { engines } from '../engines.js';

test.each(engines)('$name: by tensor, again and again; weights of 0 have no ratio', async ({ open }) => {
  const network = new Network(await open(), { cell: 'gru', layers: 1, hidden: 3, symbols: 4 });
  const { parameters } = network;
  parameters.flat.data.fill(0.5);
  parameters.tensor('rnn.bias_hh_l0').data.fill(0);
  for (const by of [1e-3, 0.25]) {
    const before = [...parameters.flat.data];
    const after = updates.begin(network);
    parameters.tensor('rnn.weight_hh_l0').data.forEach((w, j, all) => (all[j] = w + (j === 4 ? by : 0)));
    parameters.tensor('rnn.bias_hh_l0').data.fill(by);
    const moved = [...parameters.flat.data];
    const found = after();
    expect([...parameters.flat.data]).toEqual(moved);
    const size = Math.sqrt(27 * 0.25);
    expect(Object.keys(found)).toEqual(
      [...parameters.byName.keys()].filter((name) => name !== 'rnn.bias_hh_l0'),
    );
    expect(Math.abs(found['rnn.weight_hh_l0'] / (by / size) - 1)).toBeLessThan(1e-4);
    expect(found['readout.weight']).toBe(0);
    parameters.flat.data.set(before);
  }
});
