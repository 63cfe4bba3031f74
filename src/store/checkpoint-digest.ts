/**
 * What a checkpoint says of its own bytes: the SHA-256, hex, of metadata entries, each with a line feed behind it, and of
 * tensors in the order of their names, each as a line of JSON (`["readout.bias",[5]]`) and then its bytes. The model
 * and its training have one each, so that a file stripped of its training is still right.
 */
import { sha256 } from '../base/digest.js';
import { failure } from '../base/errors.js';
import type { TensorData } from './safetensors.js';

/** Names of the entries that hold them. */
export const [MODEL_DIGEST, TRAINING_DIGEST] = ['sha256', 'training_sha256'] as const;
type DigestName = typeof MODEL_DIGEST | typeof TRAINING_DIGEST;

/** The entries that each covers beside its tensors. */
const ENTRIES: Readonly<Record<DigestName, readonly string[]>> = {
  [MODEL_DIGEST]: ['model', 'alphabet'],
  [TRAINING_DIGEST]: ['training'],
};

/** Those that not every file has: covered, with their names, where they are there. */
const LATER: Readonly<Record<DigestName, readonly string[]>> = {
  [MODEL_DIGEST]: ['end', 'records', 'symbols'],
  [TRAINING_DIGEST]: [],
};

type Metadata = ReadonlyMap<string, string>;
type Tensors = ReadonlyMap<string, TensorData>;

export function digestOf(name: DigestName, metadata: Metadata, tensors: Tensors): string {
  const hash = sha256();
  for (const key of ENTRIES[name]) hash.add(`${metadata.get(key) ?? ''}\n`);
  for (const key of LATER[name]) {
    const value = metadata.get(key);
    if (value !== undefined) hash.add(`${key}=${value}\n`);
  }
  for (const [tensor, { shape, data }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash
      .add(`${JSON.stringify([tensor, shape])}\n`)
      .add(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.hex();
}

/** @throws DissipaError where there is such a digest, and it is of something else */
export function checkDigest(name: DigestName, metadata: Metadata, tensors: Tensors, where: string): void {
  const expected = metadata.get(name);
  if (expected === undefined || expected === digestOf(name, metadata, tensors)) return;
  throw failure('checkpoint.changed', { where, entries: ENTRIES[name], digest: name });
}
