/** Where an engine's matrices lie. */
import { DissipaError } from '../base/errors.js';
import type { Memory } from '../base/matrix.js';
import type { Scope } from './kernels.js';

export const PAGE = 65536;

/**
 * A flat memory that is handed out front to back, and given back from the end of a scope on. It grows where it lies, so
 * views of it stay good.
 */
export abstract class Arena implements Memory {
  #end = 64; // address 0 is none
  /** Beyond it nothing was handed out yet: all zeros. */
  #fresh = 64;
  readonly #scopes: object[] = [];

  abstract get buffer(): ArrayBufferLike;
  /** In words, for who asks for more: `4096 MiB at most`. */
  protected abstract readonly limit: string;
  /** Makes the buffer so much larger. @throws where the system, or the limit, does not let it */
  protected abstract grow(pages: number): void;

  /** What lies below is taken. */
  startAt(address: number): void {
    this.#end = address;
  }

  /** @see Kernels.scope */
  scope(): Scope {
    const begun = this.#end;
    const scope: Scope = {
      end: () => {
        if (this.#scopes.at(-1) !== scope) throw new Error('scopes end in the reverse of their order');
        this.#scopes.pop();
        this.#end = begun;
      },
    };
    this.#scopes.push(scope);
    return scope;
  }

  /** Room for `bytes` zeros, at an address that is a multiple of 64. */
  allocate(bytes: number): number {
    const address = Math.ceil(this.#end / 64) * 64;
    const end = address + bytes;
    const missing = Math.ceil(end / PAGE) - this.buffer.byteLength / PAGE;
    if (missing > 0) {
      try {
        this.grow(missing);
      } catch {
        throw new DissipaError({
          where: 'memory',
          found: `${Math.ceil(end / 2 ** 20)} MiB asked for`,
          expected: `${this.limit}, and no more than the machine has`,
          advice: 'take a smaller --hidden, --layers, --batch or --window',
        });
      }
    }
    if (address < this.#fresh)
      new Uint8Array(this.buffer, address, Math.min(end, this.#fresh) - address).fill(0);
    this.#end = end;
    this.#fresh = Math.max(this.#fresh, end);
    return address;
  }
}
