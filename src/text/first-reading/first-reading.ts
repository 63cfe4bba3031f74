/** How texts were read before there were versions of it: runs and comparisons begun then go on with it. */
import { noChanges, type Changes } from '../controls.js';
import type { Guess } from '../encoding/guess.js';
import type { Cut } from '../gutenberg/boilerplate.js';
import type { HowToRead } from '../reading.js';
import { FirstBoilerplate } from './boilerplate.js';
import { LineEnds, withoutUnwanted } from './clean.js';
import { FirstDecoder } from './decoder.js';

/** @see Steps; what was removed was not counted */
export class FirstReading {
  readonly #decoder: FirstDecoder;
  readonly #lineEnds = new LineEnds();
  readonly #boilerplate: FirstBoilerplate | null;
  readonly isNamed: boolean;
  readonly guess: Guess | undefined = undefined;
  readonly doubt = null;
  readonly mentions = 0;

  constructor(where: string, { encoding = 'auto', keepBoilerplate = false }: HowToRead) {
    this.isNamed = encoding !== 'auto';
    this.#decoder = new FirstDecoder(where, encoding);
    this.#boilerplate = keepBoilerplate ? null : new FirstBoilerplate();
  }

  push(bytes: Uint8Array): string {
    return this.#clean(this.#lineEnds.push(this.#decoder.push(bytes)));
  }

  end(): string {
    const last = this.#clean(this.#lineEnds.push(this.#decoder.end()) + this.#lineEnds.end());
    return last + withoutUnwanted(this.#boilerplate?.end() ?? '');
  }

  #clean(text: string): string {
    return withoutUnwanted(this.#boilerplate?.push(text) ?? text);
  }

  get encoding(): string {
    return this.#decoder.encoding;
  }
  get cuts(): readonly Cut[] {
    const characters = this.#boilerplate?.cut ?? 0;
    return characters === 0 ? [] : [{ characters, begins: '', ends: '' }];
  }
  get changes(): Changes {
    return noChanges();
  }
}
