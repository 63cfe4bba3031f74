/** inspect's additions: what stands in an inspection, what is added where asked for, and listening as a library. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import { openReference } from '../../../src/kernels/reference.js';
import { initialise } from '../../../src/model/init.js';
import { Network } from '../../../src/model/network.js';
import { cellOf } from '../../../src/model/cells/index.js';
import { CELLS } from '../../../src/model/shape.js';
import { inspect, inspectDeep, listen } from '../../../src/study/inspect/measure.js';
import { Alphabet } from '../../../src/text/alphabet.js';

const TEXT = 'o rato roeu a roupa do rei de roma, e a rainha, de raiva, roeu o resto. '.repeat(3);
const alphabet = Alphabet.of(TEXT, 'text');
const SIZE = { rows: 2, timesteps: 8 };

describe.each(CELLS)('%s (seed 4)', (cell) => {
  const network = new Network(openReference(), { cell, layers: 2, hidden: 5, symbols: alphabet.size });
  initialise(network.parameters, { init: 'uniform', forgetBias: 1 }, Rng.fromSeed(4));
  network.refresh();
  const model = { network, alphabet };

  test('a layer has every measurement, with as many numbers as the window has lags', () => {
    const { layers, ...rest } = inspect(model, TEXT, SIZE, 'text');
    expect(Object.keys(rest)).toEqual(['model', 'window', 'loss']);
    const isGated = cellOf(cell).blocks > 1;
    const hasRelu = cellOf(cell).activations.some(({ kind }) => kind === 'relu');
    for (const layer of layers) {
      expect(Object.keys(layer)).toEqual([
        'layer',
        'total',
        'totalLog10',
        'lagLog10',
        'memory',
        'recurrent',
        'saturation',
        ...(isGated ? ['activation'] : []),
        'split',
        'units',
        'theory',
      ]);
      expect(layer.split.gates).toHaveLength(7);
      expect(layer.theory.lyapunov.length).toBeGreaterThan(hasRelu ? -1 : 4);
    }
  });

  test('deep: the audit, the matrix and what is listened to, beside the same layers', () => {
    const plain = inspect(model, TEXT, SIZE, 'text');
    const deep = inspectDeep(model, TEXT, SIZE, 'text');
    const { audit, direction, matrix, listen: heard, layers, ...rest } = deep;
    expect(rest).toEqual({ model: plain.model, window: plain.window, loss: plain.loss });
    expect(layers.map((layer) => ({ ...layer, spectrum: undefined }))).toEqual(plain.layers);
    expect(layers.map(({ spectrum }) => spectrum?.lags)).toEqual([
      [0, 1, 2, 3, 4, 6, 7],
      [0, 1, 2, 3, 4, 6, 7],
    ]);
    expect(direction?.cuts).toEqual(audit?.cuts);
    expect(audit?.timesteps).toBe(32);
    expect(audit?.cuts).toContain(8);
    expect(matrix?.layers).toHaveLength(2);
    matrix?.layers.forEach(({ log10 }, l) => {
      expect(log10[7]).toEqual([...plain.layers[l].lagLog10.h].reverse());
    });
    expect(heard?.symbols.join('')).toBe(TEXT.slice(0, 200));
    expect(heard?.log10).toHaveLength(200);
    expect(JSON.parse(JSON.stringify(heard))).toEqual(heard);
    const some = inspectDeep(model, TEXT, SIZE, 'text', { audit: false, matrix: true, listen: 0 });
    expect(Object.keys(some)).toEqual([...Object.keys(plain), 'matrix']);
  });

  test('a text too short for the audit goes without', () => {
    const found = inspectDeep(model, TEXT.slice(0, 17), SIZE, 'text');
    expect(found.audit).toBeUndefined();
    expect(found.listen?.symbols).toHaveLength(17);
  });

  test('listen: chosen places of a passage, and its errors', () => {
    const all = listen(model, 'rei de roma', 'passage');
    expect(all.symbols).toEqual(Array.from('rei de roma'));
    const some = listen(model, 'rei de roma', 'passage', [4, 9]);
    expect(some.log10.flatMap((row, s) => (row.length > 0 ? [s] : []))).toEqual([4, 9]);
    expect(some.log10[9]).toEqual(all.log10[9]);
    expect(() => listen(model, 'r', 'passage')).toThrow(
      'passage: the passage has 1 character, expected at least 2',
    );
    expect(() => listen(model, 'Zebra', 'passage')).toThrow('passage: the model');
  });
});
