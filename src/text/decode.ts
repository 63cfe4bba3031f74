/**
 * Bytes to clean text, piece by piece: the encoding found out (encoding/), control characters and line ends
 * (overstrikes.ts, controls.ts), Project Gutenberg's boilerplate (gutenberg/), small letters where asked for, NFC (clean.ts).
 */
import { failure } from '../base/errors.js';
import { Composition, lowercased } from './clean.js';
import { Controls, noChanges, type Changes } from './controls.js';
import { joinedBytes } from './encoding/bytes.js';
import { Decoder } from './encoding/decoder.js';
import type { Doubt } from './encoding/doubts.js';
import type { Guess } from './encoding/guess.js';
import { FirstReading } from './first-reading/first-reading.js';
import { Boilerplate, type Cut } from './gutenberg/boilerplate.js';
import { Overstrikes } from './overstrikes.js';
import type { HowToRead } from './reading.js';
import { rulesOf } from './versions.js';

/** The steps before NFC: bytes to text in which nothing is that should go. */
export interface Steps {
  push(bytes: Uint8Array): string;
  end(): string;
  readonly encoding: string;
  readonly isNamed: boolean;
  readonly guess: Guess | undefined;
  readonly doubt: Doubt | null;
  readonly cuts: readonly Cut[];
  /** Times that the words `Project Gutenberg` are left. */
  readonly mentions: number;
  readonly changes: Changes;
}

/** Pieces that end with a line, where lines are no longer than most: the steps after it have less to put together. */
class WholeLines {
  #held: Uint8Array = new Uint8Array();

  push(bytes: Uint8Array): Uint8Array {
    const all = joinedBytes(this.#held, bytes);
    const line = all.lastIndexOf(0x0a) + 1;
    const end = all.length - line > LONGEST_LINE ? all.length : line;
    // A copy: what was pushed is the caller's again.
    this.#held = all.slice(end);
    return all.subarray(0, end);
  }

  end(): Uint8Array {
    return this.#held;
  }
}
const LONGEST_LINE = 4096;

class Present implements Steps {
  readonly #lines = new WholeLines();
  readonly #decoder: Decoder;
  readonly #changes = noChanges();
  readonly #controls = new Controls(this.#changes);
  readonly #overstrikes: Overstrikes | null;
  readonly #boilerplate: Boilerplate | null;

  constructor(where: string, reading: HowToRead) {
    this.#decoder = new Decoder(where, reading);
    const rules = rulesOf(reading.version);
    this.#overstrikes = rules.resolvesOverstrikes ? new Overstrikes(this.#changes) : null;
    this.#boilerplate = reading.keepBoilerplate ? null : new Boilerplate(where, rules.cutsAnyLastLine);
  }

  push(bytes: Uint8Array): string {
    const text = this.#controls.push(this.#struck(this.#decoder.push(this.#lines.push(bytes))));
    return this.#boilerplate?.push(text) ?? text;
  }

  end(): string {
    const last = this.#decoder.push(this.#lines.end()) + this.#decoder.end();
    const text =
      this.#controls.push(this.#struck(last) + (this.#overstrikes?.end() ?? '')) + this.#controls.end();
    return this.#boilerplate === null ? text : this.#boilerplate.push(text) + this.#boilerplate.end();
  }

  #struck(text: string): string {
    return this.#overstrikes?.push(text) ?? text;
  }

  get encoding(): string {
    return this.#decoder.encoding;
  }
  get isNamed(): boolean {
    return this.#decoder.isNamed;
  }
  get guess(): Guess | undefined {
    return this.#decoder.guess;
  }
  get doubt(): Doubt | null {
    return this.#decoder.doubt;
  }
  get cuts(): readonly Cut[] {
    return this.#boilerplate?.cuts ?? [];
  }
  get mentions(): number {
    return this.#boilerplate?.mentions ?? 0;
  }
  get changes(): Changes {
    return { ...this.#changes, badBytes: this.#decoder.bad };
  }
}

/** Bytes to characters, piece by piece, as they come. */
export class TextReader {
  readonly #steps: Steps;
  readonly #composition = new Composition();
  #bytes = 0;
  #isEmpty = true;

  /** @param where the path, for the errors */
  constructor(
    private readonly where: string,
    private readonly reading: HowToRead = {},
  ) {
    this.#steps = rulesOf(reading.version).isFirst
      ? new FirstReading(where, reading)
      : new Present(where, reading);
  }

  /** Bytes read so far. */
  get bytes(): number {
    return this.#bytes;
  }

  get encoding(): string {
    return this.#steps.encoding;
  }

  /** The encoding was given. */
  get isNamed(): boolean {
    return this.#steps.isNamed;
  }

  /** How the encoding was found, where neither that nor the bytes themselves told it. */
  get guess(): Guess | undefined {
    return this.#steps.guess;
  }

  /** Words so far that may be in another encoding than the text was read in; null for none. */
  get doubt(): Doubt | null {
    return this.#steps.doubt;
  }

  /** Boilerplate cut away so far. */
  get cuts(): readonly Cut[] {
    return this.#steps.cuts;
  }

  /** Times that the words `Project Gutenberg` are left; 0 where boilerplate is kept. */
  get mentions(): number {
    return this.#steps.mentions;
  }

  /** What was removed or replaced so far. */
  get changes(): Changes {
    return { ...this.#steps.changes, composed: this.#composition.changed };
  }

  /** The text that is settled by `bytes`, whole code points in NFC. @throws DissipaError as Decoder and Boilerplate do */
  push(bytes: Uint8Array): string {
    this.#bytes += bytes.length;
    return this.#polish(this.#steps.push(bytes));
  }

  /** The rest. @throws DissipaError also where the file is empty, or nothing of it is left */
  end(): string {
    if (this.#bytes === 0) throw failure('text.empty', { where: this.where });
    const text = this.#polish(this.#steps.end()) + this.#composition.end();
    if (this.#isEmpty && text === '') throw failure('text.nothing-left', { where: this.where });
    return text;
  }

  #polish(text: string): string {
    const settled = this.#composition.push(this.reading.lowercase ? lowercased(text) : text);
    if (settled !== '') this.#isEmpty = false;
    return settled;
  }
}

/**
 * The text in `bytes`, all at once.
 * @param where the path, for the errors
 * @throws DissipaError where the bytes are empty, binary or in no encoding, and at which byte
 */
export function decodeText(bytes: Uint8Array, where: string, reading: HowToRead = {}): string {
  const reader = new TextReader(where, reading);
  return reader.push(bytes) + reader.end();
}
