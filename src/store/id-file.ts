/**
 * A text in symbol ids, too long for memory, in a file: written once, piece by piece, then read by position.
 *
 *     uint16 LE × characters     the numbers of its symbols, in the order in which they are first met
 *     JSON, UTF-8                {"key", "symbols", "counts", "facts", "sha256"}: what the numbers stand for, what it
 *                                was made of, SHA-256 of the numbers and of this JSON without it
 *     uint32 LE                  bytes of the JSON
 *     "DISSIDS1"
 *
 * A text's alphabet is known only at its end, so the numbers are translated to ids when they are read. (Every machine
 * Node runs on is little-endian.) The file can be made again at any time: damage is an answer, `null`, no error.
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { sha256, type Digest } from '../base/digest.js';
import { failure } from '../base/errors.js';
import { MOST_SYMBOLS } from '../text/alphabet.js';
import { shuffledPieces } from '../text/shuffle.js';
import { asSymbols, type Symbols } from '../text/symbols.js';
import type { FileStore, GrowingFile, PositionedFile } from './files.js';
import { strictJson, tryJson, tryUtf8 } from './json.js';

const MAGIC = 'DISSIDS1';
const END_NUMBER = 0;
const TAIL = 4 + MAGIC.length;
/** Ids, in bytes, that stay in memory: a shorter text never sees the disk. */
const MOST_IN_MEMORY = 2 ** 24;
/** 65,535 symbols, and a hundred thousand texts with long names, take less. */
const MOST_JSON = 2 ** 26;

const factsSchema = z.strictObject({
  /** Of the sources and the options they were read with: another key, another text. */
  key: z.string(),
  /** By number. */
  symbols: listOf(z.string()),
  /** How often each is met. */
  counts: listOf(z.int().min(0)),
  /** What the maker wants to know again. */
  facts: z.unknown(),
  /** Hex, of the numbers' bytes and of the JSON of the other entries. Absent in a file of an older dissipa. */
  sha256: z.string().optional(),
});
export type IdFileFacts = Readonly<z.infer<typeof factsSchema>>;

/** Takes numbers piece by piece, and goes over to a file when they grow too many. */
export class IdSpool {
  #pieces: Uint16Array[] = [];
  #length = 0;
  #file: GrowingFile | null = null;
  #digest: Digest | null = null;

  /** @param begin makes the file, if need be: on the disk it will stay on */
  constructor(
    private readonly begin: () => Promise<GrowingFile>,
    private readonly mostInMemory = MOST_IN_MEMORY,
  ) {}

  get length(): number {
    return this.#length;
  }

  /** The numbers are on the disk. */
  get isLarge(): boolean {
    return this.#file !== null;
  }

  /** @param numbers the caller's again once it resolves */
  async add(numbers: Uint16Array): Promise<void> {
    this.#length += numbers.length;
    if (this.#file === null && 2 * this.#length > this.mostInMemory) {
      this.#file = await this.begin();
      this.#digest = sha256();
      for (const piece of this.#pieces) await this.#write(piece);
      this.#pieces = [];
    }
    if (this.#file === null) this.#pieces.push(numbers.slice());
    else await this.#write(numbers);
  }

  /**
   * Puts the records in the order of the seed; nothing may be added any more. (END is the first symbol of a text of
   * records, and so its number is 0.)
   * @param raw where the numbers lie meanwhile as they were, if they are on the disk
   */
  async shuffle(files: FileStore, raw: () => Promise<string>, seed: number): Promise<void> {
    if (this.#file === null) {
      const all = new Uint16Array(this.#length);
      let filled = 0;
      for (const piece of this.#pieces) {
        all.set(piece, filled);
        filled += piece.length;
      }
      this.#pieces = Array.from(shuffledPieces(asSymbols(all), END_NUMBER, seed), (piece) => piece.slice());
      return;
    }
    const path = await raw();
    await this.#file.finish(path);
    try {
      const numbers = Uint16Array.from({ length: MOST_SYMBOLS }, (_, number) => number);
      const before = new IdFile(files, path, this.#length, numbers);
      this.#file = await this.begin();
      this.#digest = sha256();
      try {
        for (const piece of shuffledPieces(before, END_NUMBER, seed)) await this.#write(piece);
      } finally {
        before.close();
      }
    } finally {
      await files.remove(path);
    }
  }

  async #write(numbers: Uint16Array): Promise<void> {
    this.#digest?.add(bytesOf(numbers));
    await this.#file?.write(bytesOf(numbers));
  }

  /** The ids of a text that stayed in memory. @param ids by number */
  inMemory(ids: Uint16Array): Symbols {
    const all = new Uint16Array(this.#length);
    let filled = 0;
    for (const piece of this.#pieces) {
      for (const number of piece) all[filled++] = ids[number];
    }
    this.#pieces = [];
    return asSymbols(all);
  }

  /** Completes the file and gives it its name. */
  async finish(path: string, facts: Omit<IdFileFacts, 'sha256'>): Promise<void> {
    if (this.#file === null || this.#digest === null) throw new Error('the text is in memory');
    const digest = this.#digest.add(digested(facts)).hex();
    const json = new TextEncoder().encode(strictJson({ ...facts, sha256: digest }));
    const tail = new Uint8Array(TAIL);
    new DataView(tail.buffer).setUint32(0, json.length, true);
    tail.set(new TextEncoder().encode(MAGIC), 4);
    await this.#file.write(json);
    await this.#file.write(tail);
    await this.#file.finish(path);
  }

  async discard(): Promise<void> {
    await this.#file?.discard();
  }
}

/** What the digest covers beside the numbers. */
const digested = ({ key, symbols, counts, facts }: IdFileFacts): string =>
  strictJson({ key, symbols, counts, facts });

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** The facts at the end of the file; null where it is not whole, or no such file. */
export async function readIdFileFacts(files: FileStore, path: string): Promise<IdFileFacts | null> {
  if ((await files.kind(path)) !== 'file') return null;
  const file = files.at(path);
  try {
    const size = file.size();
    const tail = new Uint8Array(TAIL);
    if (size < TAIL) return null;
    file.read(size - TAIL, tail);
    if (tryUtf8(tail.subarray(4)) !== MAGIC) return null;
    const length = new DataView(tail.buffer).getUint32(0, true);
    if (length > Math.min(size, MOST_JSON)) return null;
    const json = new Uint8Array(length);
    file.read(Math.max(0, size - TAIL - json.length), json);
    const facts = factsSchema.safeParse(tryJson(tryUtf8(json) ?? '')?.value);
    if (!facts.success) return null;
    const { symbols, counts } = facts.data;
    const characters = counts.reduce((sum, count) => sum + count, 0);
    const isWhole = symbols.length === counts.length && size === 2 * characters + json.length + TAIL;
    return isWhole ? facts.data : null;
  } finally {
    file.close();
  }
}

/**
 * Whether numbers and facts are those that were written: looked at in full, as fast as a disk gives them. A file
 * without a digest is believed.
 */
export async function isIntact(
  files: FileStore,
  path: string,
  facts: IdFileFacts,
  stop?: { readonly aborted: boolean },
): Promise<boolean> {
  if (facts.sha256 === undefined) return true;
  const digest = sha256();
  let left = 2 * facts.counts.reduce((sum, count) => sum + count, 0);
  for await (const piece of files.stream(path)) {
    digest.add(piece.subarray(0, left));
    left -= Math.min(left, piece.length);
    if (left === 0 || stop?.aborted) break;
  }
  return digest.add(digested(facts)).hex() === facts.sha256;
}

/** The ids in a file. */
export class IdFile implements Symbols {
  readonly #file: PositionedFile;

  /** @param ids by number */
  constructor(
    files: FileStore,
    private readonly path: string,
    readonly length: number,
    private readonly ids: Uint16Array,
  ) {
    this.#file = files.at(path);
  }

  read(from: number, into: Uint16Array): void {
    if (from < 0 || from + into.length > this.length)
      throw new RangeError(`symbols ${from}…${from + into.length} of ${this.length}`);
    this.#file.read(2 * from, bytesOf(into));
    const { ids } = this;
    for (let i = 0; i < into.length; i++) {
      const number = into[i];
      if (number >= ids.length)
        throw failure('file.bad-id', {
          ...{ where: this.path, at: from + i },
          ...{ symbol: number, symbols: ids.length },
        });
      into[i] = ids[number];
    }
  }

  close(): void {
    this.#file.close();
  }
}
