/** The compiled kernels as machine code: a Node-API addon, where the build found a C compiler. */
import { canBeCompiledOn, addonPaths } from './addon.js';
import { outOfMemory } from '../base/memory.js';
import { Arena, PAGE } from './arena.js';
import type { CompiledCalls } from './compiled-code.js';
import { ARGUMENTS, GRAIN, compiledKernels, type CompiledOptions } from './compiled.js';
import type { Kernels } from './kernels.js';
import { isAskedFor } from './poison.js';

export const INSTRUCTION_SETS = ['avx512', 'avx2', 'baseline'] as const;
export type InstructionSet = (typeof INSTRUCTION_SETS)[number];

/** Address space kept for an engine; memory is taken as it is used. */
const MOST_BYTES = 2 ** 36;

interface Addon {
  /** Sets this thread up for an engine. @returns the instruction set, undefined where the machine lacks the one asked for */
  readonly select: (
    args: Float64Array,
    memory: Uint8Array,
    wanted: string,
    threads: number,
    grain: number,
  ) => InstructionSet | undefined;
}
type Calls = Addon & CompiledCalls;

class GrowingMemory extends Arena {
  readonly buffer: SharedArrayBuffer;

  constructor(mostBytes: number, isPoisoned: boolean) {
    super(isPoisoned);
    this.buffer = reserve(mostBytes);
  }

  protected get most(): number {
    return this.buffer.maxByteLength / 2 ** 20;
  }
  protected grow(pages: number): void {
    this.buffer.grow(this.buffer.byteLength + pages * PAGE);
  }
}

/** Less is of no use to a training. */
const LEAST_BYTES = 2 ** 24;

/**
 * As much address space as the system grants; where that is limited (`ulimit -v`), half of it, as threads, files and
 * JavaScript's own memory need some too.
 */
function reserve(mostBytes: number): SharedArrayBuffer {
  let isLimited = false;
  for (let bytes = mostBytes; ; bytes /= 2) {
    try {
      const buffer = new SharedArrayBuffer(PAGE, { maxByteLength: bytes });
      if (!isLimited || bytes <= LEAST_BYTES) return buffer;
      return new SharedArrayBuffer(PAGE, { maxByteLength: bytes / 2 });
    } catch (error) {
      if (bytes <= LEAST_BYTES) throw outOfMemory(bytes, null, error);
      // Else the engine of JavaScript has no buffers of this length at all.
      isLimited ||= error instanceof RangeError && /allocation/.test(error.message);
    }
  }
}

/**
 * The engine whose memory the addon is set up for, of those in this thread: also of those that another copy of this
 * module has opened, since the addon is the same.
 */
const addonState = ((globalThis as Record<symbol, unknown>)[Symbol.for('dissipa.native')] ??= {
  selected: null,
}) as { selected: object | null };

export interface NativeOptions extends CompiledOptions {
  /** Address space that its memory can grow into. */
  readonly mostBytes?: number;
  /** A set of instructions, instead of the widest the machine has. */
  readonly wanted?: InstructionSet;
}

/** A fresh engine with a memory of its own; null where there is no native build, or the machine lacks what is wanted. */
export function openNative({
  wanted,
  threads = 1,
  grain = GRAIN,
  mostBytes = MOST_BYTES,
  poison = isAskedFor(),
}: NativeOptions = {}): Kernels | null {
  const found = loadAddon();
  if (found instanceof Error) return null;
  const { calls } = found;
  const arena = new GrowingMemory(mostBytes, poison);
  const args = new Float64Array(ARGUMENTS);
  const select = (): InstructionSet | undefined =>
    calls.select(args, new Uint8Array(arena.buffer), wanted ?? '', threads, grain);
  const set = select();
  addonState.selected = null;
  if (set === undefined) return null;
  const engine = {};
  const before = (): void => {
    if (addonState.selected === engine) return;
    select();
    addonState.selected = engine;
  };
  const facts = { name: `native (${set})`, flushesDenormals: true, threads };
  return compiledKernels(facts, { calls, args, before }, arena);
}

/** Why there are no native kernels here: `browser`, `not-built`, or what the system says; null where there are. */
export function whyNoNative(): string | null {
  const found = loadAddon();
  return found instanceof Error ? found.message.split('\n')[0] : null;
}

/** Where the native kernels were loaded from; null where there are none. */
export function nativePath(): string | null {
  const found = loadAddon();
  return found instanceof Error ? null : found.path;
}

/** There are none here, but a C compiler could make them: `dissipa engine --build`. */
export const wantsBuild = (): boolean =>
  typeof process !== 'undefined' && canBeCompiledOn(process.platform) && loadAddon() instanceof Error;

interface Loaded {
  readonly path: string;
  readonly calls: Calls;
}

function loadAddon(): Loaded | Error {
  if (typeof process === 'undefined') return new Error('browser');
  let reason = new Error('not-built');
  for (const path of addonPaths()) {
    const addon: { exports: Partial<Calls> } = { exports: {} };
    try {
      process.dlopen(addon, path);
      return { path, calls: addon.exports as Calls };
    } catch (error) {
      reason = error as Error;
    }
  }
  return reason;
}
