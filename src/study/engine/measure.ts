/** The engines of this machine: which there are, how fast their products are, and which is taken. */
import { openEngine, type EngineName, type Threads } from '../../kernels/engine.js';
import type { Kernels } from '../../kernels/kernels.js';
import { INSTRUCTION_SETS, openNative, whyNoNative } from '../../kernels/native.js';
import { openReference } from '../../kernels/reference.js';
import { productSpeed } from '../../kernels/speed.js';
import { THREADED, threadTrials, type ThreadTrial } from '../../kernels/threads.js';
import { openWasm } from '../../kernels/wasm.js';

export interface EngineEntry {
  readonly name: string;
  /** Of products on one thread, 10⁹ operations a second; null where it is not there. */
  readonly gflops: number | null;
  /** Why it is not there: `browser`, `not-built`, `no-instructions`, or what the system says. */
  readonly missing: string | null;
}

export interface EngineSurvey {
  readonly inUse: { readonly name: string; readonly threads: number; readonly gflops: number };
  readonly engines: readonly EngineEntry[];
  /** How `--threads auto` found its number; empty where the engine has but one thread. */
  readonly trials: readonly ThreadTrial[];
}

/** @throws UsageError as `openEngine` */
export async function surveyEngines(engine: EngineName, threads: Threads): Promise<EngineSurvey> {
  const inUse = await openEngine(engine, threads);
  return {
    inUse: { name: inUse.name, threads: inUse.threads, gflops: speedOf(inUse) },
    engines: [...nativeEntries(), entry(await openWasm()), entry(openReference())],
    trials: threads === 'auto' ? await trialsOf(inUse) : [],
  };
}

async function trialsOf({ name }: Kernels): Promise<readonly ThreadTrial[]> {
  const threaded = THREADED.find((engine) => name.startsWith(engine));
  return threaded ? threadTrials(threaded) : [];
}

function nativeEntries(): EngineEntry[] {
  const reason = whyNoNative();
  if (reason !== null) return [{ name: 'native', gflops: null, missing: reason }];
  return INSTRUCTION_SETS.map((wanted) => {
    const kernels = openNative({ wanted });
    return kernels
      ? entry(kernels)
      : { name: `native (${wanted})`, gflops: null, missing: 'no-instructions' };
  });
}

const entry = (kernels: Kernels): EngineEntry => ({
  name: kernels.name,
  gflops: speedOf(kernels),
  missing: null,
});

/** The reference is a hundred times slower than the others, and need not be told to the last digit. */
const speedOf = (kernels: Kernels): number =>
  kernels.scalar === 'f64' ? productSpeed(kernels, 64, 3) : productSpeed(kernels);
