/** As sondas: de que são seus intervalos, e o que dizem as que declaram o que há para ver. */
import { layerNumber } from '../inspect.js';
import type { ProbeWords } from '../probes.js';
import { findings } from './findings.js';
import { numbers } from './numbers.js';

const { count, counted, factor, fixed, listed, percent, power, precise, share, short, signed } = numbers;
const timesteps = (many: number): string => counted(many, 'passo de tempo', 'passos de tempo');
const windows = (many: number): string => counted(many, 'janela');
const Layer = (index: number): string => `Camada ${count(layerNumber(index))}`;
const steps = (constant: number): string =>
  constant === Infinity ? 'mais passos de tempo do que se pode medir' : `${short(constant)} passos de tempo`;

/** O que é pequeno demais para um número é dito pela potência de dez. */
const sigma = (log10: number): string =>
  Math.abs(log10) < 300 ? short(10 ** log10) : power(Math.round(log10));

export const probes: ProbeWords = {
  total: {
    option: 'o gradiente total',
    view: {
      heading: 'O gradiente total parece plano e esconde a dissipação',
      headingOf: ({ hides }) =>
        hides ? 'O gradiente total parece plano e esconde a dissipação' : 'O gradiente total ao lado',
      explains: ({ hides }) =>
        `O total ‖∂L/∂h_t‖ é o que a maioria das ferramentas desenha. Cada passo de tempo tem sua própria perda, e cada uma acrescenta ali um gradiente novo${hides ? ': a soma fica plana, por menos que tenha vindo de longe' : ''}. Só o gradiente de uma única perda, seguido de volta, mostra o que se perde no caminho.`,
      finding: findings.total,
      labels: {
        timestep: 'passo de tempo t',
        relative: 'relativo ao último passo de tempo',
        total: 'total',
        lastLoss: 'última perda',
      },
    },
  },
  lag: { option: 'o gradiente por defasagem (lag)' },
  recurrent: {
    option: 'a parte de cada passo de tempo no gradiente de W_hh',
    view: {
      heading: 'O que cada passo de tempo acrescenta ao gradiente dos pesos',
      explains: ({ recurrent }) =>
        `‖Σ δ_t ⊗ h_{t−1}‖, o que o passo de tempo t, sozinho, acrescenta ao gradiente de ${recurrent} da perda da janela inteira. As partes de todos os passos somam esse gradiente.`,
      finding: ({ layer, recurrent, decades }) =>
        `${Layer(layer)}: a maior parte que um passo de tempo acrescenta ao gradiente de ${recurrent} é ${factor(decades)} vezes a menor.`,
      labels: { timestep: 'passo de tempo t', norm: 'norma do que ele acrescenta' },
    },
  },
  saturation: {
    option: 'a proporção de unidades saturadas',
    view: {
      heading: 'Saturação: onde o gradiente não passa',
      explains: () => 'A proporção de unidades saturadas (na região plana da ativação), por passo de tempo.',
      finding: ({ layer, means, below }) =>
        `${Layer(layer)}: unidades saturadas (derivada menor que ${short(below)}; ReLU: em 0): ${listed(means.map(([name, mean]) => `${name} ${percent(mean)}`))}.`,
      labels: {
        timestep: 'passo de tempo t',
        step: 'iteração',
        share: 'proporção de unidades saturadas',
        meanShare: 'proporção de unidades saturadas, média dos passos de tempo',
      },
    },
  },
  activation: {
    option: 'a ativação média das portas',
    view: {
      heading: 'A ativação média das portas',
      explains: () =>
        'Média das sequências e das unidades, por passo de tempo. Uma porta de esquecimento (na GRU, a de atualização, z) perto de 1 deixa o estado passar.',
      finding: ({ layer, means }) =>
        `${Layer(layer)}: ativação média ${listed(means.map(([name, mean]) => `${name} ${fixed(mean, 2)}`))}.`,
      labels: {
        timestep: 'passo de tempo t',
        step: 'iteração',
        share: 'ativação média',
        meanShare: 'ativação média, média dos passos de tempo',
      },
    },
  },
  split: {
    option: 'os passos da curva por defasagem, divididos em portas, pesos e o resto',
    view: {
      heading: 'Para onde vai: portas, pesos e o que chega de cima',
      explains: ({ gated, recurrent }) =>
        `Cada passo de volta multiplica ${gated ? 'pelas portas' : 'pela derivada da ativação'}${recurrent === null ? '' : ` e por ${recurrent}`}, e soma o que a camada de cima envia. Em potências de dez, somadas a partir da defasagem 0, ${recurrent === null ? 'as duas partes' : 'as três partes'} formam a curva por defasagem.`,
      finding({ layer, gated, recurrent, sum, parts }) {
        const names = {
          gates: gated ? 'portas' : 'derivada da ativação',
          weights: recurrent ?? '',
          arriving: 'o que chega de cima',
        };
        const told = parts.map(([name, value]) => `${names[name]} ${signed(value)}`);
        return `${Layer(layer)}: em média ${signed(sum)} potência de dez por passo de volta${told.length > 1 ? `: ${listed(told)}` : ''}.`;
      },
      labels: {
        lag: 'defasagem k',
        decades: 'potências de dez desde a defasagem 0',
        gates: 'portas',
        derivative: 'derivada',
        arriving: 'de cima',
        together: 'juntas',
      },
    },
  },
  units: {
    option: 'os quantis da curva por defasagem nas unidades, e suas constantes de tempo',
    view: {
      heading: 'Unidade por unidade',
      explains: () =>
        'A curva por defasagem de cada unidade, pelos quantis nas unidades da camada. Nas células com portas, abaixo, a constante de tempo de cada unidade, −1/ln(porta média), em passos de tempo: da porta de esquecimento na LSTM, de z na GRU, de 1 − z na minGRU. Um estado que só passa por essa porta cai a 37% depois desse tempo.',
      finding({ layer, spread, constants }) {
        const told = [
          ...(spread === null
            ? []
            : [
                `na defasagem ${count(spread.lag)}, os gradientes de nove décimos das unidades diferem no máximo por um fator de ${factor(spread.decades)}`,
              ]),
          ...(constants === null
            ? []
            : [
                `metade das ${counted(constants.units, 'unidade')} tem constante de tempo de ${steps(constants.half)} ou mais, e um décimo, de ${steps(constants.tenth)}`,
                `${constants.beyond === 0 ? 'nenhuma passa' : `${count(constants.beyond)} ${constants.beyond === 1 ? 'passa' : 'passam'}`} dos ${count(constants.timesteps)} da janela`,
              ]),
        ];
        return `${Layer(layer)}: ${told.length === 0 ? 'na maior defasagem, algumas unidades não recebem gradiente nenhum' : told.join('; ')}.`;
      },
      labels: {
        lag: 'defasagem k',
        norm: 'gradiente, relativo à unidade mediana na defasagem 0',
        constant: 'constante de tempo, em passos de tempo',
        units: 'unidades',
        window: 'janela',
      },
    },
  },
  updates: {
    option: 'o tamanho da atualização em relação aos pesos',
    view: {
      heading: 'O que uma iteração muda',
      explains: () =>
        'O tamanho da mudança ao lado dos pesos: em torno de 10⁻³ é o usual num treino saudável.',
      finding: findings.updates,
      labels: { tensor: 'tensor', ratio: '‖Δw‖/‖w‖ de uma iteração' },
    },
  },
  theory: {
    option: 'os espectros de W_hh e os expoentes de Lyapunov',
    view: {
      heading: 'A teoria ao lado da medida',
      explains: () =>
        'σ₁, o maior valor singular de W_hh, limita o que um passo pode conservar: numa célula simples, σ₁γ (γ = 1 para tanh e ReLU, ¼ para sigmoide). O limite é um teorema para a camada do topo; as de baixo recebem gradiente também de cima.',
      finding: findings.theory,
      labels: ({ recurrent }) => ({
        layer: 'camada',
        block: `${recurrent} de`,
        sigma1: 'σ₁',
        radius: 'raio espectral',
      }),
    },
  },
  audit: {
    option: 'o que o truncamento descarta',
    view: {
      heading: 'O que o truncamento descarta',
      explains: ({ timesteps: long }) =>
        `O treino trunca o gradiente na borda da janela. Numa janela de ${timesteps(long)}: a parte de ∂ℓ/∂W, em todos os tensores recorrentes, que vem de mais longe que o corte.`,
      finding({ cut, timesteps: long, share: part }) {
        const lacking = part === null ? 'menos de 10⁻³⁰' : share(part > 0 ? Math.log10(part) : null);
        return `Com truncamento depois de ${timesteps(cut)}, falta ao gradiente ${lacking} do que ${timesteps(long)} ${long === 1 ? 'dá' : 'dão'}.`;
      },
      labels: {
        cut: 'truncado depois de k passos de tempo',
        discarded: 'parte do gradiente que é descartada',
        all: 'todas as camadas',
      },
    },
  },
  direction: {
    option: 'a direção do gradiente truncado',
    view: {
      heading: 'A direção do gradiente truncado',
      explains: ({ timesteps: full, windows: many }) =>
        `O gradiente truncado depois de k passos de tempo ao lado do de ${timesteps(full)}, ambos em média sobre ${windows(many)} do texto: o cosseno entre os dois e o viés relativo ‖diferença‖/‖gradiente completo‖, que média nenhuma elimina.`,
      finding: ({ cut, timesteps: full, windows: many, cosine, bias }) =>
        `Com truncamento depois de ${timesteps(cut)}, o gradiente médio de ${windows(many)} tem cosseno de ${precise(cosine)} com o de ${timesteps(full)} e viés relativo de ${percent(bias)}.`,
      labels: {
        cut: 'truncado depois de k passos de tempo',
        cosine: 'cosseno com o gradiente completo',
        bias: 'viés relativo',
        all: 'todas as camadas',
        trained: 'T',
      },
    },
  },
  matrix: {
    option: 'o gradiente entre todos os pares de passos de tempo',
    view: {
      heading: 'Cada perda e cada estado',
      explains: () =>
        'Linha s: o gradiente da perda s sozinha, em cada passo de tempo t antes dela, relativo a t = s. A diagonal é a defasagem 0; uma faixa clara ao longo dela é o alcance da memória, e onde ela se alarga o texto é lembrado por mais tempo.',
      finding: findings.matrix,
      labels: { state: 'passo de tempo t do estado', loss: 'passo de tempo s da perda' },
    },
  },
  listen: {
    option: 'de que cada caractere de um trecho depende',
    view: {
      heading: 'De que depende cada caractere',
      explains: () =>
        '‖∂ log p(caractere)/∂ entrada‖ para cada caractere antes do escolhido: quanto mais forte a cor, mais a previsão mudaria.',
      finding: findings.listen,
      labels: {},
    },
  },
  spectrum: {
    option: 'os valores singulares das jacobianas por defasagem',
    view: {
      heading: 'Em quantas direções',
      explains: () =>
        'Valores singulares de ∂h(T−1)/∂h(T−1−k) (e em relação a c) dentro de cada camada, ao longo da primeira sequência: quanto o último estado ainda muda com o de k passos de tempo antes, nas direções que mais contam; tracejado, o maior até a camada do topo. A razão de participação (Σσ²)²/Σσ⁴ diz em quantas direções, mais ou menos.',
      finding({ layer, units, at }) {
        const told = at.map(
          ({ lag, log10, directions }) =>
            `voltando ${timesteps(lag)}, σ₁ é ${sigma(log10)} e a razão de participação, ${short(directions)} (de ${counted(units, 'direção', 'direções')})`,
        );
        return `${Layer(layer)}: ${told.length === 0 ? 'nenhum estado muda um posterior' : told.join('; ')}.`;
      },
      labels: {
        lag: 'defasagem k',
        ratio: 'razão de participação',
        toTop: 'σ₁, camada do topo',
        byH: 'valores singulares por h',
        byC: 'valores singulares por c',
      },
    },
  },
};
