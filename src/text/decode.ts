/**
 * Bytes to clean text, piece by piece: the encoding found out (encoding.ts), line ends, Project Gutenberg's boilerplate
 * (boilerplate.ts), unwanted characters, small letters where asked for, NFC (clean.ts).
 */
import { DissipaError } from '../base/errors.js';
import { Boilerplate } from './boilerplate.js';
import { Composition, LineEnds, lowercased, withoutUnwanted } from './clean.js';
import { Decoder } from './encoding.js';
import { type Reading } from './reading.js';

export class TextReader {
  readonly #decoder: Decoder;
  readonly #lineEnds = new LineEnds();
  readonly #boilerplate: Boilerplate | null;
  readonly #composition = new Composition();
  #bytes = 0;
  #isEmpty = true;

  /** @param where the path, for the errors */
  constructor(
    private readonly where: string,
    private readonly reading: Partial<Reading> = {},
  ) {
    this.#decoder = new Decoder(where, reading.encoding);
    this.#boilerplate = reading.keepBoilerplate ? null : new Boilerplate();
  }

  /** Bytes read so far. */
  get bytes(): number {
    return this.#bytes;
  }

  get encoding(): string {
    return this.#decoder.encoding;
  }

  /** Characters of boilerplate cut away so far. */
  get cut(): number {
    return this.#boilerplate?.cut ?? 0;
  }

  /** The text that is settled by `bytes`, whole code points in NFC. @throws DissipaError as Decoder does */
  push(bytes: Uint8Array): string {
    this.#bytes += bytes.length;
    return this.#clean(this.#lineEnds.push(this.#decoder.push(bytes)));
  }

  /** The rest. @throws DissipaError also where the file is empty, or nothing of it is left */
  end(): string {
    if (this.#bytes === 0)
      throw new DissipaError({ where: this.where, found: 'the file is empty', expected: 'expected a text' });
    const last = this.#clean(this.#lineEnds.push(this.#decoder.end()) + this.#lineEnds.end());
    const rest = this.#polish(this.#boilerplate?.end() ?? '');
    const text = last + rest + this.#composition.end();
    if (this.#isEmpty && text === '')
      throw new DissipaError({
        where: this.where,
        found: 'nothing is left of the file once control characters and boilerplate are taken out',
        expected: 'expected a text',
      });
    return text;
  }

  #clean(text: string): string {
    return this.#polish(this.#boilerplate?.push(text) ?? text);
  }

  #polish(text: string): string {
    const wanted = withoutUnwanted(text);
    const settled = this.#composition.push(this.reading.lowercase ? lowercased(wanted) : wanted);
    if (settled !== '') this.#isEmpty = false;
    return settled;
  }
}

/**
 * The text in `bytes`, all at once.
 * @param where the path, for the errors
 * @throws DissipaError where the bytes are empty, binary or in no encoding, and at which byte
 */
export function decodeText(bytes: Uint8Array, where: string, reading: Partial<Reading> = {}): string {
  const reader = new TextReader(where, reading);
  return reader.push(bytes) + reader.end();
}
