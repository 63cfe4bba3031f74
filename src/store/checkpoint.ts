/**
 * A checkpoint: the model's tensors under PyTorch's names, what its ids stand for, and, while it is in training, all
 * that is needed to go on. In a safetensors file, with `__metadata__` (strings all):
 *   format = dissipa.checkpoint, version = 1, model = {"cell","layers","hidden"}, alphabet = ["a", …],
 *   end = the id of the symbol that ends a record, records = line | blank-line | file: of a model of records alone
 *   symbols = bytes where byte b is the symbol U+00b
 *   training = JSON, only in a training checkpoint, which also has tensors optimizer.* and carry.*
 *   sha256 = of the entries that say what the model is, and of its tensors (see checkpoint-digest.ts)
 *   training_sha256 = of the entry training and of the training's tensors, likewise
 * A file with the model's tensors and the first four entries alone is a whole model. A digest that is there must be
 * right: a bit that a disk or a network has turned is found, whichever it is.
 */
import * as z from 'zod';
import { firstIssue } from '../base/issue.js';
import { quote, quoted } from '../base/json-value.js';
import { DissipaError, failure, worded } from '../base/errors.js';
import { joined } from '../base/pieces.js';
import { shownName } from '../base/visible.js';
import { wants } from '../base/wanted.js';
import { cellNames, findCell } from '../model/cells/index.js';
import { tensorShapes, type ModelShape, type TensorShape } from '../model/shape.js';
import type { SymbolKind } from '../text/alphabet.js';
import { checkAlphabet, decodeKind, kindEntries } from './checkpoint-alphabet.js';
import { checkDigest, digestOf, MODEL_DIGEST, TRAINING_DIGEST } from './checkpoint-digest.js';
import type { FileStore } from './files.js';
import { strictJson, structureDefect, tryJson } from './json.js';
import type { AlphabetFault, EntryFault } from './problems.js';
import {
  openSafetensors,
  type ByteSource,
  type OpenSafetensors,
  safetensorsPieces,
  type TensorData,
} from './safetensors.js';

export type { TensorData } from './safetensors.js';

export interface TrainingPart {
  /** JSON; what it means is known, and checked, in `train/`. */
  readonly state: unknown;
  /** `optimizer.*` and `carry.*`, in any shape. */
  readonly tensors: ReadonlyMap<string, TensorData>;
}

/** A model, and where it is still trained also what it takes to go on. */
export interface Checkpoint {
  readonly shape: ModelShape;
  /** V symbols, id = index. */
  readonly alphabet: readonly string[];
  /** What the symbols are, where they are not characters of one text; its `end` is the shape's. */
  readonly kind?: SymbolKind;
  /** All of `tensorShapes(shape)`, flat and row-major. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  readonly training: TrainingPart | null;
}

/** The file is whole, but for another reader: another program's, or a newer dissipa's. */
export class OtherFormatError extends DissipaError {}

const FORMAT = 'dissipa.checkpoint';
const VERSION = '1';
const MODEL_TENSOR = /^(rnn|readout)\./;
const TRAINING_TENSOR = /^(optimizer|carry)\./;
/** Of a metadata entry's JSON. */
const MAX_DEPTH = 32;

/** More than any file holds that was trained. */
export const MOST_LAYERS = 1000;
export const MOST_HIDDEN = 1_000_000;

const wholeNumber = (limit: number) => {
  const error = wants({ is: 'whole', from: 1, to: limit });
  return z.int(error).min(1, error).max(limit, error);
};

const modelSchema = z.object(
  {
    cell: z.string(wants({ is: 'cell-name' })).refine((name) => findCell(name) !== null, {
      error: () => wants({ is: 'one-of', values: cellNames() }),
    }),
    layers: wholeNumber(MOST_LAYERS),
    hidden: wholeNumber(MOST_HIDDEN),
  },
  wants({ is: 'model' }),
);

const fileShape = ({ rows, cols, rank }: TensorShape): number[] => (rank === 1 ? [cols] : [rows, cols]);

function refuseToSave(name: string, data: TensorData['data']): void {
  const bad = firstNonFinite(data);
  if (bad === -1) return;
  throw failure('checkpoint.diverged', { where: name, value: String(data[bad]) });
}

/** The file's bytes. @see checkpointPieces */
export const encodeCheckpoint = (checkpoint: Checkpoint): Uint8Array => joined(checkpointPieces(checkpoint));

/**
 * The file's bytes in pieces, without a copy of any number. Throws DissipaError where a weight is not finite: nothing could
 * read the file, and it must not push out one that is good; and for an alphabet with control characters. A plain Error
 * where the checkpoint contradicts itself.
 */
export function checkpointPieces({
  shape,
  alphabet,
  kind = {},
  parameters,
  training,
}: Checkpoint): Uint8Array[] {
  if (alphabet.length !== shape.symbols)
    throw new Error(`${alphabet.length} symbols for a model of ${shape.symbols}`);
  if (kind.end !== shape.end) throw new Error(`a model that ends records by ${shape.end}, not ${kind.end}`);
  const tensors = new Map<string, TensorData>();
  const expected = tensorShapes(shape);
  for (const tensor of expected) {
    const data = parameters.get(tensor.name);
    if (data === undefined) throw new Error(`${tensor.name} is missing`);
    refuseToSave(tensor.name, data);
    tensors.set(tensor.name, { shape: fileShape(tensor), data });
  }
  if (parameters.size > expected.length) throw new Error('parameters that the model does not have');
  const entries = kindEntries(kind);
  checkAlphabet(alphabet, kind, (fault) => failure('checkpoint.alphabet', { where: null, fault }));

  const { cell, layers, hidden } = shape;
  const metadata = new Map([
    ['format', FORMAT],
    ['version', VERSION],
    ['model', strictJson({ cell, layers, hidden })],
    ['alphabet', strictJson(alphabet)],
    ...entries,
  ]);
  metadata.set(MODEL_DIGEST, digestOf(MODEL_DIGEST, metadata, tensors));
  if (training !== null) {
    metadata.set('training', strictJson(training.state));
    for (const [name, tensor] of training.tensors) {
      if (!TRAINING_TENSOR.test(name)) throw new Error(`${name}: expected optimizer.… or carry.…`);
      // What cannot be gone on from must not push out what can.
      refuseToSave(name, tensor.data);
      tensors.set(name, tensor);
    }
    metadata.set(TRAINING_DIGEST, digestOf(TRAINING_DIGEST, metadata, training.tensors));
  }
  return safetensorsPieces({ tensors, metadata });
}

export interface DecodeOptions {
  /** Without it the model alone is read, and the training's part of the file, the larger one, is not even looked at. */
  readonly withTraining?: boolean;
}

/**
 * Reads a checkpoint. Throws DissipaError with `where` in front for whatever is wrong with it; OtherFormatError where
 * nothing is wrong, except that it is no checkpoint of this version. Other metadata and tensors are passed over.
 */
export function decodeCheckpoint(
  source: Uint8Array | ByteSource,
  where: string,
  { withTraining = true }: DecodeOptions = {},
): Checkpoint {
  const file = openSafetensors(source, where);
  checkFormat(file.metadata, where);
  const { cell, layers, hidden } = decodeModel(file.metadata, where);
  const { alphabet, kind } = decodeAlphabet(file.metadata, where);
  const { end } = kind;
  const symbols = alphabet.length;
  const shape: ModelShape = { cell, layers, hidden, symbols, ...(end !== undefined && { end }) };
  const expected = tensorShapes(shape);
  checkTensors(file, expected, shape, where);
  const tensors = new Map(expected.map(({ name }) => [name, file.read(name)]));
  const parameters = new Map([...tensors].map(([name, { data }]) => [name, asWeights(name, data, where)]));
  checkDigest(MODEL_DIGEST, file.metadata, tensors, where);
  const training = withTraining ? decodeTraining(file, where) : null;
  return { shape, alphabet, ...(Object.keys(kind).length > 0 && { kind }), parameters, training };
}

/** `decodeCheckpoint` on a file, of which no more is in memory than what comes out. Throws also as `FileStore.at`. */
export function readCheckpoint(files: FileStore, path: string, options?: DecodeOptions): Checkpoint {
  const file = files.at(path);
  try {
    return decodeCheckpoint(file, path, options);
  } finally {
    file.close();
  }
}

function checkFormat(metadata: ReadonlyMap<string, string>, where: string): void {
  const format = metadata.get('format');
  if (format !== FORMAT) {
    const values = { where, format: quoted(format), expected: FORMAT };
    throw new OtherFormatError(...worded('checkpoint.other-format', values));
  }
  const version = metadata.get('version');
  if (version !== VERSION) {
    const isNewer = Number(version) > Number(VERSION);
    const values = { where, version: quoted(version), reads: VERSION, isNewer };
    throw new OtherFormatError(...worded('checkpoint.version', values));
  }
}

const badEntry = (where: string, entry: string, fault: EntryFault): DissipaError =>
  failure('checkpoint.entry', { where, entry, fault });

/** The JSON of a metadata entry that must be there. */
function jsonEntry(metadata: ReadonlyMap<string, string>, key: string, where: string): unknown {
  const text = metadata.get(key);
  if (text === undefined) throw badEntry(where, key, { is: 'none' });
  const defect = structureDefect(text, MAX_DEPTH);
  if (defect !== null) throw badEntry(where, key, { is: 'defect', defect });
  const parsed = tryJson(text);
  if (parsed === null) throw badEntry(where, key, { is: 'no-json', text: quote(text) });
  return parsed.value;
}

function decodeModel(metadata: ReadonlyMap<string, string>, where: string): z.infer<typeof modelSchema> {
  const value = jsonEntry(metadata, 'model', where);
  const model = modelSchema.safeParse(value);
  if (model.success) return model.data;
  throw badEntry(where, 'model', { is: 'issue', issue: firstIssue(value, model.error) });
}

function decodeAlphabet(
  metadata: ReadonlyMap<string, string>,
  where: string,
): { readonly alphabet: string[]; readonly kind: SymbolKind } {
  const value = jsonEntry(metadata, 'alphabet', where);
  const bad = (fault: AlphabetFault): DissipaError => failure('checkpoint.alphabet', { where, fault });
  if (!Array.isArray(value) || value.length === 0) throw bad({ is: 'no-list', value: quoted(value) });
  const symbols: readonly unknown[] = value;
  const kind = decodeKind(metadata, symbols.length, where);
  checkAlphabet(symbols, kind, bad);
  return { alphabet: [...symbols], kind };
}

/** The model's tensors are all there, in their shapes, and no others. */
function checkTensors(
  file: OpenSafetensors,
  expected: TensorShape[],
  shape: ModelShape,
  where: string,
): void {
  const { cell, layers } = shape;
  for (const tensor of expected) {
    const found = file.shapes.get(tensor.name);
    if (found === undefined)
      throw failure('checkpoint.no-tensor', { where, tensor: tensor.name, layers, cell });
    const wanted = fileShape(tensor);
    if (found.length === wanted.length && found.every((size, i) => size === wanted[i])) continue;
    throw failure('checkpoint.shape', {
      ...{ where, tensor: tensor.name, shape: found, wanted },
      isOtherText: differsInSymbols(tensor, found),
    });
  }
  const known = new Set(expected.map(({ name }) => name));
  for (const name of file.shapes.keys()) {
    if (MODEL_TENSOR.test(name) && !known.has(name)) {
      throw failure('checkpoint.alien-tensor', { where, tensor: shownName(name), layers, cell });
    }
  }
}

/** Whether `found` would do for an alphabet of another size. */
function differsInSymbols({ name, rows, cols }: TensorShape, found: readonly number[]): boolean {
  if (name === 'readout.bias') return found.length === 1;
  if (name === 'readout.weight') return found.length === 2 && found[1] === cols;
  return name === 'rnn.weight_ih_l0' && found.length === 2 && found[0] === rows;
}

function asWeights(name: string, data: TensorData['data'], where: string): Float32Array {
  const weights = data instanceof Float32Array ? data : Float32Array.from(data);
  const bad = firstNonFinite(weights);
  if (bad === -1) return weights;
  // The number in the file: a float64 may be finite there, and beyond float32 here.
  throw notFinite(name, data[bad], bad, 'weights', where);
}

const notFinite = (
  name: string,
  value: number,
  at: number,
  of: 'weights' | 'training',
  where: string,
): DissipaError =>
  failure('checkpoint.not-finite', { where, tensor: shownName(name), value: String(value), at, of });

const firstNonFinite = (data: TensorData['data']): number =>
  data.findIndex((value) => !Number.isFinite(value));

function decodeTraining(file: OpenSafetensors, where: string): TrainingPart | null {
  // With the digest alone, a bit of the entry's own name has been turned.
  if (!file.metadata.has('training') && !file.metadata.has(TRAINING_DIGEST)) return null;
  const names = [...file.shapes.keys()].filter((name) => TRAINING_TENSOR.test(name));
  const state = jsonEntry(file.metadata, 'training', where);
  const tensors = new Map(names.map((name) => [name, file.read(name)]));
  for (const [name, { data }] of tensors) {
    const bad = firstNonFinite(data);
    // Gone on from, it would diverge two steps later, and this file would pass for the last good one.
    if (bad !== -1) throw notFinite(name, data[bad], bad, 'training', where);
  }
  checkDigest(TRAINING_DIGEST, file.metadata, tensors, where);
  return { state, tensors };
}
