/** The lesson's six sections in Portuguese, as it is written in Brazil. */
import {
  besideUsual,
  exploded,
  farEnd,
  furthest,
  methodsParts,
  type Norms,
} from '../../../study/lesson/methods.js';
import { totalRange } from '../../../study/lesson/misleading.js';
import { SQUASHES_BELOW } from '../../../study/lesson/squashing.js';
import { plural } from '../../../base/words.js';
import { HEADINGS } from '../../page/headings.js';
import { depthShares, endShares, gaps, now, nudgeLags, nudgeShares, type CellShare } from './facts.js';
import { numbersIn } from './language.js';
import type { Stage, Words } from './words.js';

const { count, counted, fixed, percent, power, share, short } = numbersIn('pt');

export const cells: Words['cells'] = {
  sigmoid: 'sigmoide',
  tanh: 'tanh',
  relu: 'ReLU',
  lstm: 'LSTM',
  gru: 'GRU',
};
export const contender: Words['contender'] = ({ cell, init }) =>
  init === 'identity' ? `${cells[cell]} (identidade)` : cells[cell];

/** `a`, `a e b`, `a, b e c` */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} e ${words[words.length - 1]}`;

const withArticle = (cell: keyof typeof cells): string => `a ${cells[cell]}`;

/** `sigmoide 10⁻⁴; tanh 13%; ReLU 98%`: commas stand in the numbers. */
const perCell = (found: readonly CellShare[]): string =>
  found.map(({ cell, log10 }) => `${cells[cell]} ${log10 === null ? '–' : share(log10)}`).join('; ');

const besideInWords = (factor: string): string =>
  factor === '1' ? 'o habitual' : `${factor} vezes o habitual`;

const STAGES: readonly Stage[] = ['start', 'end'];
const stepsBack = (lag: number): string => counted(lag, 'passo', 'passos');

const byStage = (steps: number, say: (stage: Stage) => string | null): string[] =>
  STAGES.flatMap((stage) => {
    const said = say(stage);
    return said === null
      ? []
      : [
          `${stage === 'start' ? 'Antes do treino' : `Depois de ${counted(steps, 'atualização', 'atualizações')}`}, ${said}`,
        ];
  });

export const portugueseSections: Words['sections'] = ({ steps, window }) => ({
  sensitivity: {
    title: 'Mexer no começo quase não mexe no fim',
    claim:
      'Uma pequena mudança num parâmetro do começo, na primeira camada ou muitos passos de tempo atrás, quase não mexe na saída; a mesma mudança perto do fim mexe.',
    how: [
      'Para ver isso não é preciso derivada nenhuma. Damos um empurrãozinho nos pesos W_hh de uma camada, de um milésimo do tamanho deles, em direções sorteadas; rodamos a rede de novo e comparamos as saídas. Depois empurramos do mesmo jeito o estado h da camada de cima, k passos de tempo antes da última previsão.',
      'Onde uma curva termina, o empurrão já não aparece nem nos dezesseis algarismos da saída.',
    ],
    found(figures) {
      const { layers, outcome } = figures;
      return [
        ...byStage(steps, (stage) => {
          const found = nudgeShares(figures, stage);
          return found.length === 0
            ? null
            : `empurrar a primeira de ${layers} camadas move a saída só esta parte do que move empurrar a última: ${perCell(found)}.`;
        }),
        ...byStage(steps, (stage) => {
          const found = nudgeLags(figures, stage).map(
            ({ cell, lag }) => `${cells[cell]} ${lag ?? 'em nenhum ponto da janela'}`,
          );
          return found.length === 0
            ? null
            : `empurrar o estado move a última previsão menos de um centésimo do que move empurrá-lo no último passo, a partir de tantos passos atrás: ${found.join('; ')}.`;
        }),
        {
          holds:
            'Na sigmoide e na tanh, uma mudança no começo vale menos de um décimo (camadas) e de um centésimo (passos de tempo), antes e depois do treino.',
          partly:
            'Na sigmoide e na tanh ela vale menos de um décimo (camadas) e de um centésimo (passos de tempo) em parte dos casos; em outros vale mais. Quão pouco depende da ativação e do que o treino fez dos pesos.',
          fails:
            'Na sigmoide e na tanh, uma mudança no começo vale sempre mais de um décimo (camadas) e de um centésimo (passos de tempo).',
        }[outcome],
      ];
    },
    tryIt:
      'O check confere com empurrões os gradientes de uma rede recém-criada, em float64: a coluna “largest |∂|” (a maior derivada, em valor absoluto) mostra quão pouco contam os pesos da camada 0 (a primeira) ao lado dos da última.',
  },
  squashing: {
    title: 'A sigmoide e a tanh achatam',
    claim:
      'A sigmoide e a tanh achatam tudo o que passa por elas: a inclinação nunca vai além de ¼ e de 1, e nas partes planas é quase nada; e é por ela que o gradiente é multiplicado.',
    how: [
      'Cada unidade soma suas entradas (a pré-ativação a) e passa a soma pela ativação φ. Na volta, o gradiente é multiplicado pela inclinação φ′(a) exatamente nesse ponto. Atrás das curvas vê-se onde estão as unidades de uma rede de uma camada, depois do treino, em todos os passos de tempo da janela.',
    ],
    found({ nets, outcome }) {
      const trained = nets.map((one) => ({ cell: one.cell, ...now(one) }));
      return [
        `A inclinação típica (raiz da média dos quadrados) é de ${listed(trained.map(({ cell, slope }) => `${short(slope)} n${withArticle(cell)}`))}; no começo era de ${listed(nets.map(({ start }) => short(start.slope)))}.`,
        `Nas partes planas, onde a inclinação fica abaixo de 0,05, estão ${listed(trained.map(({ cell, flat }) => `${percent(flat)} das unidades n${withArticle(cell)}`))}.`,
        {
          holds:
            'As duas tiram do gradiente a cada passo, e as partes planas são habitadas: veem-se tanto o achatamento quanto a saturação.',
          partly: trained.every(({ slope }) => slope < SQUASHES_BELOW)
            ? 'As duas achatam, mas quase nenhuma unidade está numa parte plana: não é a saturação que faz o gradiente se dissipar aqui; basta uma inclinação abaixo de 1, vez após vez.'
            : 'Não são as duas que achatam: numa delas a inclinação fica perto de 1, porque suas unidades não saem de onde a curva é íngreme.',
          fails:
            'Nestas redes as inclinações ficam perto de 1 e quase nenhuma unidade está numa parte plana: pouco se achata.',
        }[outcome],
      ];
    },
    tryIt: `Com todas as sondas, a página, em inglês, mostra em “${HEADINGS.saturation}” (saturação: onde o gradiente não passa) a parte saturada das unidades a cada passo de tempo e como ela evolui durante o treino.`,
  },
  depth: {
    title: 'Piora a cada camada',
    claim: 'Quanto mais camadas se empilham, menos gradiente chega à primeira.',
    how: [
      'Redes de 1 a 8 camadas, com sigmoide, tanh e ReLU: a norma do gradiente da perda em relação aos pesos da primeira camada, em escala logarítmica.',
      'Abaixo, uma única rede funda de sigmoides: o gradiente da última previsão em cada uma das camadas, por passos de volta no tempo.',
    ],
    found(figures) {
      const { nets, lags, outcome } = figures;
      return [
        ...byStage(steps, (stage) => {
          const found = depthShares(figures, stage);
          return found.length === 0
            ? null
            : `a primeira de 8 camadas recebe esta parte do que recebe uma camada sozinha: ${perCell(found)}.`;
        }),
        ...byStage(steps, (stage) => {
          const found = endShares(nets, stage);
          return found.length === 0
            ? null
            : `ao lado da última camada da mesma rede, a primeira de 8 recebe: ${perCell(found)}.`;
        }),
        ...byStage(steps, (stage) => {
          const one = lags[stage];
          const gap = one && gaps(one.layers);
          if (!one || !gap) return null;
          const begin = `na rede de ${one.layers.length} camadas a primeira tem ${share(-gap.near)} do gradiente da última no próprio passo da previsão`;
          return one.crossing === null
            ? `${begin} e ${share(-gap.far)} depois de ${stepsBack(window - 1)} de volta: as curvas não se cruzam.`
            : `${begin}; mas o dela cai mais devagar, e a partir de ${stepsBack(one.crossing)} de volta já não é menor.`;
        }),
        'Descer não é o mesmo que voltar no tempo: ao que chega a uma camada de baixo, muitos passos atrás, levam muitos caminhos, com alguns passos de volta em cada uma das camadas de cima, e eles se somam. Por isso a primeira camada parte de muito mais baixo e, mesmo assim, pode perder menos a cada passo.',
        {
          holds:
            'No começo, a sigmoide e a tanh deixam à primeira de 8 camadas menos de um décimo: a cada camada há menos com que aprender.',
          partly:
            'No começo, uma das duas, sigmoide ou tanh, deixa à primeira de 8 camadas menos de um décimo; a outra, mais. Profundidade custa gradiente; quanto, depende da ativação.',
          fails:
            'No começo, nem a sigmoide nem a tanh deixam à primeira de 8 camadas menos de um décimo: aqui, a profundidade sozinha não basta.',
        }[outcome],
      ];
    },
    tryIt:
      'Oito camadas de sigmoides, treinadas e inspecionadas: a memória e o gradiente de cada uma (o inspect conta as camadas a partir de 0).',
  },
  product: {
    title: 'É um produto de muitos fatores pequenos',
    claim:
      'Cada passo de tempo de volta multiplica o gradiente pela inclinação da ativação e por W_hh; muitos fatores abaixo de 1 dão um produto que é quase nada.',
    how: [
      'O gradiente da última previsão numa rede treinada de uma camada, passo a passo, cada passo dividido em suas duas partes. Ao lado da curva está o máximo que a teoria permite: (σ₁γ)ᵏ, o máximo que W_hh estica um vetor, vezes a maior inclinação, k vezes seguidas.',
    ],
    found({ nets, outcome }) {
      return [
        ...nets.map(({ cell, factor, activationFactor, weightsFactor, curve, shrinking }) => {
          const end = curve.at(-1) ?? null;
          const product = end === null ? 'exatamente 0' : power(Math.round(end));
          return `Com ${withArticle(cell)}, um passo conserva em média ${short(factor)} (${short(activationFactor)} pela derivada, vezes ${short(weightsFactor)} por W_hh); ${percent(shrinking)} dos passos encolhem o gradiente. ${stepsBack(curve.length - 1)} ${plural(curve.length - 1, 'dá', 'dão')} ${product}.`;
        }),
        ...nets.map(({ cell, boundLog10, isBounded }) => {
          const who = `Com ${withArticle(cell)}`;
          if (!isBounded)
            return `${who}, a curva passa do limite: isso não pode acontecer, e é um defeito do programa.`;
          const bound = boundLog10 === null ? '0' : short(10 ** boundLog10);
          return boundLog10 !== null && boundLog10 >= 0
            ? `${who}, σ₁γ é ${bound}: não está abaixo de 1, de modo que o limite sozinho nada proíbe. Ele diz o que poderia acontecer no pior caso; o que acontece neste texto fica abaixo.`
            : `${who}, σ₁γ é ${bound}, abaixo de 1: que o gradiente se dissipa já era certo antes de qualquer medida.`;
        }),
        {
          holds:
            'Nove em cada dez passos, ou mais, encolhem o gradiente, e o limite é respeitado: é mesmo um produto de muitos fatores pequenos.',
          partly: 'Nem tudo se vê: numa das redes, mais de um décimo dos passos não encolhe o gradiente.',
          fails:
            'Nas duas redes, mais de um décimo dos passos não encolhe o gradiente: aqui não se trata só de um produto de fatores pequenos.',
        }[outcome],
      ];
    },
    tryIt: `A página, em inglês, mostra a mesma divisão em “${HEADINGS.parts}” (para onde vai: portas, pesos e o que chega de cima), e σ₁ em “${HEADINGS.theory}” (a teoria ao lado da medida).`,
  },
  methods: {
    title: 'É questão de método e de ativação, não das redes em si',
    claim:
      'Que o gradiente se dissipe depende de como a rede é montada, iniciada e treinada, e não das redes em si: com outras ativações, outros inícios e outras células ele vai mais longe. A ReLU cobra seu preço.',
    how: [
      'O mesmo texto, o mesmo número de unidades, uma camada cada uma; a ReLU com o início uniforme de sempre e com W_hh igual à identidade; a LSTM e a GRU, cujas portas deixam um estado passar sem mudar. Todas nos mesmos eixos.',
      'Uma unidade está morta quando vale 0 em todos os passos de tempo da janela: nenhum gradiente passa por ela. Num segundo treino da tanh e da ReLU, o limite ao gradiente (o corte, na norma 5) fica de fora.',
    ],
    found({ contenders, outcome }) {
      const squashing = contenders.filter(({ cell }) => cell === 'sigmoid' || cell === 'tanh');
      const best = furthest(contenders);
      const reach = (one: (typeof contenders)[number]): string => {
        const { lag1pct } = now(one).memory;
        return lag1pct === null
          ? `com a ${contender(one)} resta mais de 1% depois de ${stepsBack(window - 1)}`
          : `com a ${contender(one)} resta 1% depois de ${stepsBack(lag1pct)}`;
      };
      const bits = (nats: number | null): string =>
        nats === null ? '' : ` (${fixed(nats / Math.LN2, 2)} bits por caractere)`;
      const price = contenders
        .filter(({ cell }) => cell === 'relu')
        .map((one) => {
          const { dead } = now(one);
          const size = (norms: Norms): string =>
            norms.divergedAt === null
              ? besideInWords(short(besideUsual(norms)))
              : `algo que não é número, na atualização ${count(norms.divergedAt)}, em que o treino terminou`;
          const free = one.freeNorms ? ` (sem corte nenhum: ${size(one.freeNorms)})` : '';
          const explodes = [one.clippedNorms, one.freeNorms].some((norms) => norms && exploded(norms));
          return `${contender(one)}: ${percent(dead ?? 0)} das unidades estão mortas, foi preciso cortar o gradiente em ${percent(one.clipped)} das atualizações, e o maior gradiente foi ${size(one.clippedNorms)}${free}${explodes ? ': ele explode' : ''}${bits(one.validationLossNats)}.`;
        });
      return [
        `Depois do treino, ${listed(squashing.map(reach))}.`,
        best?.end
          ? `Das que aprenderam tanto quanto a sigmoide, ou mais, a que vai mais longe é a ${contender(best)}: resta ${share(farEnd(best.end))} depois de ${stepsBack(window - 1)}${bits(best.validationLossNats)}.`
          : 'Nenhuma das outras aprendeu, no mesmo tempo, tanto quanto a sigmoide.',
        ...price,
        {
          holds:
            'Na sigmoide e na tanh o gradiente se dissipa, e outro tipo de rede conserva mais de cem vezes o que a tanh conserva: não é destino.',
          partly: methodsParts(contenders).vanish
            ? 'Na sigmoide e na tanh o gradiente se dissipa, mas nenhuma outra que tenha aprendido conserva cem vezes o que a tanh conserva: um treino mais longo talvez as separe.'
            : 'Outra conserva cem vezes o que a tanh conserva, mas o gradiente não se dissipa nas duas, sigmoide e tanh, dentro desta janela: uma janela mais longa talvez o mostre.',
          fails:
            'Aqui o gradiente não se dissipa nas duas, sigmoide e tanh, nem outra rede conserva muito mais: estes números não as separam.',
        }[outcome],
      ];
    },
    tryIt:
      'Uma GRU, treinada e inspecionada. Com --cell relu --init identity no lugar (e outro --out) é a ReLU da tabela, e com --cell lstm, a LSTM.',
  },
  misleading: {
    title: 'A curva plana que engana',
    claim:
      'O gradiente que a maioria das ferramentas desenha, por passo de tempo e da perda inteira, é plano por mais que se dissipe; só o de uma única perda mostra a dissipação.',
    how: [
      'Cada passo de tempo tem sua própria previsão e sua própria perda, e cada uma acrescenta ali um gradiente novo: o total ‖∂L/∂h‖ continua plano, por menos que tenha vindo de longe. Ao lado dele, na mesma rede, nos mesmos passos e na mesma escala: o gradiente da última perda sozinha.',
    ],
    found({ nets, outcome }) {
      const varies = (decades: number): string =>
        decades === Infinity
          ? 'é exatamente 0 em algum ponto da janela'
          : `varia ao longo da janela por um fator de ${short(10 ** decades)}`;
      return [
        ...nets.map(
          (one) =>
            `Com ${withArticle(one.cell)}, o total ${varies(totalRange(one))}, enquanto do gradiente da última perda resta ${share(one.leftLog10 ?? -Infinity)} no começo dela.`,
        ),
        {
          holds: 'Quem olha só para o total não vê nada disso.',
          partly:
            'Numa das redes o total é plano e esconde a dissipação; na outra não é plano, ou não há muito que esconder.',
          fails: 'Aqui o total não é plano, ou nada se dissipa atrás dele: ele não engana.',
        }[outcome],
      ];
    },
    tryIt: `As duas curvas estão na página, em inglês, em “${HEADINGS.total}” (o gradiente total parece plano, e esconde a queda).`,
  },
});
