/** Other people's tensors: told by their names and shapes, or refused by name. What PyTorch makes of them: cli/import. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openReference } from '../../../src/kernels/reference.js';
import { GATES, tensorShapes, type CellName } from '../../../src/model/shape.js';
import { decodeForeignAlphabet } from '../../../src/study/import/alphabet.js';
import { importModel, type Imported } from '../../../src/study/import/model.js';
import { fromBfloat16, fromFloat16 } from '../../../src/store/half.js';
import { openSafetensors, type OpenSafetensors, type TensorData } from '../../../src/store/safetensors.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src/store/checkpoint.js';
import { evaluate } from '../../../src/study/evaluate/measure.js';
import { loadModel } from '../../../src/study/model/model.js';
import { Rng } from '../../../src/base/rng.js';
import { messageOf, surviving, utf8 } from '../../store/fixtures.js';

const SEED = 1217;
const ALPHABET = ['\n', 'a', 'b', 'ç', '🙂'];
const V = ALPHABET.length;
const rng = Rng.fromSeed(SEED);

type Tensors = Record<string, readonly number[]>;

/** Tensors of these shapes as a file has them, their numbers drawn. */
function fileOf(shapes: Tensors): OpenSafetensors {
  const tensors = new Map(
    Object.entries(shapes).map(([name, shape]): [string, TensorData] => {
      const length = shape.reduce((product, size) => product * size, 1);
      return [name, { shape, data: Float32Array.from({ length }, () => rng.normal() / 2) }];
    }),
  );
  return {
    metadata: new Map(),
    shapes: new Map([...tensors].map(([name, { shape }]) => [name, shape])),
    read: (name) => tensors.get(name) as TensorData,
  };
}

/** The layers of a module by PyTorch's names. */
function recurrent(module: string, cell: CellName, inputs: number, hidden: number, layers = 1): Tensors {
  const width = GATES[cell] * hidden;
  return Object.fromEntries(
    Array.from({ length: layers }, (_, l) => [
      [`${module}weight_ih_l${l}`, [width, l === 0 ? inputs : hidden]],
      [`${module}weight_hh_l${l}`, [width, hidden]],
      [`${module}bias_ih_l${l}`, [width]],
      [`${module}bias_hh_l${l}`, [width]],
    ]).flat() as [string, number[]][],
  );
}

const linear = (module: string, hidden: number, symbols = V): Tensors => ({
  [`${module}weight`]: [symbols, hidden],
  [`${module}bias`]: [symbols],
});

const take = (shapes: Tensors, cell?: CellName, alphabet = ALPHABET): Imported =>
  importModel(fileOf(shapes), alphabet, cell, 'x.safetensors');

/** By the checkpoint's name, where each tensor is from. */
const sourcesOf = ({ tensors }: Imported): Record<string, string> =>
  Object.fromEntries(tensors.map(({ name, from, made }) => [name, made === 'zeros' ? '0' : from.join(' ')]));

describe('names', () => {
  test.each(['rnn.', 'gru.', 'lstm.', '', 'model.encoder.', 'module._orig_mod.core.0.'])(
    'of layers in a module called %j',
    (module) => {
      for (const readout of ['readout.', 'fc.', 'linear.', 'decoder.', 'out.', 'head.proj.', 'net.2.']) {
        const made = take({ ...linear(readout, 6), ...recurrent(module, 'lstm', V, 6, 2) });
        expect(made.checkpoint.shape).toEqual({ cell: 'lstm', layers: 2, hidden: 6, symbols: V });
        expect(sourcesOf(made)).toMatchObject({
          'rnn.weight_ih_l0': `${module}weight_ih_l0`,
          'rnn.bias_hh_l1': `${module}bias_hh_l1`,
          'readout.weight': `${readout}weight`,
          'readout.bias': `${readout}bias`,
        });
      }
    },
  );

  test('of modules one after the other, in the order of their numbers; of single cells', () => {
    const stack = {
      ...recurrent('l10.', 'gru', 4, 4),
      ...recurrent('l2.', 'gru', 4, 4),
      ...recurrent('l1.', 'gru', V, 4),
    };
    expect(sourcesOf(take({ ...stack, ...linear('fc.', 4) }))).toMatchObject({
      'rnn.weight_hh_l0': 'l1.weight_hh_l0',
      'rnn.weight_hh_l1': 'l2.weight_hh_l0',
      'rnn.weight_hh_l2': 'l10.weight_hh_l0',
    });
    const cells = Object.fromEntries(
      [0, 1].flatMap((l) =>
        Object.entries(recurrent(`cells.${l}.`, 'lstm', l === 0 ? V : 4, 4)).map(([name, shape]) => [
          name.replace('_l0', ''),
          shape,
        ]),
      ),
    );
    expect(sourcesOf(take({ ...cells, ...linear('fc.', 4) }))).toMatchObject({
      'rnn.weight_ih_l1': 'cells.1.weight_ih',
    });
  });

  test('every tensor is taken over number by number', () => {
    const shapes = { ...recurrent('net.', 'gru', V, 4, 2), ...linear('fc.', 4) };
    const file = fileOf(shapes);
    const { checkpoint, tensors } = importModel(file, ALPHABET, 'gru', 'x');
    expect(tensors).toHaveLength(Object.keys(shapes).length);
    for (const { name, from } of tensors)
      expect(checkpoint.parameters.get(name)).toEqual(file.read(from[0]).data);
    // And what comes out is a checkpoint.
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint), 'x').alphabet).toEqual(ALPHABET);
  });

  test('missing biases are zeros', () => {
    const shapes = Object.entries({ ...recurrent('net.', 'lstm', V, 4, 2), ...linear('fc.', 4) });
    const made = take(Object.fromEntries(shapes.filter(([name]) => !name.includes('bias'))));
    for (const { name, rank, cols } of tensorShapes(made.checkpoint.shape))
      if (rank === 1) {
        expect(made.checkpoint.parameters.get(name)).toEqual(new Float32Array(cols));
        expect(sourcesOf(made)[name]).toBe('0');
      }
  });
});

describe('an embedding', () => {
  test.each([
    ['embedding.', 'fc.', true],
    ['encoder.', 'decoder.', false],
    ['wte.', 'lm_head.', false],
    ['model.emb.', 'model.out.', true],
  ])('%s and %s, of the width of the state too: folded into layer 0', (embedding, readout, hasBias) => {
    for (const width of [3, 4, V]) {
      const shapes = {
        [`${readout}weight`]: [V, 4],
        ...(hasBias && { [`${readout}bias`]: [V] }),
        [`${embedding}weight`]: [V, width],
        ...recurrent('rnn.', 'gru', width, 4),
      };
      const file = fileOf(shapes);
      const made = importModel(file, ALPHABET, undefined, 'x');
      expect(sourcesOf(made)).toMatchObject({
        'rnn.weight_ih_l0': `rnn.weight_ih_l0 ${embedding}weight`,
        'readout.weight': `${readout}weight`,
      });
      const [W, E] = [file.read('rnn.weight_ih_l0').data, file.read(`${embedding}weight`).data];
      const folded = made.checkpoint.parameters.get('rnn.weight_ih_l0') ?? [];
      for (let r = 0; r < 12; r++)
        for (let v = 0; v < V; v++) {
          const sum = Array.from({ length: width }, (_, e) => W[r * width + e] * E[v * width + e]);
          expect(folded[r * V + v]).toBeCloseTo(
            sum.reduce((a, b) => a + b, 0),
            6,
          );
        }
    }
  });

  test('tied to the readout: one tensor for both', () => {
    const made = take({ ...recurrent('rnn.', 'gru', 4, 4), 'embedding.weight': [V, 4], 'decoder.bias': [V] });
    expect(sourcesOf(made)).toMatchObject({
      'rnn.weight_ih_l0': 'rnn.weight_ih_l0 embedding.weight',
      'readout.weight': 'embedding.weight',
      'readout.bias': 'decoder.bias',
    });
  });
});

describe('what is refused, by name', () => {
  const fc4 = linear('fc.', 4);
  const gru = recurrent('gru.', 'gru', V, 4);
  test.each<[string, Tensors, CellName | undefined, RegExp]>([
    [
      'reading backward',
      { ...gru, 'gru.weight_ih_l0_reverse': [12, V], ...fc4 },
      undefined,
      /gru\.weight_ih_l0_reverse .*backward/,
    ],
    ['a projected state', { ...gru, 'gru.weight_hr_l0': [4, 4], ...fc4 }, undefined, /gru\.weight_hr_l0/],
    ['no layer', fc4, undefined, /no recurrent layer \(fc\.weight, fc\.bias\)/],
    ['nothing', {}, undefined, /no recurrent layer/],
    [
      'a layer too few',
      { ...gru, 'gru.weight_ih_l2': [12, 4], 'gru.weight_hh_l2': [12, 4], ...fc4 },
      undefined,
      /gru\.weight_ih_l1 is missing/,
    ],
    ['half a layer', { 'gru.weight_ih_l0': [12, V], ...fc4 }, undefined, /gru\.weight_hh_l0 is missing/],
    [
      'another cell',
      { ...gru, ...fc4 },
      'lstm',
      /gru\.weight_hh_l0 is 12×4, 3 blocks.*--cell lstm has 4; give --cell gru/,
    ],
    [
      'a function that cannot be told',
      { ...recurrent('rnn.', 'tanh', V, 4), ...fc4 },
      undefined,
      /--cell tanh or relu or sigmoid/,
    ],
    ['no cell at all', { ...gru, 'gru.weight_hh_l0': [8, 4], ...fc4 }, undefined, /gru\.weight_hh_l0 is 8×4/],
    [
      'layers of two widths',
      { ...recurrent('rnn1.', 'gru', V, 4), ...recurrent('rnn2.', 'gru', 4, 6), ...linear('fc.', 6) },
      undefined,
      /rnn2\.weight_hh_l0 is 18×6, expected 12×4 in layer 2/,
    ],
    [
      'a bias of another size',
      { ...gru, 'gru.bias_hh_l0': [4], ...fc4 },
      undefined,
      /gru\.bias_hh_l0 is 4, expected 12/,
    ],
    ['no readout', gru, undefined, /no readout .*5×4/],
    [
      'another alphabet',
      { ...recurrent('gru.', 'gru', 7, 4), ...linear('fc.', 4, 7) },
      undefined,
      /fc\.weight is of 7 symbols.* has 5/,
    ],
    [
      'an embedding of another alphabet',
      { ...recurrent('gru.', 'gru', 3, 4), 'emb.weight': [7, 3], ...fc4 },
      undefined,
      /emb\.weight is of 7 symbols/,
    ],
    [
      'inputs from nowhere',
      { ...recurrent('gru.', 'gru', 3, 4), ...fc4 },
      undefined,
      /layer 1 is given 3 numbers/,
    ],
    [
      'further layers',
      { ...gru, ...fc4, 'norm.weight': [4], 'fc0.weight': [4, 4] },
      undefined,
      /fc0\.weight, norm\.weight|norm\.weight, fc0\.weight/,
    ],
    [
      'one of two',
      { ...recurrent('gru.', 'gru', 4, 4), 'x.weight': [V, 4], 'y.weight': [V, 4] },
      undefined,
      /x\.weight and y\.weight/,
    ],
    [
      'an encoder and a decoder',
      { ...recurrent('enc.', 'gru', 4, 4), ...recurrent('dec.', 'gru', 4, 4), ...fc4, 'emb.weight': [V, 4] },
      undefined,
      /several recurrent modules, dec\., enc\./,
    ],
    [
      'the same model twice',
      Object.fromEntries(
        Object.entries({ ...gru, ...fc4 }).flatMap(([name, shape]) => [
          [name, shape],
          [`ema.${name}`, shape],
        ]),
      ),
      undefined,
      /several recurrent modules, ema\.gru\., gru\./,
    ],
    [
      'one bias of two',
      Object.fromEntries(Object.entries({ ...gru, ...fc4 }).filter(([name]) => name !== 'gru.bias_hh_l0')),
      undefined,
      /gru\.bias_hh_l0 is missing, while gru\.bias_ih_l0 is there/,
    ],
    [
      'one bias of two, of a single cell',
      { 'c.weight_ih': [12, V], 'c.weight_hh': [12, 4], 'c.bias_hh': [12], ...fc4 },
      undefined,
      /c\.bias_ih is missing, while c\.bias_hh is there/,
    ],
    [
      'a head turned round',
      { ...gru, 'fc.weight': [4, V] },
      undefined,
      /fc\.weight is 4×5, expected a readout of 5×4/,
    ],
    ['a cell of no units', { 'g.weight_ih_l0': [0, V], 'g.weight_hh_l0': [0, 0] }, undefined, /is 0×0/],
    [
      'too many layers',
      { ...recurrent('gru.', 'gru', V, 1, 1001), ...linear('fc.', 1) },
      undefined,
      /1,001 layers, expected 1,000 at most/,
    ],
    [
      'a layer of a number by itself',
      { 'g.weight_ih_l0': [], 'g.weight_hh_l0': [] },
      undefined,
      /g\.weight_hh_l0 is 1/,
    ],
    [
      'a bias of a matrix',
      { ...gru, 'gru.weight_hh_l0': [12], ...fc4 },
      undefined,
      /gru\.weight_hh_l0 is 12/,
    ],
  ])('%s', async (_, shapes, cell, message) => {
    const said = await messageOf(() => take(shapes, cell));
    expect(said).toMatch(/^x\.safetensors: /);
    expect(said).toMatch(message);
  });

  test('numbers that are none', async () => {
    const file = fileOf({ ...recurrent('gru.', 'gru', V, 4), ...linear('fc.', 4) });
    file.read('fc.weight').data[3] = NaN;
    expect(await messageOf(() => importModel(file, ALPHABET, undefined, 'x'))).toMatch(
      /fc\.weight holds NaN .*number 3/,
    );
  });
});

describe('an alphabet', () => {
  const decode = (value: unknown): string[] => decodeForeignAlphabet(utf8(JSON.stringify(value)), 'a.json');

  test('is a list, or an object of ids; <unk> stands for unknown symbols', () => {
    expect(decode(['b', '\n', '🙂', '<unk>'])).toEqual(['b', '\n', '🙂', '\ufffd']);
    expect(decode({ '🙂': 2, b: 0, '\n': 1, '[UNK]': 3 })).toEqual(['b', '\n', '🙂', '\ufffd']);
  });

  test.each<[unknown, RegExp]>([
    [['a', 'bc'], /symbol 1 is "bc"/],
    [['<pad>', 'a'], /symbol 0 is "<pad>".*\\ue000/],
    [['a', ''], /symbol 1 is ""/],
    [['a', 7], /symbol 1 is 7/],
    [['a', '\ud800'], /symbol 1/],
    [['a', 'b', 'a'], /"a" is both symbol 0 and 2/],
    [['a', '<unk>', '\ufffd'], /both symbol 1 and 2/],
    [['a', '\u001b'], /symbol 1 is .*no control character/],
    [['a', '\r'], /symbol 1 .*no control character.*\\ue000/],
    [['a'], /has 1 symbol, expected 2 to/],
    [Array.from({ length: 70_000 }, (_, id) => String(id)), /has 70,000 symbols/],
    ['ab', /no JSON list/],
    [null, /no JSON list/],
    [{ a: 0, b: 2 }, /"b" is 2.*0 to 1/],
    [{ a: 0, b: 0 }, /"b" is 0/],
    [{ a: 0, b: 0.5 }, /"b" is 0\.5/],
    [{ a: 0, b: '1' }, /"b" is "1"/],
    [[['a'], ['b']], /symbol 0/],
  ])('%j', async (value, message) => {
    const said = await messageOf(() => decode(value));
    expect(said).toMatch(/^a\.json: /);
    expect(said).toMatch(message);
  });

  test(`hostile bytes get an answer (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
        surviving(() => decodeForeignAlphabet(bytes, 'a.json'), 'a.json');
      }),
      { seed: SEED },
    );
  });
});

describe('numbers of 16 bits', () => {
  test('bfloat16: the upper half of a float32', () => {
    const all = Uint16Array.from({ length: 65536 }, (_, half) => half);
    const found = new Uint32Array(fromBfloat16(all).buffer);
    for (let half = 0; half < 65536; half++) if (found[half] !== half * 65536) expect.fail(String(half));
  });

  test('float16: by the definition, each number once, in order', () => {
    const positive = fromFloat16(Uint16Array.from({ length: 0x7c01 }, (_, half) => half));
    expect([positive[0], positive[1], positive[0x3c00], positive[0x7bff]]).toEqual([0, 2 ** -24, 1, 65504]);
    expect(positive[0x3555]).toBe((1 + 0x155 / 1024) / 4);
    expect(positive[0x7c00]).toBe(Infinity);
    for (let half = 1; half <= 0x7c00; half++)
      if (!(positive[half] > positive[half - 1])) expect.fail(String(half));
    expect([...fromFloat16(Uint16Array.of(0xbc00, 0x8000, 0x7e00))]).toEqual([-1, -0, NaN]);
  });

  test('in a file, also where it is a checkpoint', () => {
    // [1, -2] in bfloat16, [0.5] in float16.
    const header = JSON.stringify({
      a: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] },
      b: { dtype: 'F16', shape: [1], data_offsets: [4, 6] },
    });
    const bytes = new Uint8Array(8 + header.length + 6);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(utf8(header), 8);
    bytes.set([0x80, 0x3f, 0x00, 0xc0, 0x00, 0x38], 8 + header.length);
    const file = openSafetensors(bytes, 'x');
    expect([...file.read('a').data, ...file.read('b').data]).toEqual([1, -2, 0.5]);
  });
});

test('an imported model predicts what one with the embedding in front would (seed 3)', () => {
  // A one-hot embedding of width V is the same model without it.
  const shapes = { ...recurrent('rnn.', 'lstm', V, 4), ...linear('fc.', 4) };
  const file = fileOf(shapes);
  const identity = Float32Array.from({ length: V * V }, (_, j) => Number(j % (V + 1) === 0));
  const withEmbedding: OpenSafetensors = {
    ...file,
    shapes: new Map([...file.shapes, ['embedding.weight', [V, V]]]),
    read: (name) => (name === 'embedding.weight' ? { shape: [V, V], data: identity } : file.read(name)),
  };
  const losses = [file, withEmbedding].map((of) => {
    const { shape, alphabet, parameters } = importModel(of, ALPHABET, 'lstm', 'x').checkpoint;
    const model = loadModel(openReference(), { shape: shape, alphabet, parameters });
    return evaluate(model, 'açb🙂\n'.repeat(9), 'text').lossNats;
  });
  expect(losses[1]).toBe(losses[0]);
});
