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
    reach: 'Quanto sobra do gradiente da última perda, por passos de tempo de volta',
    course: 'O mesmo, ao longo do treino',
    totalHides: 'Por que o gradiente total não mostra isso',
    split: 'Para onde vai, em potências de dez por passo de volta',
    saturation: 'Saturação por passo de tempo (0 a 100%)',
    activation: 'Ativação média das portas por passo de tempo (0 a 1)',
    beyond: 'Além da última perda e da janela',
    updates: 'Recorte do gradiente e mudança dos pesos',
  },

  tables: {
    theory: (recurrent) => ['camada', `${recurrent} de`, 'σ₁', 'raio espectral'],
    shares: ['camada', 'de', 'média', 'do primeiro passo de tempo ao último'],
    updates: ['tensor', '‖Δw‖/‖w‖ de uma iteração'],
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
      total: 'O gradiente total parece plano e esconde a dissipação',
      totalBeside: 'O gradiente total ao lado',
      training: 'Como se chegou aqui: a curva por defasagem ao longo do treino',
      theory: 'A teoria ao lado da medida',
      listening: 'De que depende cada caractere',
      matrix: 'Cada perda e cada estado',
      progress: 'O treino',
    },
    reach:
      'O gradiente da perda do último passo de tempo, sozinho, seguido de volta no tempo (retropropagação através do tempo, BPTT): a norma √(‖∂h‖² + ‖∂c‖²) do estado de cada camada k passos de tempo atrás (a defasagem k, lag), relativa à defasagem 0, em escala logarítmica.',
    byLag: 'Por defasagem, todas as camadas',
    total: (hides) =>
      `O total ‖∂L/∂h_t‖ é o que a maioria das ferramentas desenha. Cada passo de tempo tem sua própria perda, e cada uma acrescenta ali um gradiente novo${hides ? ': a soma fica plana, por menos que tenha vindo de longe' : ''}. Só o gradiente de uma única perda, seguido de volta, mostra o que se perde no caminho.`,
    training:
      'Cada coluna é uma curva por defasagem, como era naquela iteração do treino; onde é claro, o gradiente chega longe.',
    memoryByStep: 'A defasagem em que sobra 1%, por iteração',
    memoryEdge: 'Na altura da janela: além dela.',
    theory:
      'σ₁, o maior valor singular de W_hh, limita o que um passo pode conservar: numa célula simples, σ₁γ (γ = 1 para tanh e ReLU, ¼ para sigmoide). O limite é um teorema para a camada do topo; as de baixo recebem gradiente também de cima.',
    listening:
      '‖∂ log p(caractere)/∂ entrada‖ para cada caractere antes do escolhido: quanto mais forte a cor, mais a previsão mudaria.',
    matrix:
      'Linha s: o gradiente da perda s sozinha, em cada passo de tempo t antes dela, relativo a t = s. A diagonal é a defasagem 0; uma faixa clara ao longo dela é o alcance da memória, e onde ela se alarga o texto é lembrado por mais tempo.',
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
