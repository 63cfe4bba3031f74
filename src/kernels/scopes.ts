/** Whose memory is whose: what is allocated belongs to the scope or room at hand, and is given back with it. */
import type { Room, Scope } from './kernels.js';

/** What something belongs to. */
export interface Owner {
  /** All of it was given back. */
  readonly isOver: boolean;
}

class Holding<Block> implements Owner {
  isOver = false;
  readonly blocks: Block[] = [];
  readonly within = new Set<Holding<Block>>();

  constructor(readonly outer: Holding<Block> | null) {
    outer?.within.add(this);
  }
}

/** @template Block what is allocated at once */
export class Scopes<Block> {
  #atHand: Holding<Block> | null = null;

  constructor(private readonly giveBack: (block: Block) => void) {}

  /** To what is allocated now belongs; null where that is the engine. */
  get atHand(): Owner | null {
    return this.#atHand;
  }

  add(block: Block): void {
    this.#atHand?.blocks.push(block);
  }

  /** @see Kernels.scope */
  scope(): Scope {
    const holding = new Holding(this.#atHand);
    this.#atHand = holding;
    return {
      end: () => {
        if (this.#atHand !== holding) throw new Error('scopes end in the reverse of their order');
        this.#atHand = holding.outer;
        this.#empty(holding);
      },
    };
  }

  /** @see Kernels.room */
  room(): Room {
    const holding = new Holding(this.#atHand);
    return {
      fill: (work) => {
        if (holding.isOver) throw new Error('a room is filled that was given back');
        const before = this.#atHand;
        this.#atHand = holding;
        try {
          return work();
        } finally {
          this.#atHand = before;
        }
      },
      release: () => {
        this.#empty(holding);
      },
    };
  }

  #empty(holding: Holding<Block>): void {
    if (holding.isOver) return;
    holding.isOver = true;
    holding.outer?.within.delete(holding);
    for (const inner of [...holding.within]) this.#empty(inner);
    for (let block = holding.blocks.pop(); block !== undefined; block = holding.blocks.pop())
      this.giveBack(block);
  }
}
