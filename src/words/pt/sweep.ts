/** O que `sweep`, `worker` e uma fila dizem. */
import type { sweep as english } from '../en/sweep.js';
import { numbers } from './numbers.js';

const { count } = numbers;

const s = (n: number, one: string, several = `${one}s`): string => `${count(n)} ${n === 1 ? one : several}`;

export const sweep: typeof english = {
  facts: (jobs, settings, done) =>
    `${s(jobs, 'treino')} de ${s(settings, 'configuração', 'configurações')}${done > 0 ? `, ${s(done, 'já pronto', 'já prontos')}` : ''}`,
  characters: (characters, heldOut, symbols) =>
    `${s(characters, 'caractere')}, ${s(heldOut, 'reservado')}, ${s(symbols, 'símbolo')}`,
  part: (part, of) => `parte ${part} de ${of}`,
  rungs: (lines) =>
    `redução sucessiva (successive halving): ${lines.map(({ jobs, percent }) => `${count(jobs)} até ${percent}`).join(', ')} das iterações`,
  progress: (done, jobs, running) =>
    `${count(done)} de ${s(jobs, 'pronto')}${running > 0 ? `, ${count(running)} em andamento` : ''}`,
  bits: (bits) => `${bits} bits/caractere`,
  bestSoFar: (bits) => `melhor: ${bits} bits/caractere`,
  left: (time) => `faltam ${time}`,
  finished: (job, ended, bits) =>
    `${job}: ${{ steps: '', patience: 'parou de melhorar, ', halving: 'em pausa, ', diverged: 'divergiu' }[ended]}${ended === 'diverged' ? '' : `${bits ?? '–'} bits/caractere`}`,
  interrupted: (done, jobs, command) =>
    `interrompido, ${count(done)} de ${s(jobs, 'treino')} prontos; continue com: ${command}`,
  partDone: (part, of) =>
    `A parte ${part} de ${of} está pronta. Quando todas estiverem: dissipa sweep --merge PASTA…`,
  best: 'Melhor configuração',
  one: 'A única configuração',
  command: 'Para treiná-la sozinha:',
  settings: (shown, all) =>
    shown < all
      ? `As ${count(shown)} melhores de ${count(all)} configurações`
      : 'Todas as configurações, da melhor à pior',
  head: { loss: 'bits/caractere', seeds: 'treinos', ended: '', seconds: 'tempo de cada' },
  axes: 'Bits por caractere ao longo de cada eixo, sobre todos os treinos com aquele valor',
  axisHead: { axis: 'eixo', value: 'valor', mean: 'média', best: 'melhor', runs: 'treinos' },
  states: { stopped: 'parou antes do fim', diverged: 'divergiu' },
  diverged: (n) => (n === 0 ? '' : `, ${s(n, 'divergiu', 'divergiram')}`),
  nothing: 'Nenhum treino está pronto ainda.',
  lower: (isSpread) =>
    `Perda no texto reservado: menor é melhor${isSpread ? '; ± é o desvio padrão entre treinos' : ''}.`,
  wrote: (path) => `gravado: ${path}`,
  queued: (jobs, address) => `${s(jobs, 'treino')} na fila em ${address}`,
  waitingForWorkers: (version) =>
    `ainda não há worker da versão ${version}; inicie alguns: npx dissipa worker --queue …`,
  watch: {
    workers: (n, jobs) => (n === 0 ? 'nenhum worker' : `${s(n, 'worker')}, ${count(jobs)} por vez`),
    others: (versions, own) => `workers da versão ${versions} não aceitam treinos da versão ${own}`,
    counts: (running, waiting, failed) =>
      `${count(running)} em andamento, ${count(waiting)} à espera${failed > 0 ? `, ${s(failed, 'falhou', 'falharam')}` : ''}`,
    study: (study, text, done, jobs) =>
      `${{ sweep: 'varredura', compare: 'comparação' }[study]} de ${text}: ${count(done)} de ${s(jobs, 'pronto')}`,
    unattended: 'ninguém está recebendo os resultados: continue com --resume e --queue',
    on: (host) => `em ${host}`,
    more: (hidden) => `… e mais ${count(hidden)}`,
    empty: (address) => `a fila em ${address} está vazia`,
  },
  workerReady: (address, jobs) => `à espera de treinos em ${address}, ${count(jobs)} por vez; Ctrl-C encerra`,
  workerTook: (job, step) => (step > 0 ? `${job}: continua da iteração ${count(step)}` : `${job}: começa`),
  workerEnded:
    'nenhum treino novo é aceito; os que estão em andamento voltam à fila com seu último checkpoint',
  page: {
    title: 'dissipa sweep',
    bundled: 'o corpus incluído',
    texts: (n) => s(n, 'texto'),
    parallel: 'Cada treino como uma linha',
    parallelHow: (isAnyStopped) =>
      `Cada linha é um treino e cruza cada eixo no seu valor; o último eixo é a perda no texto reservado: menor é melhor. Em cor: o melhor décimo, ao menos um.${isAnyStopped ? ' Tracejadas: as dos treinos que pararam antes do fim.' : ''}`,
    parallelLabel: (jobs) => `Coordenadas paralelas de ${s(jobs, 'treino')}`,
    byAxis: 'Por eixo',
    settings: 'Configurações',
    loss: 'bits/caractere',
    footer:
      'Feita por dissipa sweep. Todos os resultados completos estão embutidos nesta página, como em results.jsonl.',
    facts: {
      text: 'texto',
      runs: 'treinos',
      settings: 'configurações',
      engine: 'backend',
      begun: 'início',
    },
    diverged: (n) => `${s(n, 'treino divergiu e não tem linha', 'treinos divergiram e não têm linha')}.`,
  },
};
