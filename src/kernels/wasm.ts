/** The compiled kernels as WebAssembly, with relaxed SIMD (fused multiply-add) where the runtime has it. */
import { failure } from '../base/errors.js';
import { Arena } from './arena.js';
import type { CompiledCalls } from './compiled-code.js';
import { ARGUMENTS, GRAIN, compiledKernels, type CompiledOptions } from './compiled.js';
import type { Kernels } from './kernels.js';
import { isAskedFor } from './poison.js';
import { relaxed, simd } from './wasm-binary.js';
import { nodeThreads, startThreads, type StartThread } from './wasm-threads.js';

/** Around a memory of any size V8 keeps what a 33-bit offset reaches, and may ask for it twice to align it. */
const GUARDED_GIB = 10;
/** What a 32-bit address reaches. */
const MOST_PAGES = 65536;
/** What a module exports beside the kernels. */
interface Setup {
  readonly __heap_base: WebAssembly.Global<'i32'>;
  readonly bytes_of_team: (threads: number) => number;
  /** `team`: the address of its room, 0 for one thread. */
  readonly select: (args: number, team: number, threads: number, grain: number) => void;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * V8 has relaxed SIMD from 11.4 on; Node 20's, 11.3, only behind a flag that must be set before the first compilation and that
 * later ones do not know.
 */
export const wantsRelaxedFlag = (v8: string | undefined): boolean => {
  const [major, minor] = (v8 ?? '').split('.').map(Number);
  return major === 11 && minor < 4;
};

function allowRelaxedSimd(): void {
  if (typeof process === 'undefined' || !wantsRelaxedFlag(process.versions.v8)) return;
  process.getBuiltinModule('node:v8').setFlagsFromString('--experimental-wasm-relaxed-simd');
}

/** Shared, also where one thread runs: it then grows where it lies. */
class LinearMemory extends Arena {
  readonly memory = reserve();
  protected readonly most = MOST_PAGES / 16;

  get buffer(): ArrayBufferLike {
    return this.memory.buffer;
  }
  protected grow(pages: number): void {
    this.memory.grow(pages);
  }
}

/** As much address space as the system grants. */
function reserve(): WebAssembly.Memory {
  for (let maximum = MOST_PAGES; ; maximum /= 2) {
    try {
      return new WebAssembly.Memory({ initial: 32, maximum, shared: true });
    } catch (error) {
      if (maximum <= 4096)
        throw failure('memory.address-space', { engine: 'wasm', gibibytes: GUARDED_GIB }, { cause: error });
    }
  }
}

export interface WasmOptions extends CompiledOptions {
  /** Without relaxed SIMD the SIMD128 build is taken, whose results are the same on every machine. */
  readonly allowRelaxed?: boolean;
  /** How a thread is started where this is not Node; null or left out: there is one thread, whatever is asked. */
  readonly start?: StartThread | null;
}

/** A fresh engine with a memory of its own. */
export async function openWasm({
  allowRelaxed = true,
  threads: wanted = 1,
  grain = GRAIN,
  poison = isAskedFor(),
  start = nodeThreads(),
}: WasmOptions = {}): Promise<Kernels> {
  const threads = start ? wanted : 1;
  if (allowRelaxed) allowRelaxedSimd();
  const relaxedBytes = decodeBase64(relaxed);
  const isRelaxed = allowRelaxed && WebAssembly.validate(relaxedBytes);
  const arena = new LinearMemory(poison);
  const { memory } = arena;
  const module = await WebAssembly.compile(isRelaxed ? relaxedBytes : decodeBase64(simd));
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const setup = exports as unknown as Setup;
  arena.startAt(setup.__heap_base.value);
  const args = new Float64Array(memory.buffer, arena.allocate(8 * ARGUMENTS), ARGUMENTS);
  const team = threads > 1 ? arena.allocate(setup.bytes_of_team(threads)) : 0;
  setup.select(args.byteOffset, team, threads, grain);
  const facts = {
    name: `wasm (${isRelaxed ? 'relaxed SIMD' : 'SIMD128'})`,
    flushesDenormals: false,
    threads,
  };
  const code = { calls: exports as CompiledCalls, args, before: () => undefined };
  const kernels = compiledKernels(facts, code, arena);
  if (team > 0 && start)
    await startThreads({ module, memory, team, members: threads - 1, arena, owner: kernels }, start);
  return kernels;
}
