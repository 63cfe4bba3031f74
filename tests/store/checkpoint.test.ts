import { CELLS } from '../../src/model/shape.js';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  OtherFormatError,
  type Checkpoint,
} from '../../src/store/checkpoint.js';
import { decodeSafetensors, encodeSafetensors, type TensorData } from '../../src/store/safetensors.js';
import { complaintOf, makeCheckpoint, messageOf, surviving, utf8 } from './fixtures.js';

const WHERE = 'checkpoints/a/step-400.safetensors';
const bytes = encodeCheckpoint(makeCheckpoint());

/** The sample checkpoint's file with its tensors and metadata changed, and without digests, as another program leaves it. */
function altered(
  change: (tensors: Map<string, TensorData>, metadata: Map<string, string>) => void,
): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(bytes, WHERE);
  const file = { tensors: new Map(tensors), metadata: new Map(metadata) };
  file.metadata.delete('sha256');
  file.metadata.delete('training_sha256');
  change(file.tensors, file.metadata);
  return encodeSafetensors(file);
}
const withEntry = (key: string, value: string | undefined): Uint8Array =>
  altered((_, metadata) => {
    if (value === undefined) metadata.delete(key);
    else metadata.set(key, value);
  });
const zeros = (...shape: number[]): TensorData => ({
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
});
/** All of a checkpoint, to be compared. */
function contents({ shape, alphabet, parameters, training }: Checkpoint): string {
  const numbers = [
    ...parameters.values(),
    ...[...(training?.tensors.values() ?? [])].map(({ data }) => data),
  ];
  const names = [...parameters.keys(), ...(training?.tensors.keys() ?? [])];
  return JSON.stringify([shape, alphabet, training?.state, names, numbers.map((data) => [...data])]);
}

const refusal = (file: Uint8Array): Promise<string> => messageOf(() => decodeCheckpoint(file, WHERE));

describe('a checkpoint', () => {
  it('comes back as it was, with its training', () => {
    expect(decodeCheckpoint(bytes, WHERE)).toEqual(makeCheckpoint());
  });

  it('comes back as it was, without training', () => {
    const model = makeCheckpoint(2, false);
    expect(decodeCheckpoint(encodeCheckpoint(model), WHERE)).toEqual(model);
  });

  it('is the same bytes each time', () => {
    expect(encodeCheckpoint(decodeCheckpoint(bytes, WHERE))).toEqual(bytes);
  });

  it('has PyTorch’s shapes, biases of rank 1, and the entries the design names', () => {
    const { tensors, metadata } = decodeSafetensors(bytes, WHERE);
    expect(Object.fromEntries([...tensors].map(([name, { shape }]) => [name, shape]))).toMatchObject({
      'rnn.weight_ih_l0': [12, 5],
      'rnn.weight_hh_l0': [12, 3],
      'rnn.bias_ih_l0': [12],
      'rnn.bias_hh_l1': [12],
      'rnn.weight_ih_l1': [12, 3],
      'readout.weight': [5, 3],
      'readout.bias': [5],
    });
    expect(Object.fromEntries(metadata)).toEqual({
      format: 'dissipa.checkpoint',
      version: '1',
      model: '{"cell":"lstm","layers":2,"hidden":3}',
      alphabet: '["a","é","🙂","\\n","\uFFFD"]',
      training: '{"step":1,"best":null,"rng":[1,-2,3]}',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      training_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it('is a whole model with the model’s tensors in any order and four entries alone', () => {
    const file = altered((tensors, metadata) => {
      const reversed = [...tensors].filter(([name]) => /^(rnn|readout)/.test(name)).reverse();
      tensors.clear();
      for (const [name, tensor] of reversed) tensors.set(name, tensor);
      metadata.delete('training');
    });
    expect(decodeCheckpoint(file, WHERE)).toEqual(makeCheckpoint(1, false));
  });

  it('says its SHA-256 as others can compute it: entries with a line feed, then tensors by name', () => {
    const { tensors, metadata } = decodeSafetensors(bytes, WHERE);
    const digest = (entries: readonly string[], names: RegExp): string => {
      const hash = createHash('sha256');
      for (const entry of entries) hash.update(`${metadata.get(entry) ?? ''}\n`);
      for (const name of [...tensors.keys()].filter((one) => names.test(one)).sort()) {
        const { shape, data } = tensors.get(name) ?? zeros();
        hash.update(`["${name}",[${shape.join(',')}]]\n`);
        hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      }
      return hash.digest('hex');
    };
    expect(metadata.get('sha256')).toBe(digest(['model', 'alphabet'], /^(rnn|readout)\./));
    expect(metadata.get('training_sha256')).toBe(digest(['training'], /^(optimizer|carry)\./));
  });

  it('is right without its training too, its tensors in any order', () => {
    const { tensors, metadata } = decodeSafetensors(bytes, WHERE);
    const model = [...tensors].filter(([name]) => /^(rnn|readout)/.test(name)).reverse();
    const entries = [...metadata].filter(([key]) => !key.startsWith('training'));
    const stripped = encodeSafetensors({ tensors: new Map(model), metadata: new Map(entries) });
    expect(entries.map(([key]) => key)).toContain('sha256');
    expect(decodeCheckpoint(stripped, WHERE)).toEqual(makeCheckpoint(1, false));
  });

  it('is read without its training where that is not asked for, whatever is wrong with it', async () => {
    const broken = altered((tensors, metadata) => {
      tensors.set('optimizer.loss', { shape: [], data: Float64Array.of(Number.NaN) });
      metadata.set('training', '{');
    });
    expect(decodeCheckpoint(broken, WHERE, { withTraining: false })).toEqual(makeCheckpoint(1, false));
    expect(await refusal(broken)).toContain('"training" entry');
  });

  it('may have float64 weights, which are rounded', () => {
    const file = altered((tensors) => {
      tensors.set('readout.bias', { shape: [5], data: Float64Array.of(0.1, 1, 2, 3, 4) });
    });
    expect(decodeCheckpoint(file, WHERE).parameters.get('readout.bias')).toEqual(
      Float32Array.of(0.1, 1, 2, 3, 4),
    );
  });

  it('is read past entries and tensors of others', () => {
    const file = altered((tensors, metadata) => {
      tensors.set('ema.readout.weight', zeros(2));
      metadata.set('author', 'x');
    });
    expect(decodeCheckpoint(file, WHERE)).toEqual(makeCheckpoint());
  });

  it.each([Number.NaN, Infinity, -Infinity])(
    'is not encoded with a weight of %s, which could never be read',
    async (value) => {
      const checkpoint = makeCheckpoint();
      checkpoint.parameters.get('rnn.weight_hh_l1')?.fill(value, 4, 5);
      expect(await messageOf(() => encodeCheckpoint(checkpoint))).toMatch(
        `rnn.weight_hh_l1: holds ${value}, so the run has diverged`,
      );
    },
  );

  it('that contradicts itself is a defect', () => {
    const checkpoint = makeCheckpoint();
    const without = new Map(checkpoint.parameters);
    without.delete('readout.bias');
    const withMore = new Map(checkpoint.parameters).set('x', new Float32Array(1));
    const state = { lossNats: Number.NaN };
    const controls = ['a', 'é', '🙂', '\n', '\u001b'];
    expect(() => encodeCheckpoint({ ...checkpoint, alphabet: controls })).toThrow('U+001B');
    expect(() => encodeCheckpoint({ ...checkpoint, alphabet: ['a'] })).toThrow('1 symbols for a model of 5');
    expect(() => encodeCheckpoint({ ...checkpoint, parameters: without })).toThrow('readout.bias is missing');
    expect(() => encodeCheckpoint({ ...checkpoint, parameters: withMore })).toThrow(
      'that the model does not have',
    );
    expect(() => encodeCheckpoint({ ...checkpoint, training: { state, tensors: new Map() } })).toThrow(
      '"lossNats" is NaN',
    );
    const stray = new Map([['rnn.weight_hh_l0', zeros(1)]]);
    expect(() => encodeCheckpoint({ ...checkpoint, training: { state: {}, tensors: stray } })).toThrow(
      'expected optimizer',
    );
  });
});

describe('a file', () => {
  it.each([
    ['a text', utf8('Era uma vez um gato maltês.'), 'is not a safetensors file; give a .safetensors file'],
    [
      'another program’s',
      withEntry('format', 'pt'),
      'this is a safetensors file, but not a dissipa checkpoint, expected format "dissipa.checkpoint" in its metadata, not "pt"; give a file that `dissipa train` has written',
    ],
    [
      'without metadata',
      encodeSafetensors({ tensors: new Map([['bert.weight', zeros(2)]]), metadata: new Map() }),
      'this is a safetensors file, but not a dissipa checkpoint, expected format "dissipa.checkpoint" in its metadata; give',
    ],
    [
      'a newer dissipa’s',
      withEntry('version', '2'),
      'is of format version "2", this dissipa reads version "1"; a newer dissipa is needed: update it',
    ],
    [
      'of no version',
      withEntry('version', undefined),
      'its format version is missing, this dissipa reads version "1"; give',
    ],
  ])('that is %s is told from a damaged one', async (_, file, reason) => {
    const error = await complaintOf(() => decodeCheckpoint(file, WHERE));
    expect(error.message).toContain(`${WHERE}: ${reason}`);
    if (!reason.includes('not a safetensors')) expect(error).toBeInstanceOf(OtherFormatError);
  });

  it.each([
    [undefined, 'its metadata have no "model" entry'],
    ['{', 'its "model" entry is not JSON: "{"'],
    ['[]', 'its "model" entry: it is [], expected an object with cell, layers and hidden'],
    [
      '{"cell":"rnn","layers":1,"hidden":3}',
      `its "model" entry: cell is "rnn", expected one of ${CELLS.join(', ')}`,
    ],
    [
      '{"cell":"lstm","layers":0,"hidden":3}',
      'its "model" entry: layers is 0, expected a whole number from 1 to 1000',
    ],
    [
      '{"cell":"lstm","layers":1e9,"hidden":3}',
      'its "model" entry: layers is 1000000000, expected a whole number from 1 to 1000',
    ],
    [
      '{"cell":"lstm","layers":2,"hidden":2.5}',
      'its "model" entry: hidden is 2.5, expected a whole number from 1 to 1000000',
    ],
    ['{"cell":"lstm","layers":2,"hidden":"3"}', 'its "model" entry: hidden is "3", expected a whole number'],
    ['{"cell":"lstm","layers":2}', 'its "model" entry: hidden is missing, expected a whole number'],
  ])('whose model entry is %s is refused', async (model, reason) => {
    expect(await refusal(withEntry('model', model))).toContain(`${WHERE}: ${reason}`);
  });

  it.each([
    [undefined, 'its metadata have no "alphabet" entry'],
    ['"abc"', 'its "alphabet" entry: is "abc", expected a list of one symbol or more'],
    ['[]', 'its "alphabet" entry: is [], expected a list of one symbol or more'],
    ['["a","bc"]', 'its "alphabet" entry: symbol 1 is "bc", expected a string of one character'],
    ['["a",""]', 'symbol 1 is "", expected a string of one character'],
    ['["a",7]', 'symbol 1 is 7, expected a string of one character'],
    ['["a","\\ud83d"]', 'symbol 1 is "\\ud83d", expected a string of one character'],
    ['["a","b","a"]', 'its "alphabet" entry: "a" is both symbol 0 and 2, expected it once'],
    ['["a","\\u001b"]', 'symbol 1 is the control character U+001B, expected none but tab and line feed'],
    ['["a","\\u009b"]', 'symbol 1 is the control character U+009B'],
    ['["a","\\r"]', 'symbol 1 is the control character U+000D'],
    ['["a","\\u007f"]', 'symbol 1 is the control character U+007F'],
    ['['.repeat(20_000), 'its "alphabet" entry is nested more than 32 levels deep'],
    [JSON.stringify(Array(65_536).fill('a')), 'has 65,536 symbols, expected 65,535 at most'],
  ])('whose alphabet entry is %s is refused', async (alphabet, reason) => {
    expect(await refusal(withEntry('alphabet', alphabet))).toContain(`${WHERE}: `);
    expect(await refusal(withEntry('alphabet', alphabet))).toContain(reason);
  });

  it.each([
    [
      'readout.weight',
      zeros(92, 3),
      'readout.weight is 92×3, this model expects 5×3; was it trained on another text?',
    ],
    ['readout.bias', zeros(92), 'readout.bias is 92, this model expects 5; was it trained on another text?'],
    [
      'rnn.weight_ih_l0',
      zeros(12, 92),
      'rnn.weight_ih_l0 is 12×92, this model expects 12×5; was it trained on another text?',
    ],
    ['readout.weight', zeros(92, 4), 'readout.weight is 92×4, this model expects 5×3; the "model" entry'],
    [
      'rnn.weight_ih_l1',
      zeros(12, 4),
      'rnn.weight_ih_l1 is 12×4, this model expects 12×3; the "model" entry',
    ],
    ['rnn.weight_hh_l0', zeros(9, 3), 'rnn.weight_hh_l0 is 9×3, this model expects 12×3; the "model" entry'],
    ['rnn.bias_hh_l0', zeros(1, 12), 'rnn.bias_hh_l0 is 1×12, this model expects 12;'],
    ['rnn.bias_ih_l0', zeros(), 'rnn.bias_ih_l0 is a single number, this model expects 12;'],
    ['readout.bias', undefined, 'readout.bias is missing, this model (2 layers of lstm) has one'],
    ['rnn.weight_ih_l2', zeros(12, 3), 'rnn.weight_ih_l2 has no place in this model (2 layers of lstm)'],
    ['rnn.weight_ih_l0_reverse', zeros(12, 5), 'rnn.weight_ih_l0_reverse has no place in this model'],
  ])('whose %s does not fit is refused', async (name, tensor, reason) => {
    const file = altered((tensors) => {
      if (tensor === undefined) tensors.delete(name);
      else tensors.set(name, tensor);
    });
    expect(await refusal(file)).toContain(`${WHERE}: ${reason}`);
  });

  it.each([
    [Float32Array.of(0, 0, Number.NaN, 0, 0), 'NaN (number 2)'],
    [Float32Array.of(0, 0, 0, 0, -Infinity), '-Infinity (number 4)'],
    [Float64Array.of(0, 1e300, 0, 0, 0), '1e+300 (number 1)'],
  ])('with a weight that is not finite (%s) is refused with its name', async (data, value) => {
    const file = altered((tensors) => tensors.set('readout.bias', { shape: [5], data }));
    expect(await refusal(file)).toContain(`${WHERE}: readout.bias holds ${value}, expected finite weights`);
  });

  it.each(['optimizer.loss', 'carry.h'])(
    'with a training whose %s is not finite is refused',
    async (name) => {
      const file = altered((tensors) => {
        const { shape, data } = tensors.get(name) ?? zeros();
        tensors.set(name, { shape, data: data.map(() => Number.NaN) });
      });
      expect(await refusal(file)).toContain(`${WHERE}: ${name} holds NaN (number 0)`);
    },
  );

  it('whose symbols are bytes may have control characters among them', () => {
    const alphabet = ['\0', '\u001b', '\u009b', '\n', 'ÿ'];
    const file = altered((_, metadata) => {
      metadata.set('alphabet', JSON.stringify(alphabet)).set('symbols', 'bytes');
    });
    expect(decodeCheckpoint(file, WHERE).alphabet).toEqual(alphabet);
  });

  it('with training that is not JSON is refused', async () => {
    expect(await refusal(withEntry('training', '{"step":'))).toContain('its "training" entry is not JSON');
    expect(await refusal(withEntry('training', '['.repeat(20_000)))).toContain('levels deep');
  });

  it('with names and entries of any length is refused in a line that can be read', async () => {
    const file = altered((tensors, metadata) => {
      tensors.set(`rnn.${'x'.repeat(1_000_000)}\u001b`, zeros(2));
      metadata.set('author', '\u001b'.repeat(1_000_000));
    });
    const message = await refusal(file);
    expect(message).toContain('has no place in this model');
    expect(message.length).toBeLessThan(500);
  });

  it('cut at any byte is refused', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(surviving(() => decodeCheckpoint(bytes.subarray(0, length), WHERE), WHERE)).toBeUndefined();
    }
  });

  it('with any one bit flipped is refused, or read as what it was', { timeout: 60_000 }, () => {
    const original = contents(decodeCheckpoint(bytes, WHERE));
    // Every bit of the header, and one of five of the data: 5 is prime to 32, so each bit of a number has its turn.
    const headerBits = 64 + 8 * Number(new DataView(bytes.buffer).getBigUint64(0, true));
    let read = 0;
    for (let bit = 0; bit < 8 * bytes.length; bit += bit < headerBits ? 1 : 5) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const checkpoint = surviving(() => decodeCheckpoint(flipped, WHERE), WHERE);
      if (checkpoint === undefined) continue;
      read++;
      if (contents(checkpoint) !== original) throw new Error(`bit ${bit} makes another checkpoint`);
    }
    // Those of the digests' names, of the spaces behind the header.
    expect(read).toBeLessThan(8 * 40);
  });

  it('with a bit of a weight flipped is read where it has no digest, as other programs’ files', () => {
    const foreign = altered(() => undefined);
    foreign[foreign.length - 4] ^= 1;
    expect(contents(decodeCheckpoint(foreign, WHERE))).not.toBe(contents(makeCheckpoint()));
  });
});
