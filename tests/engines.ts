/** The engines a suite is run against, each with the relative error it may show against float64. */
import type { Kernels } from '../src/kernels/kernels.js';
import { INSTRUCTION_SETS, openNative } from '../src/kernels/native.js';
import { openReference } from '../src/kernels/reference.js';
import { openWasm } from '../src/kernels/wasm.js';

export interface EngineUnderTest {
  readonly name: string;
  readonly open: () => Promise<Kernels>;
  readonly tolerance: number;
}

/** Of the native build, what this machine can run. */
const native = [
  ...INSTRUCTION_SETS.map((wanted) => ({ name: `native, ${wanted}`, options: { wanted } })),
  { name: 'native, 3 threads, every call cut', options: { threads: 3, grain: 1 } },
].flatMap(({ name, options }): EngineUnderTest[] => {
  const open = (): Kernels | null => openNative(options);
  if (open() === null) return [];
  return [{ name, open: () => Promise.resolve(open() as Kernels), tolerance: 1e-4 }];
});
if (native.length === 0) console.warn('no native kernels were built here: they are not tested');

export const engines: readonly EngineUnderTest[] = [
  { name: 'reference', open: () => Promise.resolve(openReference()), tolerance: 1e-9 },
  { name: 'wasm, SIMD128', open: () => openWasm({ allowRelaxed: false }), tolerance: 1e-4 },
  { name: 'wasm, relaxed SIMD', open: () => openWasm(), tolerance: 1e-4 },
  {
    name: 'wasm, 3 threads, every call cut',
    open: () => openWasm({ threads: 3, grain: 1 }),
    tolerance: 1e-4,
  },
  ...native,
];

/** One of each kind, with the memory that finds what is used after it was given back. */
export const poisonedEngines: readonly Pick<EngineUnderTest, 'name' | 'open'>[] = [
  { name: 'reference', open: () => Promise.resolve(openReference({ poison: true })) },
  { name: 'wasm', open: () => openWasm({ poison: true }) },
  ...(native.length > 0
    ? [{ name: 'native', open: () => Promise.resolve(openNative({ poison: true }) as Kernels) }]
    : []),
];

const float64 = ({ name, open }: EngineUnderTest): EngineUnderTest => ({
  name: `${name}, float64`,
  open: async () => (await open()).float64,
  tolerance: 1e-9,
});

/** What measures: the compiled engines in float64. */
export const float64Engines: readonly EngineUnderTest[] = engines.slice(1).map(float64);
/** One of each kind of compiled code, for suites that take long. */
export const fewFloat64Engines: readonly EngineUnderTest[] = float64Engines.filter(({ name }) =>
  /relaxed|cut/.test(name),
);
