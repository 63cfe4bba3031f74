/**
 * Every call by which this process changes the disk, counted: opening to write, writing, flushing, cutting, renaming,
 * linking, removing, making a folder. The n-th can fail, or be the last that happens. Loaded before the program, whose
 * own files know nothing of it.
 */
import { open as openFile } from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';

/** torn: half of the bytes, then death. short: half of the bytes, then a full disk. */
export const FAULTS = ['kill', 'torn', 'ENOSPC', 'EIO', 'short'] as const;
export type Fault = (typeof FAULTS)[number];

export interface Plan {
  /** From 1 on; beyond the last, nothing happens. */
  readonly at: number;
  readonly how: Fault;
}

type Call = (this: unknown, ...args: unknown[]) => Promise<unknown>;
type Calls = Record<string, Call>;

/** Changes everything that Node's promises of files do; there is no way back. */
export class Disk {
  #plan: Plan | null = null;
  #count = 0;
  #isDead = false;

  /** @param die ends the process, or returns, where it is only played */
  private constructor(private readonly die: () => void) {}

  static async patch(die: () => void): Promise<Disk> {
    const disk = new Disk(die);
    const promises = createRequire(import.meta.url)('node:fs/promises') as Calls;
    const handle = await openFile('/dev/null');
    const methods = Object.getPrototypeOf(handle) as Calls;
    await handle.close();
    for (const name of ['rename', 'link', 'unlink', 'mkdir', 'rm']) disk.#replace(promises, name);
    disk.#replace(promises, 'open', ([, flags]) => typeof flags === 'string' && /[wa+]/.test(flags));
    for (const name of ['writeFile', 'sync', 'truncate']) disk.#replace(methods, name);
    syncBuiltinESMExports();
    return disk;
  }

  /** Begins another life. */
  begin(plan: Plan | null): void {
    this.#plan = plan;
    this.#count = 0;
    this.#isDead = false;
  }

  /** Calls since then. */
  get count(): number {
    return this.#count;
  }

  #replace(calls: Calls, name: string, counts: (args: readonly unknown[]) => boolean = () => true): void {
    const original = calls[name];
    const gate = (target: unknown, args: unknown[]): Promise<unknown> =>
      counts(args)
        ? this.#pass(() => original.apply(target, args), halved(original, name, target, args))
        : original.apply(target, args);
    calls[name] = function (this: unknown, ...args: unknown[]) {
      return gate(this, args);
    };
  }

  async #pass(perform: () => Promise<unknown>, half: (() => Promise<unknown>) | null): Promise<unknown> {
    if (this.#isDead) throw errorOf('EIO');
    this.#count++;
    if (this.#plan?.at !== this.#count) return perform();
    const { how } = this.#plan;
    if (how === 'torn' || how === 'short') await half?.();
    if (how === 'kill' || how === 'torn') {
      this.die();
      this.#isDead = true;
    }
    throw errorOf(how === 'EIO' ? 'EIO' : 'ENOSPC');
  }
}

/** The first half of a write; null for what writes nothing. */
function halved(original: Call, name: string, target: unknown, args: readonly unknown[]) {
  const [bytes, ...rest] = args;
  if (name !== 'writeFile' || !(typeof bytes === 'string' || bytes instanceof Uint8Array)) return null;
  return () => original.call(target, bytes.slice(0, bytes.length >> 1), ...rest);
}

const errorOf = (code: string): Error => Object.assign(new Error(`${code}: as planned`), { code });
