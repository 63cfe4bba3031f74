/** Where an engine's matrices lie. */
import { outOfMemory } from '../base/memory.js';
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
  /** MiB that it can grow to. */
  protected abstract readonly most: number;
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
      } catch (error) {
        throw outOfMemory(end, this.most, error);
      }
    }
    if (address < this.#fresh)
      new Uint8Array(this.buffer, address, Math.min(end, this.#fresh) - address).fill(0);
    this.#end = end;
    this.#fresh = Math.max(this.#fresh, end);
    return address;
  }
}
