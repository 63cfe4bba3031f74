/** What can be wrong with the arithmetic: engines, memory, numbers that overflow. */
import { errorWords } from '../../error-words.js';

export const arithmetic = errorWords({
  'engine.no-native': () => ({
    where: '--engine native',
    found: 'there are no native kernels here',
    advice: 'install a C compiler and run `npx dissipa engine --build`, or take auto or wasm',
  }),
  'engine.one-thread': ({ threads }) => ({
    where: `--threads ${threads}`,
    found: 'the engine is the reference',
    expected: 'it runs on one thread; native and wasm on several',
    advice: 'leave it out, or give 1',
  }),
  'engine.no-platform': ({ platform }) => ({
    where: 'engine --build',
    found: `there are no native kernels for ${platform}`,
    advice: 'wasm serves',
  }),
  'engine.no-compiler': () => ({
    found: 'no C compiler was found',
    expected: 'expected gcc or clang',
    advice: 'install one (Debian, Ubuntu: apt install gcc; macOS: xcode-select --install), or name it in CC',
  }),
  'engine.interrupted': () => ({ where: 'engine --build', found: 'was interrupted' }),
  'engine.not-compiled': ({ complaint }) => ({
    found: `could not compile the native kernels (${complaint})`,
    advice: 'wasm serves until then; CC names another compiler',
  }),
  'net.overflow': ({ layer, timestep, scalar }) => ({
    found: `${layer === null ? 'the readout' : `the state of layer ${layer}`} is no longer finite at timestep ${timestep} (counted from 0)`,
    expected: `expected numbers below ${scalar === 'f32' ? '3.4×10³⁸ (float32)' : '1.8×10³⁰⁸ (float64)'}`,
    advice: 'the net explodes on its way forward: take a checkpoint from before that, or a shorter window',
  }),
});
