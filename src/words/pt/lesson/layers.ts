/** The first five sections in Portuguese: what happens from layer to layer. */
import { CASES, INITIALISATIONS, SEEDS } from '../../lesson/fresh.js';
import { MARGIN_BITS } from '../../lesson/levels.js';
import { probes } from '../probes.js';
import type { SectionsWords, Setup } from '../../lesson/words.js';
import { cells, iterations, numbers, steps as stepsOf, withArticle } from './shared.js';

const { count, counted, short } = numbers;

const DRAWN = `${count(CASES)} redes de cada tipo, recém-inicializadas (${INITIALISATIONS.length} inicializações, cada uma com ${SEEDS} sementes)`;

export const layerSections = ({
  steps,
}: Setup): Pick<SectionsWords, 'sensitivity' | 'squashing' | 'regions' | 'depth' | 'freezing'> => ({
  sensitivity: {
    title: 'Mudar o começo quase não muda o fim',
    claim:
      'Uma mudança num parâmetro do começo, mesmo grande, quase não muda a saída; a mesma mudança perto do fim muda.',
    how: [
      'Para ver isso não é preciso derivada nenhuma. Perturbamos os pesos de uma camada em 0,1%, 10% ou 100% do tamanho deles, numa direção sorteada, ou os sorteamos de novo (os mesmos números em outra ordem); rodamos a rede outra vez e comparamos as previsões. O efeito é a parte da probabilidade prevista que passa para outros símbolos. Depois perturbamos do mesmo jeito o estado h da última camada, k passos de tempo antes da última previsão.',
      `Dizemos que o começo quase não conta quando o efeito é menor que um décimo (camadas) ou um centésimo (passos de tempo) do efeito da mesma mudança no fim. Contam a menor e a maior das mudanças, em ${DRAWN} e em uma rede treinada de cada tipo, se ela aprendeu. Onde uma curva termina, a mudança já não aparece nem nos dezesseis algarismos da saída.`,
    ],
    parts: {
      'sigmoid layers': 'sigmoide, por camada',
      'sigmoid time': 'sigmoide, por passo de tempo',
      'tanh layers': 'tanh, por camada',
      'tanh time': 'tanh, por passo de tempo',
    },
    says: {
      drawn: (layers, small, redrawn) =>
        `Nas redes recém-inicializadas, o efeito de perturbar em 0,1% a 1ª de ${layers} camadas, em relação ao da última, é: ${small}. Sorteando a camada inteira de novo: ${redrawn}.`,
      unseen: 'não se vê',
      ends: (byCell) =>
        `o efeito de sortear de novo a 1ª camada e a última (parte da probabilidade prevista que muda): ${byCell}.`,
      hardly: (small, redrawn) =>
        `perturbar o estado em 0,1% tem menos de um centésimo do efeito, em relação ao último passo, a partir desta defasagem: ${small}. Sorteando o estado de novo: ${redrawn}.`,
      nowhere: 'em nenhum ponto da janela',
    },
    concludes: {
      holds:
        'De qualquer tamanho, na sigmoide e na tanh uma mudança no começo vale menos de um décimo (camadas) e de um centésimo (passos de tempo) de uma no fim.',
      fails:
        'Na sigmoide e na tanh, uma mudança no começo vale sempre mais de um décimo (camadas) e de um centésimo (passos de tempo) de uma no fim.',
      open: 'Nenhuma mudança moveu a saída além do arredondamento: não há o que comparar.',
    },
    tryIt:
      'O check confere com pequenas mudanças os gradientes de uma rede recém-inicializada, em float64: a coluna da maior derivada, |∂|, mostra quão pouco contam os pesos da primeira camada (nos nomes dos tensores, _l0) ao lado dos da última.',
  },

  squashing: {
    title: 'A sigmoide e a tanh comprimem',
    claim:
      'A sigmoide e a tanh comprimem tudo o que passa por elas: a derivada vai no máximo a ¼ e a 1, e é quase nada onde a unidade está saturada; e é por ela que o gradiente é multiplicado a cada passo de volta.',
    how: [
      'Cada unidade soma suas entradas (a pré-ativação a) e passa a soma pela função de ativação φ. Na volta, o gradiente é multiplicado pela derivada φ′(a) exatamente nesse ponto, e depois pelos pesos W_hh. Atrás das curvas vê-se onde estão as unidades de uma rede de uma camada, em todos os passos de tempo da janela.',
      'Uma ativação comprime quando a derivada típica (raiz da média dos quadrados) fica abaixo de 0,9; satura quando a derivada de um vigésimo das unidades fica abaixo de 0,05.',
    ],
    parts: {
      sigmoid: 'a sigmoide comprime',
      tanh: 'a tanh comprime',
      saturated: 'depois do treino há unidades saturadas',
    },
    says: {
      derivatives: (typical, saturated) =>
        `a derivada típica é: ${typical}; unidades saturadas: ${saturated}.`,
      factors: (byCell) =>
        `de cada passo de volta sobram, pela derivada e por W_hh, estas partes do gradiente: ${byCell}.`,
      takes: {
        derivativeAlone: 'só a derivada tira, W_hh devolve',
        derivative: 'a derivada tira mais que W_hh',
        weights: 'W_hh tira mais que a derivada',
      },
    },
    concludes: {
      holds:
        'As duas comprimem, antes e depois do treino, e há unidades saturadas: a derivada tira do gradiente a cada passo.',
      fails: 'As derivadas típicas ficam perto de 1: pouco se comprime.',
      open: 'Nada foi medido.',
    },
    tryIt: `Com todas as sondas (--probe full), a página mostra em “${probes.saturation.view.heading}” a parte das unidades que está saturada a cada passo de tempo, e como ela evolui durante o treino.`,
  },

  regions: {
    title: 'Cada camada leva uma região a outra menor',
    claim:
      'Uma camada de sigmoides ou de tanh leva uma região grande das entradas a uma pequena, e a camada seguinte leva essa a uma ainda menor.',
    how: [
      'Só na ida: uma rede de 8 camadas, recém-inicializada, lê textos diferentes lado a lado, e medimos em cada camada a distância entre os estados em que eles a deixam (por unidade, raiz da média dos quadrados sobre os pares de textos). Onde ela diminui de camada em camada, a rede distingue cada vez menos o que leu.',
      `São ${DRAWN}; uma vez com as entradas como são e outra com entradas cem vezes maiores, porque é uma região grande que a saturação comprime.`,
    ],
    parts: {
      sigmoid: 'sigmoide: menor a cada camada',
      tanh: 'tanh: menor a cada camada',
      relu: 'ReLU',
    },
    says: {
      left: (cell, layer, byInit) =>
        `Com ${withArticle(cell)}, a camada ${layer} tem esta parte da distância da primeira: ${byInit}.`,
      smaller: (byCell) =>
        `A distância diminui a cada camada em ${byCell}. Onde ela aumenta, os pesos esticam mais do que a ativação comprime: a tabela mostra os dois fatores.`,
      cases: (held, cell) => `${held} casos com ${withArticle(cell)}`,
    },
    concludes: {
      holds:
        'Com a sigmoide e com a tanh, cada camada leva uma região a outra menor, qualquer que seja a inicialização.',
      fails: 'Nem com a sigmoide nem com a tanh a região diminui a cada camada.',
      open: 'Há um só texto na janela: não há distância que medir.',
    },
    tryIt: 'A aula inteira com outra semente: os números mudam; os vereditos que não dependem dela, não.',
  },

  depth: {
    title: 'Piora a cada camada',
    claim: 'Quanto mais camadas se empilham, menos gradiente chega à primeira.',
    how: [
      `Redes de 1 a 8 camadas, com sigmoide, tanh e ReLU: a norma do gradiente da perda em relação aos pesos da primeira camada, em ${DRAWN}. Piora com a profundidade quando a primeira de 8 camadas recebe menos de um décimo do que recebe uma camada sozinha.`,
      `Depois, algumas delas treinadas por ${iterations(steps)}: o que resta desse gradiente e se a rede aprendeu. Abaixo, uma rede profunda de sigmoides: o gradiente da última previsão em cada camada, por passos de volta no tempo.`,
    ],
    parts: { sigmoid: 'sigmoide', tanh: 'tanh', relu: 'ReLU' },
    says: {
      shares: (cell, byInit) =>
        `Com ${withArticle(cell)}, a primeira de 8 camadas recebe esta parte do que recebe uma camada sozinha: ${byInit}.`,
      learnt: (cell, share, loss) =>
        `Pouco gradiente no início não quer dizer que nada se aprenda: ${withArticle(cell)} com 8 camadas começou com ${share} do que recebe uma camada sozinha, e aprendeu (${loss}). O Adam divide cada gradiente pelo seu próprio tamanho habitual.`,
      network: (cell, layers) => `${cells[cell]} com ${counted(layers, 'camada', 'camadas')}`,
      near: (layers, share) =>
        `na rede de ${layers} camadas de sigmoides a primeira tem ${share} do gradiente da última no próprio passo da previsão`,
      far: (near, lag, share) => `${near} e ${share} depois de ${stepsOf(lag)} de volta.`,
      crossing: (near, lag) =>
        `${near}; o dela cai mais devagar, e a partir de ${stepsOf(lag)} de volta já não é menor.`,
    },
    concludes: {
      holds:
        'Com a sigmoide e com a tanh, a primeira de 8 camadas recebe menos de um décimo, qualquer que seja a inicialização e a semente.',
      partly: 'Entre esses casos só mudam a inicialização e a semente.',
      fails:
        'Nem com a sigmoide nem com a tanh a primeira de 8 camadas recebe menos de um décimo: aqui, a profundidade sozinha não basta.',
      open: 'O gradiente é zero até numa camada sozinha: não há o que comparar.',
    },
    tryIt:
      'Oito camadas de tanh com outra inicialização, treinadas e inspecionadas: a memória e o gradiente de cada uma.',
  },

  freezing: {
    title: 'As primeiras camadas são difíceis de treinar',
    claim:
      'Como quase nenhum gradiente chega até elas, as primeiras camadas de uma rede são difíceis de treinar.',
    how: [
      `Numa rede de 4 camadas só uma aprende; as outras ficam como foram inicializadas (congeladas). Uma vez a camada de saída, que faz as previsões a partir do estado da última, também fica congelada; outra vez ela aprende junto. São ${iterations(Math.ceil(steps / 2))} cada vez; depois medimos a perda no texto de validação.`,
      `Uma camada é mais difícil de treinar que outra quando ganha menos, por uma diferença de mais de ${short(MARGIN_BITS)} bit.`,
    ],
    parts: {
      'sigmoid alone': 'sigmoide, uma camada sozinha',
      'tanh alone': 'tanh, uma camada sozinha',
      'sigmoid readout': 'sigmoide, com a camada de saída',
      'tanh readout': 'tanh, com a camada de saída',
    },
    says: {
      diverged: 'NaN (divergiu)',
      alone: (cell, start, first, last) =>
        `Com ${withArticle(cell)}, partindo de ${start}, a primeira camada sozinha chega a ${first} e a última sozinha a ${last}.`,
      frequencies: (level) =>
        `Nenhuma delas é melhor que chutar pela frequência de cada símbolo (${level}): com todo o resto congelado, nenhuma camada vai além disso em tantas iterações.`,
      withReadout: (cell, first, last, readout, together) =>
        `Com ${withArticle(cell)} e a camada de saída aprendendo junto, a primeira camada chega a ${first} e a última a ${last} (a camada de saída sozinha: ${readout})${together}.`,
      together: (loss) => `; todas as camadas juntas, em outras tantas iterações: ${loss}`,
      nothing: (cell, margin, without) =>
        `Com ${withArticle(cell)} e a camada de saída aprendendo junto, nenhuma camada chega a ${margin} bit abaixo de ${without}, o melhor entre a camada de saída sozinha e a frequência dos símbolos.`,
    },
    concludes: {
      holds: 'A primeira camada ganha menos que a última, sozinha e com a camada de saída aprendendo junto.',
      fails:
        'A primeira camada não ganha menos que a última, nem sozinha nem com a camada de saída aprendendo junto.',
      open: 'Nenhuma camada aprendeu em tantas iterações: não há o que comparar. Aumente --steps.',
    },
    tryIt:
      'As quatro camadas juntas: com todas as sondas (--probe full), a página mostra quanto cada iteração move os pesos de cada camada.',
  },
});
