/** The compiled kernels as WebAssembly, with relaxed SIMD (fused multiply-add) where the runtime has it. */
import { DissipaError } from '../base/errors.js';
import { CompiledKernels, type Arena, type Exports } from './compiled.js';
import { relaxed, simd } from './wasm-binary.js';

const PAGE = 65536;
/** What a 32-bit address reaches. */
const MOST_PAGES = 65536;

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Node 20 knows relaxed SIMD, but only behind a flag that must be set before the first compilation. */
function allowRelaxedSimd(): void {
  if (typeof process === 'undefined') return;
  process.getBuiltinModule('node:v8').setFlagsFromString('--experimental-wasm-relaxed-simd');
}

class LinearMemory implements Arena {
  readonly memory = new WebAssembly.Memory({ initial: 16, maximum: MOST_PAGES });
  #end = 0;

  get buffer(): ArrayBufferLike {
    return this.memory.buffer;
  }

  startAt(address: number): void {
    this.#end = address;
  }

  allocate(bytes: number): number {
    const address = Math.ceil(this.#end / 64) * 64;
    const end = address + bytes;
    const missing = Math.ceil(end / PAGE) - this.memory.buffer.byteLength / PAGE;
    // Growing moves the whole memory, so it is done in few large steps.
    const wanted = Math.max(missing, Math.min(this.memory.buffer.byteLength / PAGE, 1024));
    if (missing > 0 && !this.#grow(wanted) && !this.#grow(missing))
      throw new DissipaError({
        where: 'memory',
        found: `${Math.ceil(end / 2 ** 20)} MiB asked for`,
        expected: `${MOST_PAGES / 16} MiB at most with wasm, and no more than the machine has`,
        advice: 'take a smaller --hidden, --layers, --batch or --window',
      });
    this.#end = end;
    return address;
  }

  #grow(pages: number): boolean {
    try {
      this.memory.grow(pages);
      return true;
    } catch {
      return false;
    }
  }
}

/**
 * A fresh engine with a memory of its own.
 * @param allowRelaxed without it the SIMD128 build is taken, whose results are the same on every machine.
 */
export async function openWasm(allowRelaxed = true): Promise<CompiledKernels> {
  if (allowRelaxed) allowRelaxedSimd();
  const relaxedBytes = decodeBase64(relaxed);
  const isRelaxed = allowRelaxed && WebAssembly.validate(relaxedBytes);
  const arena = new LinearMemory();
  const module = await WebAssembly.compile(isRelaxed ? relaxedBytes : decodeBase64(simd));
  const { exports } = await WebAssembly.instantiate(module, { env: { memory: arena.memory } });
  arena.startAt((exports.__heap_base as WebAssembly.Global<'i32'>).value);
  return new CompiledKernels(
    `wasm (${isRelaxed ? 'relaxed SIMD' : 'SIMD128'})`,
    exports as Exports,
    arena,
    false,
  );
}
