/** The lesson in Portuguese, as it is written in Brazil: its frame, its pictures. */
import { farEnd, furthest } from '../../../study/lesson/methods.js';
import { now } from './facts.js';
import { numbersIn } from './language.js';
import { cells, contender, portugueseSections } from './pt-sections.js';
import type { Words } from './words.js';

const numbers = numbersIn('pt');
const { count, counted, share } = numbers;

const BUNDLED = 'o corpus que vem com o programa';

export const pt: Words = {
  language: 'pt',
  locale: 'pt-BR',
  numbers,
  file: 'aula',
  run: 'aula',
  title: 'O gradiente que se dissipa, uma aula medida',
  headline({ contenders }, lag) {
    const tanh = contenders.find(({ cell }) => cell === 'tanh');
    const best = furthest(contenders);
    const left = tanh ? share(farEnd(now(tanh))) : '–';
    const other = best?.end ? `; à ${contender(best)}, ${share(farEnd(best.end))}` : '';
    return `Depois de ${counted(lag, 'passo', 'passos')} de volta no tempo, a uma rede com tanh resta ${left} do gradiente${other}.`;
  },
  introduction: [
    'Seis afirmações que toda aula sobre redes recorrentes faz, cada uma medida agora há pouco, nesta máquina, em redes treinadas por alguns segundos para prever o próximo caractere de um texto. Cada veredito é calculado a partir dos números: quando a medida não confirma uma afirmação, a página diz.',
    'Uma rede recorrente lê um caractere a cada passo de tempo. O treino manda de volta o erro das previsões, através das camadas e dos passos de tempo (retropropagação no tempo), e o que chega é o gradiente. Onde não chega nada, nada se aprende.',
  ],
  bundled: BUNDLED,
  facts: ({ text, characters, symbols, hidden, window, rows, steps, batch, seed, engine }) => [
    ['texto', text ?? BUNDLED],
    ['caracteres', count(characters)],
    ['símbolos', count(symbols)],
    ['unidades por camada', count(hidden)],
    ['janela', `${counted(rows, 'linha', 'linhas')} × ${counted(window, 'passo', 'passos')} de tempo`],
    ['cada treino', `${counted(steps, 'atualização', 'atualizações')}, ${counted(batch, 'linha', 'linhas')}`],
    ['semente', String(seed)],
    ['motor', engine],
  ],
  cells,
  contender,
  outcomes: { holds: 'confirma-se', partly: 'confirma-se em parte', fails: 'não se confirma' },
  verdict: 'Veredito',
  tryIt: 'Experimente',
  overview: 'As seis afirmações',
  footer:
    'Feita por dissipa lesson. Todos os números, sem arredondar, estão guardados nesta página; dissipa lesson --json os imprime.',
  glossary: {
    title: 'Vocabulário',
    summary: 'O que cada termo quer dizer',
    entries: [
      ['gradiente', 'Quanto, e em que direção, a perda muda quando muda um número da rede.'],
      ['passo de tempo', 'A leitura de um caractere; o estado h leva ao passo seguinte o que já foi lido.'],
      [
        'passos de volta (k)',
        'Até onde viajou o gradiente da última previsão: ‖∂ℓ/∂h‖ no passo T − 1 − k, por todos os caminhos que levam até lá.',
      ],
      ['dissipar-se', 'Dentro da janela, o gradiente cai a um centésimo do que era em k = 0.'],
      ['explodir', 'Ele cresce, ao contrário, cem vezes.'],
      ['W_hh', 'Os pesos com que o estado de uma camada num passo de tempo entra no passo seguinte.'],
      [
        'parte plana',
        'Onde a derivada de uma ativação fica abaixo de 0,05: passa no máximo um vigésimo do gradiente.',
      ],
      ['σ₁, γ', 'O maior valor singular de W_hh; a maior derivada da ativação.'],
      ['década', 'Uma potência de dez.'],
    ],
  },
  sections: portugueseSections,
  pictures: ({ steps }) => {
    const before = 'antes do treino';
    const after = `depois de ${counted(steps, 'atualização', 'atualizações')}`;
    const back = 'passos de volta no tempo (k)';
    const left = 'parte que resta';
    return {
      sensitivity: {
        byLayer: {
          start: { title: `Por camada, ${before}`, x: 'camada empurrada', y: 'movimento relativo da saída' },
          end: { title: `Por camada, ${after}`, x: 'camada empurrada', y: 'movimento relativo da saída' },
        },
        byLag: {
          start: { title: `Por passo de tempo, ${before}`, x: back, y: 'movimento, em relação a k = 0' },
          end: { title: `Por passo de tempo, ${after}`, x: back, y: 'movimento, em relação a k = 0' },
        },
      },
      squashing: {
        title: (cell) => `${cells[cell]}, ${after}`,
        curve: 'a ativação φ(a)',
        slope: 'sua derivada φ′(a)',
        units: 'onde estão as unidades (frequência relativa)',
        flat: 'parte plana: φ′ abaixo de 0,05',
        x: 'pré-ativação a',
        head: [
          '',
          'inclinação típica no começo',
          'depois do treino',
          'nas partes planas no começo',
          'depois do treino',
        ],
      },
      depth: {
        first: {
          start: {
            title: `Gradiente da primeira camada, ${before}`,
            x: 'camadas na rede',
            y: '‖∂L/∂W‖ da primeira camada',
          },
          end: {
            title: `Gradiente da primeira camada, ${after}`,
            x: 'camadas na rede',
            y: '‖∂L/∂W‖ da primeira camada',
          },
        },
        lags: {
          start: { title: `Uma rede de sigmoides, camada a camada, ${before}`, x: back, y: '‖∂ℓ/∂h‖' },
          end: { title: `A mesma rede, ${after}`, x: back, y: '‖∂ℓ/∂h‖' },
        },
        layer: (number) => `camada ${number}`,
        head: [
          '',
          'camadas',
          'primeira camada no começo',
          'última camada',
          'primeira camada depois do treino',
          'última camada',
        ],
      },
      product: {
        curve: (cell) => ({ title: `${cells[cell]}: o que resta, e o máximo possível`, x: back, y: left }),
        parts: (cell) => ({
          title: `${cells[cell]}: os fatores, multiplicados`,
          x: back,
          y: 'décadas ganhas ou perdidas',
        }),
        factors: { title: 'O fator de cada passo', x: back, y: 'fator' },
        table: 'Em média, ao longo da janela',
        measured: 'medido',
        bound: 'limite (σ₁γ)ᵏ',
        derivative: 'derivada',
        weights: 'W_hh',
        together: 'juntos',
        head: ['', 'fator de um passo', 'parte da derivada', 'parte de W_hh', 'σ₁γ'],
      },
      methods: {
        curves: {
          start: { title: `O que resta, ${before}`, x: back, y: left },
          end: { title: `O que resta, ${after}`, x: back, y: left },
        },
        costs: 'Até onde cada uma chega, e quanto custa',
        head: [
          '',
          'resta 1% em k =',
          'resta no fim',
          'bits por caractere',
          'unidades mortas',
          'atualizações com corte',
          'maior gradiente, ao lado do habitual',
          'o mesmo, sem corte nenhum',
        ],
        beyond: (lag) => `além de ${lag}`,
        diverged: (step) => `não é número na atualização ${count(step)}`,
        notTried: '–',
      },
      misleading: {
        curve: (cell) => ({
          title: `${cells[cell]}: dois gradientes da mesma rede`,
          x: 'passo de tempo t',
          y: 'em relação ao último passo',
        }),
        total: 'total',
        last: 'última perda',
      },
    };
  },
  progress: {
    begin: ({ characters, symbols, hidden, window, steps, engine }) =>
      `${counted(characters, 'caractere', 'caracteres')}, ${counted(symbols, 'símbolo', 'símbolos')} · seis afirmações, redes de ${counted(hidden, 'unidade', 'unidades')}, ` +
      `janelas de ${counted(window, 'passo', 'passos')} de tempo, ${counted(steps, 'atualização', 'atualizações')} cada · ${engine}`,
    doing({ doing }, number, of) {
      const { spec } = doing;
      const what = `${contender(spec)}, ${counted(spec.layers, 'camada', 'camadas')}`;
      const limit = spec.clip ? '' : ', sem corte';
      return doing.kind === 'training'
        ? `afirmação ${number} de ${of} · treinando ${what}${limit}: atualização ${count(doing.step)} de ${count(doing.steps)}`
        : `afirmação ${number} de ${of} · empurrando ${what}: ${doing.done} de ${doing.of}`;
    },
    left: (time) => `faltam ${time}`,
    done: (file, kilobytes) => `página gravada em ${file} (${count(kilobytes)} KiB): abra-a no navegador`,
    figures: (file) => `números gravados em ${file}`,
  },
};
