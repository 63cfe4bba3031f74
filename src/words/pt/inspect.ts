/** O relatório de `inspect`: seções, fatos e tabelas, no terminal e na página. */
import type { inspect as english } from '../en/inspect.js';
import { findings } from './findings.js';
import { memory } from './memory.js';
import { numbers } from './numbers.js';

const { count, counted, fixed } = numbers;
const timesteps = (many: number): string => counted(many, 'passo de tempo', 'passos de tempo');
const sequences = (many: number): string => counted(many, 'sequência');
const bits = (nats: number): string => fixed(nats / Math.LN2, 3);

export const inspect: typeof english = {
  memory,
  findings,

  texts: {
    bundled: 'o corpus que vem com o programa',
    heldOut: 'o texto reservado do próprio treino',
    own: 'o texto do próprio treino',
    heldOutRecords: 'os registros reservados do próprio treino',
    ownRecords: 'os registros do próprio treino',
  },

  facts: {
    model: (cell, layers, hidden, symbols) => `${cell} ${layers}×${hidden}, ${counted(symbols, 'símbolo')}`,
    measured: ({ rows, timesteps: window }, text, loss) =>
      `medido em ${sequences(rows)} de ${timesteps(window)} (${text}): perda de ${bits(loss.window)} bits por caractere, e de ${bits(loss.last)} no último passo de tempo`,
    logs: (step, lines) =>
      `registros até a iteração ${count(step)}, com ${counted(lines, 'linha')} de gradientes`,
  },

  terminal: {
    reach: 'Quanto sobra do gradiente da última perda, por defasagem (lag: passos de tempo de volta)',
    course: 'O mesmo, ao longo do treino',
    saturation: 'Saturação por passo de tempo (0 a 100%)',
    activation: 'Ativação média das portas por passo de tempo (0 a 1)',
    clipping: 'Recorte do gradiente',
  },

  tables: {
    shares: ['camada', 'de', 'média', 'do primeiro passo de tempo ao último'],
  },

  page: {
    title: (name) => `${name}: o gradiente no caminho de volta`,
    footer:
      'Feita por dissipa inspect. Números completos: dissipa inspect --json, --csv, --parquet; os da janela estão embutidos nesta página.',
    facts: {
      model: 'modelo',
      symbols: 'símbolos',
      window: 'janela',
      text: 'texto',
      loss: 'perda',
      trained: 'treinado',
      engine: 'backend',
      begun: 'início',
    },
    window: (rows, window) => `${sequences(rows)} × ${timesteps(window)}`,
    loss: (nats) => `${bits(nats)} bits/caractere`,
    trained: (step) => counted(step, 'iteração', 'iterações'),
    headings: {
      reach: 'Quanto sobra do gradiente da última perda',
      training: 'Como se chegou aqui: a curva por defasagem ao longo do treino',
      progress: 'O treino',
    },
    reach:
      'O gradiente da perda do último passo de tempo, sozinho, seguido de volta no tempo (retropropagação através do tempo, BPTT): a norma √(‖∂h‖² + ‖∂c‖²) do estado de cada camada k passos de tempo atrás (a defasagem k, lag), relativa à defasagem 0, em escala logarítmica.',
    byLag: 'Por defasagem, todas as camadas',
    training:
      'Cada coluna é uma curva por defasagem, como era naquela iteração do treino; onde é claro, o gradiente chega longe.',
    memoryByStep: 'A defasagem em que sobra 1%, por iteração',
    memoryEdge: 'Na altura da janela: além dela.',
    bestLoss: (step, nats) =>
      `A perda de validação é a menor na iteração ${count(step)}: ${bits(nats)} bits por caractere.`,
    lastLoss: (step, nats) => `Na iteração ${count(step)} a perda é de ${bits(nats)} bits por caractere.`,
    passage: {
      strongest: 'a influência mais forte sobre ele',
      choose: 'passe o ponteiro ou toque num caractere para escolhê-lo, ou use ← e →',
      label: 'texto, colorido conforme o que influencia o caractere escolhido',
    },
  },
};
