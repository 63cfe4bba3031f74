/** What a foreign model's tensors make of each other: its cell, its sizes, its readout, and an embedding. */
import { failure, type DissipaError } from '../../base/errors.js';
import { shownName } from '../../base/visible.js';
import { cellOf } from '../../model/cells/index.js';
import { pytorchTensors } from '../../model/cells/cell.js';
import { CELLS, GATES, type CellName } from '../../model/shape.js';
import type { OpenSafetensors } from '../../store/safetensors.js';
import { MOST_HIDDEN, MOST_LAYERS } from '../../store/checkpoint.js';
import { shownNames, type ForeignNames } from './names.js';

type Shapes = OpenSafetensors['shapes'];

export interface ForeignShape {
  readonly cell: CellName;
  readonly hidden: number;
  /** Numbers that layer 0 is given for a symbol: V of a one-hot input, or the width of an embedding. */
  readonly inputs: number;
}

/** `65×512`; `1` for a single number. */
const sizes = (shape: readonly number[] | undefined): string => shape?.join('×') || '1';

/** Its layers are those of nn.RNN, nn.LSTM or nn.GRU: all four tensors, of the same sizes. */
const isPytorchs = (cell: CellName): boolean =>
  JSON.stringify(cellOf(cell).tensors) === JSON.stringify(pytorchTensors(GATES[cell]));

/** The cells that weights from elsewhere may be of. */
export const FOREIGN_CELLS = CELLS.filter(isPytorchs);

/** @throws DissipaError where the tensors are not those of layers of one kind and width */
export function foreignShape(
  { layers }: ForeignNames,
  shapes: Shapes,
  wanted: CellName | undefined,
  where: string,
): ForeignShape {
  const matrix = (name: string): readonly number[] => {
    const shape = shapes.get(name) ?? [];
    if (shape.length === 2) return shape;
    throw failure('import.no-matrix', { where, name: shownName(name), sizes: sizes(shape) });
  };
  const [rows, hidden] = matrix(layers[0].weightHh);
  const blocks = rows / hidden;
  const cells = FOREIGN_CELLS.filter((cell) => GATES[cell] === blocks);
  const state = { where, name: shownName(layers[0].weightHh), sizes: sizes([rows, hidden]) };
  if (cells.length === 0) throw failure('import.no-cell', state);
  if (wanted !== undefined && !cells.includes(wanted))
    throw failure('import.other-cell', {
      ...{ ...state, blocks, cell: wanted, wants: GATES[wanted], fitting: cells },
    });
  if (wanted === undefined && cells.length > 1) throw failure('import.which-cell', { where, cells });
  if (layers.length > MOST_LAYERS) throw tooMany('layers', layers.length, MOST_LAYERS, where);
  if (hidden > MOST_HIDDEN) throw tooMany('hidden', hidden, MOST_HIDDEN, where);
  layers.forEach((layer, l) => {
    const width = blocks * hidden;
    const check = (name: string | null, expected: readonly number[]): void => {
      if (name === null) return;
      const found = shapes.get(name);
      if (sizes(found) === sizes(expected)) return;
      throw failure('import.layer-sizes', {
        ...{ where, name: shownName(name), layer: l },
        ...{ found: sizes(found), expected: sizes(expected) },
      });
    };
    check(layer.weightHh, [width, hidden]);
    if (l === 0) check(layer.weightIh, [width, matrix(layer.weightIh)[1]]);
    else check(layer.weightIh, [width, hidden]);
    check(layer.biasIh, [width]);
    check(layer.biasHh, [width]);
  });
  return { cell: wanted ?? cells[0], hidden, inputs: matrix(layers[0].weightIh)[1] };
}

const tooMany = (what: 'layers' | 'hidden', found: number, most: number, where: string): DissipaError =>
  failure('import.too-many', { where, what, found, most });

/** The names of what stands before and behind the layers. */
export interface ForeignEnds {
  /** (V, E); null for one-hot symbols */
  readonly embedding: string | null;
  /** (V, H); the same name as the embedding's where the two are tied */
  readonly readout: string;
  readonly readoutBias: string | null;
}

/** By the name of its module: more likely an embedding, or more likely a readout. */
function likeness(name: string): number {
  const module = name.split('.').at(-2) ?? '';
  const isReadout = /readout|decod|fc|linear|out|head|proj|logit|dense|classif/i.test(module);
  return Number(/emb|encod|lookup|wte/i.test(module)) - Number(isReadout);
}

/**
 * Finds them by their shapes, and where both would do by name and bias.
 * @param symbols V, as the alphabet has it
 * @throws DissipaError where one is missing, is of another number of symbols, or anything is left over
 */
export function foreignEnds(
  { others }: ForeignNames,
  shapes: Shapes,
  { hidden, inputs }: ForeignShape,
  symbols: number,
  where: string,
): ForeignEnds {
  const matrices = others.filter((name) => shapes.get(name)?.length === 2);
  const biasOf = (matrix: string): string | null => {
    const name = matrix.replace(/weight$/, 'bias');
    return name !== matrix && others.includes(name) ? name : null;
  };
  const columns = (name: string): number => shapes.get(name)?.[1] ?? NaN;
  const isOneHot = inputs === symbols;
  // An embedding has no bias, and by its name it mostly says what it is.
  const candidates = matrices
    .filter((name) => columns(name) === inputs && biasOf(name) === null)
    .sort((a, b) => likeness(b) - likeness(a));
  const [first, second] = candidates;
  const needsNone = isOneHot && !(candidates.length > 0 && likeness(first) > 0);
  if (!needsNone && candidates.length > 1 && likeness(first) === likeness(second) && inputs === hidden)
    throw failure('import.two-embeddings', { where, one: shownName(first), other: shownName(second) });
  const embedding = needsNone ? null : (candidates.at(0) ?? null);
  const readouts = matrices.filter((name) => name !== embedding && columns(name) === hidden);
  // Tied, the two are one tensor, which a file may hold once.
  const isTied = readouts.length === 0 && embedding !== null && inputs === hidden;
  const readout = isTied ? embedding : readouts.at(0);
  if (readout === undefined) {
    const turned = matrices.find((name) => sizes(shapes.get(name)) === sizes([hidden, symbols]));
    if (turned !== undefined)
      throw failure('import.turned-readout', {
        ...{ where, name: shownName(turned) },
        ...{ found: sizes([hidden, symbols]), expected: sizes([symbols, hidden]) },
      });
    throw failure('import.no-readout', { where, names: shownNames(others), symbols, hidden });
  }
  const readoutBias = isTied
    ? (others.find((name) => shapes.get(name)?.length === 1 && shapes.get(name)?.[0] === symbols) ?? null)
    : biasOf(readout);
  checkRows(shapes, { embedding, readout, readoutBias }, symbols, where);
  if (embedding === null && !isOneHot)
    throw failure('import.inputs', { where, names: shownNames(others), inputs, symbols });
  const known = new Set([embedding, readout, readoutBias]);
  const left = others.filter((name) => !known.has(name));
  if (left.length > 0)
    throw failure('import.left-over', { where, names: shownNames(left), count: left.length });
  return { embedding, readout, readoutBias };
}

function checkRows(
  shapes: Shapes,
  { embedding, readout, readoutBias }: ForeignEnds,
  symbols: number,
  where: string,
): void {
  for (const name of [embedding, readout, readoutBias]) {
    const rows = shapes.get(name ?? '')?.[0];
    if (name === null || rows === symbols) continue;
    throw failure('import.symbols', {
      ...{ where, name: shownName(name), sizes: sizes(shapes.get(name)) },
      ...{ rows: rows ?? 1, symbols },
    });
  }
}
