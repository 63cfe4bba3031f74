/** `dissipa import WEIGHTS --alphabet FILE`: a model of one's own PyTorch as a checkpoint. */
import * as z from 'zod';
import { failure, misuse } from '../../base/errors.js';
import { CELLS, type CellName } from '../../model/shape.js';
import { decodeKind } from '../../store/checkpoint-alphabet.js';
import { encodeCheckpoint } from '../../store/checkpoint.js';
import type { PositionedFile } from '../../store/files.js';
import { tryJson } from '../../store/json.js';
import { openSafetensors, type OpenSafetensors } from '../../store/safetensors.js';
import { decodeForeignAlphabet, MOST_ALPHABET_BYTES } from '../../study/import/alphabet.js';
import { FOREIGN_CELLS } from '../../study/import/layers.js';
import { importModel } from '../../study/import/model.js';
import { importedReport } from '../../study/import/show.js';
import { Alphabet, type SymbolKind } from '../../text/alphabet.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { shellWord } from '../../base/shell-word.js';
import { tellJson } from '../results.js';
import { jsonFlag, namedFlag } from './model.js';

export const importFlags = z.strictObject({
  alphabet: namedFlag('model', 'file'),
  cell: z.enum(FOREIGN_CELLS).optional().meta({ group: 'model' }),
  out: namedFlag('files', 'file'),
  json: jsonFlag,
});

const EXTENSION = /\.safetensors$/i;

/** @returns the exit code */
export async function importWeights(env: Environment, path: string, argv: Given): Promise<number> {
  const flags = readFlags(importFlags, argv);
  const out = flags.out ?? `${path.replace(EXTENSION, '')}-dissipa.safetensors`;
  if (!EXTENSION.test(out)) throw misuse('import.extension', { out });
  const { files } = env;
  // Asked first: what follows may take long.
  if ((await files.kind(out)) !== 'none') throw failure('import.exists', { out });
  const imported = await opened(env, path, async (bytes) => {
    const weights = openWeights(bytes, path);
    const alphabet = await alphabetFor(env, weights, flags.alphabet, path);
    const cell = flags.cell ?? cellOf(weights, path);
    return importModel(weights, alphabet.symbols, cell, path, alphabet.kind);
  });
  const { checkpoint, tensors } = imported;
  if (!(await files.createExclusive(out, encodeCheckpoint(checkpoint))))
    throw failure('import.exists', { out });
  if (flags.json) tellJson(env, { out, model: checkpoint.shape, tensors });
  else env.out(importedReport(imported, out, `npx dissipa sample ${shellWord(out)}`, env.words));
  return 0;
}

/** What is made of a file, no more of which is read than that takes. */
async function opened<T>(
  { files }: Environment,
  path: string,
  use: (file: PositionedFile) => T | Promise<T>,
): Promise<T> {
  const file = files.at(path);
  try {
    return await use(file);
  } finally {
    file.close();
  }
}

function openWeights(file: PositionedFile, path: string): OpenSafetensors {
  const begun = new Uint8Array(Math.min(2, file.size()));
  file.read(0, begun);
  // torch.save() packs a pickle into a zip; before PyTorch 1.6 it was the pickle alone.
  const [first, second] = begun;
  const isPickle = (first === 0x50 && second === 0x4b) || (first === 0x80 && second <= 5);
  // A header may be as long as such bytes say, but hardly by chance in a file of that name.
  if (isPickle && !EXTENSION.test(path)) throw failure('import.pickle', { where: path });
  return openSafetensors(file, path);
}

/** What the metadata say, as a checkpoint's do: an RNN's weights alone do not tell its function. */
function cellOf({ metadata }: OpenSafetensors, where: string): CellName | undefined {
  const model = z.object({ cell: z.enum(CELLS) }).safeParse(tryJson(metadata.get('model') ?? '')?.value);
  if (!model.success) return undefined;
  const { cell } = model.data;
  if (!FOREIGN_CELLS.includes(cell)) throw failure('import.own-cell', { where, cell });
  return cell;
}

/** The symbols by id, and what they are. */
interface ForeignAlphabet {
  readonly symbols: readonly string[];
  readonly kind: SymbolKind;
}

/** From the file that is named, or from the weights' own metadata. */
async function alphabetFor(
  env: Environment,
  weights: OpenSafetensors,
  named: string | undefined,
  path: string,
): Promise<ForeignAlphabet> {
  if (named === undefined) {
    const own = ofMetadata(weights, path);
    if (own === null) throw misuse('import.no-alphabet', { none: true });
    return own;
  }
  return opened(env, named, (file) => {
    if (!EXTENSION.test(named)) {
      if (file.size() > MOST_ALPHABET_BYTES)
        throw failure('alphabet.too-long', { where: named, bytes: file.size(), most: MOST_ALPHABET_BYTES });
      const bytes = new Uint8Array(file.size());
      file.read(0, bytes);
      const symbols = decodeForeignAlphabet(bytes, named);
      // A list says no more than its symbols: one that no text has ends records.
      return { symbols, kind: new Alphabet(symbols, { records: 'line' }).kind };
    }
    const other = ofMetadata(openSafetensors(file, named), named);
    if (other === null) throw failure('import.no-alphabet-entry', { where: named });
    return other;
  });
}

/** Null where the metadata have none. */
function ofMetadata({ metadata }: OpenSafetensors, where: string): ForeignAlphabet | null {
  const text = metadata.get('alphabet');
  if (text === undefined) return null;
  const { bytes } = decodeKind(metadata, Infinity, where);
  const symbols = decodeForeignAlphabet(new TextEncoder().encode(text), `${where}: "alphabet"`, bytes);
  return { symbols, kind: decodeKind(metadata, symbols.length, where) };
}
