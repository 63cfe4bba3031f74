/** Do que pode haver de errado com o cálculo: backends, memória, números que transbordam. */
import { errorWords } from '../../error-words.js';

export const arithmetic = errorWords({
  'engine.no-native': () => ({
    where: '--engine native',
    found: 'não há kernels nativos aqui',
    advice: 'instale um compilador C e rode `npx dissipa engine --build`, ou use auto ou wasm',
  }),
  'engine.one-thread': ({ threads }) => ({
    where: `--threads ${threads}`,
    found: 'o backend é a referência',
    expected: 'que usa uma só thread; native e wasm usam várias',
    advice: 'retire-a, ou dê 1',
  }),
  'engine.no-platform': ({ platform }) => ({
    where: 'engine --build',
    found: `não há kernels nativos para ${platform}`,
    advice: 'wasm serve',
  }),
  'engine.no-compiler': () => ({
    found: 'nenhum compilador C foi encontrado',
    expected: 'esperado: gcc ou clang',
    advice: 'instale um (Debian, Ubuntu: apt install gcc; macOS: xcode-select --install), ou dê o nome em CC',
  }),
  'engine.interrupted': () => ({ where: 'engine --build', found: 'foi interrompido' }),
  'engine.not-compiled': ({ complaint }) => ({
    found: `não pôde compilar os kernels nativos (${complaint})`,
    advice: 'wasm serve até lá; CC dá o nome de outro compilador',
  }),
  'net.overflow': ({ layer, timestep, scalar }) => ({
    found: `${layer === null ? 'a camada de leitura deixou de ser finita' : `o estado da camada ${layer} deixou de ser finito`} no passo de tempo ${timestep} (contado de 0)`,
    expected: `esperado: números abaixo de ${scalar === 'f32' ? '3,4×10³⁸ (float32)' : '1,8×10³⁰⁸ (float64)'}`,
    advice: 'a rede explode no caminho de ida: use um checkpoint de antes disso, ou uma janela mais curta',
  }),
});
