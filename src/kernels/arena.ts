/** Where an engine's matrices lie. */
import { outOfMemory } from '../base/memory.js';
import type { EngineMemory } from '../base/matrix.js';
import { POISON, QUARANTINE } from './poison.js';
import { Scopes } from './scopes.js';

export const PAGE = 65536;
/** Of every address and size: what a vector's width divides. */
const UNIT = 64;
const inUnits = (bytes: number): number => Math.ceil(bytes / UNIT) * UNIT;

interface Stretch {
  from: number;
  to: number;
}

/** A flat memory. It grows where it lies, so views of it stay good; what was given back is handed out again first. */
export abstract class Arena implements EngineMemory {
  readonly scopes = new Scopes<Stretch>((stretch) => {
    this.#giveBack(stretch);
  });
  #end = UNIT; // address 0 is none
  /** Beyond it nothing was handed out yet: all zeros. */
  #fresh = UNIT;
  #held = 0;
  /** Between what is handed out, in order; no two touch, and none touches the end. */
  readonly #holes: Stretch[] = [];
  /** Poisoned, and not handed out yet; the oldest first. */
  readonly #quarantine: Stretch[] = [];
  #quarantined = 0;

  /** @param isPoisoned @see poison.ts */
  constructor(readonly isPoisoned: boolean) {}

  abstract get buffer(): ArrayBufferLike;
  /** MiB that it can grow to. */
  protected abstract readonly most: number;
  /** Makes the buffer so much larger. @throws where the system, or the limit, does not let it */
  protected abstract grow(pages: number): void;

  /** What lies below is taken. */
  startAt(address: number): void {
    this.#end = inUnits(address);
  }

  /** @see Kernels.held */
  get held(): number {
    return this.#held;
  }

  /** Room for `bytes` zeros, at an address that is a multiple of 64: the scope's at hand. */
  allocate(bytes: number): number {
    const size = inUnits(bytes);
    if (size === 0) return UNIT;
    const from = this.#take(size);
    const to = from + size;
    if (from < this.#fresh) new Uint8Array(this.buffer, from, Math.min(to, this.#fresh) - from).fill(0);
    this.#fresh = Math.max(this.#fresh, to);
    this.#held += size;
    this.scopes.add({ from, to });
    return from;
  }

  /** The first hole that is large enough, else the end. */
  #take(size: number): number {
    const at = this.#holes.findIndex(({ from, to }) => to - from >= size);
    if (at >= 0) {
      const hole = this.#holes[at];
      const { from } = hole;
      hole.from += size;
      if (hole.from === hole.to) this.#holes.splice(at, 1);
      return from;
    }
    const from = this.#end;
    const end = from + size;
    const missing = Math.ceil(end / PAGE) - this.buffer.byteLength / PAGE;
    if (missing > 0) {
      try {
        this.grow(missing);
      } catch (error) {
        throw outOfMemory(end, this.most, error);
      }
    }
    this.#end = end;
    return from;
  }

  #giveBack(stretch: Stretch): void {
    const size = stretch.to - stretch.from;
    this.#held -= size;
    if (!this.isPoisoned) {
      this.#free(stretch);
      return;
    }
    new Uint8Array(this.buffer, stretch.from, size).fill(POISON);
    this.#quarantine.push(stretch);
    this.#quarantined += size;
    while (this.#quarantined > QUARANTINE) {
      const oldest = this.#quarantine.shift();
      if (oldest === undefined) return;
      this.#quarantined -= oldest.to - oldest.from;
      this.#free(oldest);
    }
  }

  #free({ from, to }: Stretch): void {
    const holes = this.#holes;
    let at = holes.length;
    while (at > 0 && holes[at - 1].from > from) at--;
    const hole = { from, to };
    if (at < holes.length && holes[at].from === to) hole.to = holes.splice(at, 1)[0].to;
    if (at > 0 && holes[at - 1].to === from) hole.from = holes.splice(--at, 1)[0].from;
    if (hole.to === this.#end) this.#end = hole.from;
    else holes.splice(at, 0, hole);
  }
}
