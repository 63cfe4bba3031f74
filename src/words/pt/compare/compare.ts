/** O relatório de `compare`: suas tabelas e sua página. */
import { CELL_LABELS } from '../../../model/cells/index.js';
import type { compare as english } from '../../en/compare/compare.js';
import { numbers } from '../numbers.js';
import { findings } from './findings.js';

const { count, counted, plural, short } = numbers;
const characters = (many: number): string => counted(many, 'caractere', 'caracteres');

export const compare: typeof english = {
  findings,

  contenders: {
    ...CELL_LABELS,
    tanh: 'tanh',
    sigmoid: 'sigmoide',
    relu: 'ReLU, inicialização uniforme',
    irnn: 'ReLU, inicialização identidade',
    lstm: 'LSTM',
    gru: 'GRU',
    brainjs: '"LSTM" do brain.js, como distribuída',
    'brainjs-repaired': '"LSTM" do brain.js, com gradientes corrigidos',
    ngram: 'modelo de n-gramas (Witten–Bell)',
  },

  tables: {
    scores: {
      title: 'Quão bem cada concorrente prevê o texto de validação, e quanto isso custou',
      head: ['concorrente', 'bits/caract.', 'bits/byte', 'caract./s', 'vistos', 'parâmetros'],
    },
    reach: {
      title:
        'Até onde volta o gradiente da última perda (camada do topo): início → fim, ou só o fim; queda e cauda em potências de dez, o que sobra na última defasagem',
      head: ['concorrente', 'a 1%', 'queda', 'cauda', 'sobra', 'satur.', 'veredito'],
    },
    quality: {
      title: 'Qualidade da amostra (1.000 caracteres, temperatura 0,8)',
      head: ['concorrente', 'conhecidas', 'distintas-1/2/3', 'repetidas', 'novas', 'maior cópia'],
    },
  },
  diverged: 'divergiu',

  page: {
    title: 'dissipa compare: redes com o mesmo texto',
    nothing: 'Nada foi comparado ainda.',
    footer:
      'Feita por dissipa compare. Todos os números completos estão embutidos nesta página, como em compare.json.',
    facts: {
      text: 'texto',
      trained: 'treino',
      scored: 'avaliação',
      symbols: 'símbolos',
      budget: 'limite',
      size: 'tamanho',
      window: 'janela',
      seeds: 'sementes',
      engine: 'backend',
      begun: 'início',
    },
    texts: (many) => `${count(many)} textos`,
    characters,
    scored: (many) => `${count(many)} caracteres de validação`,
    budget: ({ characters: many, minutes }) =>
      many === undefined
        ? `${short(minutes ?? 0)} ${plural(minutes ?? 0, 'minuto')} para cada`
        : `${characters(many)} para cada`,
    size: (layers, hidden, match) =>
      `${layers}×${hidden}, ${match === 'hidden' ? 'mesmo número de unidades' : 'mesmo número de parâmetros que a LSTM'}`,
    window: (rows, timesteps) =>
      `${counted(rows, 'sequência')} × ${counted(timesteps, 'passo de tempo', 'passos de tempo')}`,
    figures: 'Os números',
    columns:
      'Conhecidas são as palavras da amostra que ocorrem no texto de treino; distintas-n é a proporção das sequências de n palavras que diferem; repetidas são sequências de 4 palavras já ditas antes; novas são sequências de 10 caracteres que o texto de treino não tem; a maior cópia é em caracteres. ± é o desvio padrão entre as sementes.',
    contenders: 'Concorrentes',
    contendersHead: ['concorrente', 'o que é'],
    learning: 'Como aprendem',
    ofSeed: (seed) => `Desenhado para a primeira semente, ${seed}.`,
    learningHow: (scored) =>
      `Bits por caractere nos primeiros ${count(scored)} caracteres de validação, avaliados durante o treino com o relógio parado. Nos dois gráficos o eixo horizontal é logarítmico, e o topo é log₂ do número de símbolos: o palpite uniforme.`,
    byCharacters: 'Por caracteres de treino',
    bySeconds: 'Por segundos de treino',
    reach: 'Até onde volta o gradiente',
    reachHow:
      'O gradiente da perda do último passo de tempo, sozinho, seguido de volta: a norma √(‖∂h‖² + ‖∂c‖²) do estado da camada do topo por defasagem (lag), relativa à defasagem 0, na mesma janela do texto de validação para todas.',
    atStart: 'No início',
    atEnd: 'Depois do treino',
    samples: 'O que escrevem',
    samplesHow: (many) => `Os primeiros ${count(many)} caracteres de cada amostra, com temperatura 0,8.`,
    baseline: 'O que é a "LSTM" do brain.js',
    check: 'Seus gradientes e as diferenças centrais, por tensor (diferença relativa)',
    tensor: 'tensor',
    right: 'certo',
    wrong: 'errado',
  },
};
