/**
 * A checkpoint out of somebody's PyTorch model. What is the same there and here is taken as it is. Beside it:
 *
 *     a bias that is not there          zeros
 *     float16, bfloat16, float64        float32
 *     an embedding E (V, E)             folded into layer 0: W_ih·x = W_ih·Eᵀ·onehot, so that W_ih becomes W_ih·Eᵀ (G·H, V),
 *                                       summed in float64, exact up to the rounding to float32
 */
import { failure } from '../../base/errors.js';
import { shownName } from '../../base/visible.js';
import { tensorShapes, type CellName, type ModelShape } from '../../model/shape.js';
import type { Checkpoint } from '../../store/checkpoint.js';
import type { OpenSafetensors, TensorData } from '../../store/safetensors.js';
import type { SymbolKind } from '../../text/alphabet.js';
import { foreignEnds, foreignShape } from './layers.js';
import { foreignNames } from './names.js';

export interface ImportedTensor {
  /** As the checkpoint has it. */
  readonly name: string;
  /** Of the file; none for zeros. */
  readonly from: readonly string[];
  /** Where it is not the one tensor that it is from. */
  readonly made: 'zeros' | 'product' | null;
}

export interface Imported {
  readonly checkpoint: Checkpoint;
  readonly tensors: readonly ImportedTensor[];
}

/**
 * @param cell needed where the weights do not tell it: an RNN's function
 * @param kind what the symbols of the alphabet are
 * @throws DissipaError, with `where` in front, naming the first tensor that does not fit
 */
export function importModel(
  file: OpenSafetensors,
  alphabet: readonly string[],
  cell: CellName | undefined,
  where: string,
  kind: SymbolKind = {},
): Imported {
  const names = foreignNames(file, where);
  const found = foreignShape(names, file.shapes, cell, where);
  const ends = foreignEnds(names, file.shapes, found, alphabet.length, where);
  const shape: ModelShape = {
    ...{ cell: found.cell, layers: names.layers.length, hidden: found.hidden, symbols: alphabet.length },
    ...(kind.end !== undefined && { end: kind.end }),
  };
  /** By the checkpoint's names, those of the file. */
  const sources = new Map<string, readonly (string | null)[]>();
  names.layers.forEach(({ weightIh, weightHh, biasIh, biasHh }, l) => {
    sources.set(
      `rnn.weight_ih_l${l}`,
      l === 0 && ends.embedding !== null ? [weightIh, ends.embedding] : [weightIh],
    );
    sources.set(`rnn.weight_hh_l${l}`, [weightHh]);
    sources.set(`rnn.bias_ih_l${l}`, [biasIh]);
    sources.set(`rnn.bias_hh_l${l}`, [biasHh]);
  });
  sources.set('readout.weight', [ends.readout]);
  sources.set('readout.bias', [ends.readoutBias]);

  const parameters = new Map<string, Float32Array>();
  const tensors: ImportedTensor[] = [];
  for (const { name, rows, cols } of tensorShapes(shape)) {
    const from = (sources.get(name) ?? []).filter((source) => source !== null);
    const [first, second] = from.map((source) => file.read(source).data);
    const isProduct = from.length > 1;
    const data =
      from.length === 0
        ? new Float32Array(rows * cols)
        : isProduct
          ? folded(first, second, rows, cols, where)
          : Float32Array.from(first);
    checkFinite(data, from, where);
    parameters.set(name, data);
    tensors.push({ name, from, made: from.length === 0 ? 'zeros' : isProduct ? 'product' : null });
  }
  const known = Object.keys(kind).length > 0 ? { kind } : {};
  return { checkpoint: { shape, alphabet, ...known, parameters, training: null }, tensors };
}

/** Of a matrix that is larger than what it was made of: 2 GiB. */
const MOST_NUMBERS = 2 ** 29;

/** W (rows, E) · Eᵀ (E, V) for an embedding (V, E). */
function folded(
  weights: TensorData['data'],
  embedding: TensorData['data'],
  rows: number,
  symbols: number,
  where: string,
): Float32Array {
  const width = embedding.length / symbols;
  if (rows * symbols > MOST_NUMBERS)
    throw failure('import.too-many', { where, what: 'product', found: rows * symbols, most: MOST_NUMBERS });
  const product = new Float32Array(rows * symbols);
  for (let r = 0; r < rows; r++)
    for (let v = 0; v < symbols; v++) {
      let sum = 0;
      for (let e = 0; e < width; e++) sum += weights[r * width + e] * embedding[v * width + e];
      product[r * symbols + v] = sum;
    }
  return product;
}

function checkFinite(data: Float32Array, from: readonly string[], where: string): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at === -1) return;
  throw failure('import.not-finite', {
    ...{ where, name: from.map(shownName).join(' · '), value: String(data[at]), at },
  });
}
