/** The first five sections in Portuguese: what happens from layer to layer. */
import { CASES, INITIALISATIONS, SEEDS } from '../../lesson/fresh.js';
import { MARGIN_BITS } from '../../lesson/levels.js';
import { WORSE_BELOW } from '../../lesson/depth.js';
import { gains } from '../../lesson/freezing.js';
import { hardlyFrom } from '../../lesson/sensitivity.js';
import { probes } from '../probes.js';
import {
  at,
  drawnShares,
  firstBeatsAll,
  gaps,
  learntWithLittle,
  leftByInit,
  movesAtEnds,
  onlyFrequencies,
  shareByInit,
} from '../../lesson/facts.js';
import type { SectionsWords, Setup } from '../../lesson/words.js';
import {
  byStage,
  cells,
  conclusion,
  each,
  inits,
  iterations,
  leftOut,
  numbers,
  ofCases,
  steps as stepsOf,
  withArticle,
} from './shared.js';

const { bits, count, counted, listed, moved, percent, range, share, short } = numbers;

const DRAWN = `${count(CASES)} redes de cada tipo, recém-inicializadas (${INITIALISATIONS.length} inicializações, cada uma com ${SEEDS} sementes)`;

export const layerSections = (
  setup: Setup,
): Pick<SectionsWords, 'sensitivity' | 'squashing' | 'regions' | 'depth' | 'freezing'> => {
  const { steps, window, levels } = setup;
  return {
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
      found(figures) {
        const { layers, nets, outcome, parts } = figures;
        const { parts: labels } = layerSections(setup).sensitivity;
        const first = (change: 'small' | 'redrawn'): string =>
          each(nets, (net) => {
            const shares = drawnShares(net, change, 'layer');
            return shares.length === 0 ? 'não se vê' : range(shares, share);
          });
        return [
          `Nas redes recém-inicializadas, o efeito de perturbar em 0,1% a 1ª de ${layers} camadas, em relação ao da última, é: ${first('small')}. Sorteando a camada inteira de novo: ${first('redrawn')}.`,
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            if (found.length === 0) return null;
            const shown = each(found, (net) => {
              const ends = movesAtEnds(net.found.byLayer, 'redrawn');
              return `${moved(ends.first)} e ${moved(ends.last)}`;
            });
            return `o efeito de sortear de novo a 1ª camada e a última (parte da probabilidade prevista que muda): ${shown}.`;
          }),
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            const lags = (change: 'small' | 'redrawn'): string =>
              each(found, (net) => {
                const lag = hardlyFrom(net.found, change);
                return lag === null ? 'em nenhum ponto da janela' : count(lag);
              });
            return found.length === 0
              ? null
              : `perturbar o estado em 0,1% tem menos de um centésimo do efeito, em relação ao último passo, a partir desta defasagem: ${lags('small')}. Sorteando o estado de novo: ${lags('redrawn')}.`;
          }),
          ...leftOut(nets, ({ cell }) => cells[cell], setup),
          conclusion(outcome, parts, labels, {
            holds:
              'De qualquer tamanho, na sigmoide e na tanh uma mudança no começo vale menos de um décimo (camadas) e de um centésimo (passos de tempo) de uma no fim.',
            fails:
              'Na sigmoide e na tanh, uma mudança no começo vale sempre mais de um décimo (camadas) e de um centésimo (passos de tempo) de uma no fim.',
            open: 'Nenhuma mudança moveu a saída além do arredondamento: não há o que comparar.',
          }),
        ];
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
      found({ nets, outcome, parts }) {
        const { parts: labels } = layerSections(setup).squashing;
        return [
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            return found.length === 0
              ? null
              : `a derivada típica é: ${each(found, (net) => short(net.found.slope))}; unidades saturadas: ${each(found, (net) => percent(net.found.flat))}.`;
          }),
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            if (found.length === 0) return null;
            const factors = each(found, ({ found: { factors } }) => {
              const which =
                factors.weights >= 1
                  ? 'só a derivada tira, W_hh devolve'
                  : factors.activation < factors.weights
                    ? 'a derivada tira mais que W_hh'
                    : 'W_hh tira mais que a derivada';
              return `${short(factors.activation)} e ${short(factors.weights)}: ${which}`;
            });
            return `de cada passo de volta sobram, pela derivada e por W_hh, estas partes do gradiente: ${factors}.`;
          }),
          ...leftOut(nets, ({ cell }) => cells[cell], setup),
          conclusion(outcome, parts, labels, {
            holds:
              'As duas comprimem, antes e depois do treino, e há unidades saturadas: a derivada tira do gradiente a cada passo.',
            fails: 'As derivadas típicas ficam perto de 1: pouco se comprime.',
            open: 'Nada foi medido.',
          }),
        ];
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
      found({ nets, outcome, parts, layers }) {
        const { parts: labels } = layerSections(setup).regions;
        return [
          ...nets.flatMap((net) => {
            const left = leftByInit(net);
            if (left.length === 0) return [];
            const said = left.map(({ init, left }) => `${inits[init]} ${range(left, share)}`).join('; ');
            return [
              `Com ${withArticle(net.cell)}, a camada ${layers} tem esta parte da distância da primeira: ${said}.`,
            ];
          }),
          `A distância diminui a cada camada em ${listed(parts.map((part) => `${ofCases(part)} casos com ${withArticle(part.name)}`))}. Onde ela aumenta, os pesos esticam mais do que a ativação comprime: a tabela mostra os dois fatores.`,
          conclusion(outcome, parts, labels, {
            holds:
              'Com a sigmoide e com a tanh, cada camada leva uma região a outra menor, qualquer que seja a inicialização.',
            fails: 'Nem com a sigmoide nem com a tanh a região diminui a cada camada.',
            open: 'Há um só texto na janela: não há distância que medir.',
          }),
        ];
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
      found({ nets, lags, outcome, parts }) {
        const { parts: labels } = layerSections(setup).depth;
        const little = learntWithLittle(nets, WORSE_BELOW);
        const trained = nets.flatMap((deep) => deep.trained.map((one) => ({ ...one, cell: deep.cell })));
        return [
          ...nets.map((deep) => {
            const said = shareByInit(deep).map(
              ({ init, shares }) => `${inits[init]} ${range(shares, share)}`,
            );
            return `Com ${withArticle(deep.cell)}, a primeira de 8 camadas recebe esta parte do que recebe uma camada sozinha: ${said.join('; ')}.`;
          }),
          ...little.map(
            (one) =>
              `Pouco gradiente no início não quer dizer que nada se aprenda: ${withArticle(one.cell)} com 8 camadas começou com ${share(Math.log10(one.share))} do que recebe uma camada sozinha, e aprendeu (${bits(one.lossNats)}). O Adam divide cada gradiente pelo seu próprio tamanho habitual.`,
          ),
          ...leftOut(
            trained,
            ({ cell, layers }) => `${cells[cell]} com ${counted(layers, 'camada', 'camadas')}`,
            setup,
          ),
          ...byStage(steps, (stage) => {
            const one = at([lags], stage).at(0)?.found;
            const gap = one && gaps(one.layers);
            if (!gap) return null;
            const begin = `na rede de ${one.layers.length} camadas de sigmoides a primeira tem ${share(-gap.near)} do gradiente da última no próprio passo da previsão`;
            return one.crossing === null
              ? `${begin} e ${share(-gap.far)} depois de ${stepsOf(window - 1)} de volta.`
              : `${begin}; o dela cai mais devagar, e a partir de ${stepsOf(one.crossing)} de volta já não é menor.`;
          }),
          conclusion(outcome, parts, labels, {
            holds:
              'Com a sigmoide e com a tanh, a primeira de 8 camadas recebe menos de um décimo, qualquer que seja a inicialização e a semente.',
            partly: 'Entre esses casos só mudam a inicialização e a semente.',
            fails:
              'Nem com a sigmoide nem com a tanh a primeira de 8 camadas recebe menos de um décimo: aqui, a profundidade sozinha não basta.',
            open: 'O gradiente é zero até numa camada sozinha: não há o que comparar.',
          }),
        ];
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
      found(figures) {
        const { nets, outcome, parts } = figures;
        const { parts: labels } = layerSections(setup).freezing;
        const loss = (nats: number | null): string => (nats === null ? 'NaN (divergiu)' : bits(nats));
        return [
          ...nets.map(
            ({ cell, start, alone }) =>
              `Com ${withArticle(cell)}, partindo de ${loss(start)}, a primeira camada sozinha chega a ${loss(alone[0].lossNats)} e a última sozinha a ${loss(alone[alone.length - 1].lossNats)}.`,
          ),
          ...(onlyFrequencies(figures, levels.unigram)
            ? [
                `Nenhuma delas é melhor que chutar pela frequência de cada símbolo (${bits(levels.unigram)}): com todo o resto congelado, nenhuma camada vai além disso em tantas iterações.`,
              ]
            : []),
          ...nets.map((net) => {
            const { cell, withReadout, readout, without, all } = net;
            if (gains(withReadout, without) === null)
              return `Com ${withArticle(cell)} e a camada de saída aprendendo junto, nenhuma camada chega a ${short(MARGIN_BITS)} bit abaixo de ${loss(without)}, o melhor entre a camada de saída sozinha e a frequência dos símbolos.`;
            const together = firstBeatsAll(net)
              ? `; todas as camadas juntas, em outras tantas iterações: ${loss(all.lossNats)}`
              : '';
            return `Com ${withArticle(cell)} e a camada de saída aprendendo junto, a primeira camada chega a ${loss(withReadout[0].lossNats)} e a última a ${loss(withReadout[withReadout.length - 1].lossNats)} (a camada de saída sozinha: ${loss(readout.lossNats)})${together}.`;
          }),
          conclusion(outcome, parts, labels, {
            holds:
              'A primeira camada ganha menos que a última, sozinha e com a camada de saída aprendendo junto.',
            fails:
              'A primeira camada não ganha menos que a última, nem sozinha nem com a camada de saída aprendendo junto.',
            open: 'Nenhuma camada aprendeu em tantas iterações: não há o que comparar. Aumente --steps.',
          }),
        ];
      },
      tryIt:
        'As quatro camadas juntas: com todas as sondas (--probe full), a página mostra quanto cada iteração move os pesos de cada camada.',
    },
  };
};
