/** The lesson in Portuguese, as it is written in Brazil: its frame. */
import { SECTIONS } from '../../lesson/figures.js';
import { LETTERS } from '../../lesson/recall.js';
import type { LessonWords } from '../../lesson/words.js';
import { layerSections } from './layers.js';
import { lesson as names } from './names.js';
import { pictures } from './pictures.js';
import { cells, common, contender, inits, iterations, numbers, steps as stepsOf } from './shared.js';
import { timeSections } from './time.js';

const { bits, count, counted } = numbers;

const BUNDLED = 'o corpus que vem com o programa';
const NUMBERS = ['nenhuma', 'uma', 'duas', 'três', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez'];
const claims = NUMBERS.at(SECTIONS.length) ?? String(SECTIONS.length);

export const lesson: LessonWords = {
  language: 'pt',
  locale: 'pt-BR',
  numbers,
  ...names,
  title: 'A dissipação do gradiente: uma aula com medições',
  headline: {
    sentence: (lag, tanh, left, other) =>
      `Voltando ${stepsOf(lag)}, sobra ${left} do gradiente ${tanh}${other}.`,
    tanh: { trained: 'na RNN tanh', untrained: 'na RNN tanh sem treino' },
    other: (one, left) => `; na ${one}, ${left}`,
  },
  introduction: [
    `${claims.charAt(0).toUpperCase()}${claims.slice(1)} afirmações que as aulas sobre a dissipação do gradiente (também chamada desaparecimento do gradiente, “vanishing gradient” em inglês) fazem, cada uma medida agora há pouco, nesta máquina, em redes treinadas por alguns segundos para prever o próximo caractere de um texto. Cada veredito é calculado a partir dos números: quando a medida não confirma uma afirmação, ou depende da inicialização ou da semente, a página diz; e de uma rede que nada aprendeu não se conclui nada.`,
    'Uma rede recorrente lê um caractere a cada passo de tempo. O treino manda de volta o erro das previsões, através das camadas e dos passos de tempo (retropropagação através do tempo, BPTT), e o que chega é o gradiente. Os pesos são os mesmos em todos os passos de tempo, e por isso continuam aprendendo com o que está perto; o que se perde onde nenhum gradiente chega é o que depende de muito tempo atrás.',
  ],
  bundled: BUNDLED,
  facts: ({ text, characters, symbols, hidden, window, rows, steps, batch, seed, engine, levels }) => [
    ['texto', text ?? BUNDLED],
    ['caracteres', count(characters)],
    ['símbolos', count(symbols)],
    ['unidades por camada', count(hidden)],
    [
      'janela',
      `${counted(rows, 'sequência', 'sequências')} × ${counted(window, 'passo', 'passos')} de tempo`,
    ],
    ['cada treino', `${iterations(steps)}, lote de ${counted(batch, 'sequência', 'sequências')}`],
    ['primeira semente', String(seed)],
    ['palpite uniforme', `${bits(levels.even)} por caractere`],
    ['palpite pela frequência dos símbolos', `${bits(levels.unigram)} por caractere`],
    ['backend', engine],
  ],
  insteadOf: ({ text, characters, needed }) =>
    `${text} é curto demais para esta aula (${counted(characters, 'caractere', 'caracteres')}; são precisos ${count(needed)}): a medida foi feita no corpus que vem com o programa.`,
  cells,
  inits,
  contender,
  outcomes: {
    holds: 'confirma-se',
    partly: 'confirma-se em parte',
    fails: 'não se confirma',
    open: 'não permite conclusão',
  },
  heldOf: (held, all) => `${count(held)} de ${count(all)}`,
  verdict: 'Veredito',
  beside: 'ao lado:',
  tryIt: 'Experimente',
  overview: `As ${claims} afirmações`,
  footer:
    'Feita por dissipa lesson. Todos os números, sem arredondar, estão guardados nesta página; dissipa lesson --json os imprime.',
  glossary: {
    title: 'Glossário',
    summary: 'O que cada termo quer dizer',
    entries: [
      ['gradiente', 'Quanto, e em que direção, a perda muda quando muda um número da rede.'],
      [
        'passo de tempo',
        'A leitura de um caractere; o estado oculto h leva ao passo seguinte o que já foi lido.',
      ],
      [
        'defasagem k (lag)',
        'Tantos passos de tempo de volta. O que resta ali: ‖∂ℓ/∂h‖ da perda ℓ da última previsão no passo T − 1 − k, por todos os caminhos que levam até lá, em relação a k = 0.',
      ],
      ['dissipação do gradiente', 'Dentro da janela, o gradiente cai a um centésimo do que era em k = 0.'],
      [
        'explosão do gradiente',
        'Ele cresce, ao contrário, cem vezes; ou, durante um treino, chega uma vez a cem vezes o seu tamanho habitual.',
      ],
      [
        'inicialização',
        'Como os pesos são sorteados antes do treino: uniforme em ±1/√H (como no PyTorch), Glorot, ortogonal, normal, identidade.',
      ],
      [
        'aprendeu',
        'No texto de validação, a rede é pelo menos 0,1 bit por caractere melhor do que chutar pela frequência de cada símbolo.',
      ],
      [
        'W_ih, W_hh',
        'Os pesos com que entram numa camada sua entrada e seu próprio estado do passo anterior.',
      ],
      ['camada de saída', 'Os pesos que fazem previsões a partir do estado da última camada (“readout”).'],
      [
        'saturação',
        'Uma unidade está saturada quando a derivada da ativação fica abaixo de 0,05: passa no máximo um vigésimo do gradiente.',
      ],
      ['recorte do gradiente', 'Limitar a norma do gradiente antes de cada iteração (“gradient clipping”).'],
      ['σ₁, γ', 'O maior valor singular de W_hh; a maior derivada da ativação.'],
      ['potências de dez', 'Perder duas delas deixa um centésimo.'],
      ['acaso', `A parte de acertos de quem chuta: um em ${LETTERS}.`],
    ],
  },
  common,
  sections: (setup) => ({ ...layerSections(setup), ...timeSections }),
  pictures,
  progress: {
    begin: ({ characters, symbols, hidden, window, steps, engine }) =>
      `${counted(characters, 'caractere', 'caracteres')}, ${counted(symbols, 'símbolo', 'símbolos')} · ${claims} afirmações, redes de ${counted(hidden, 'unidade', 'unidades')}, ` +
      `janelas de ${counted(window, 'passo', 'passos')} de tempo, ${iterations(steps)} cada · ${engine}`,
    doing({ doing }, number, of) {
      const { spec, kind, detail = 0, done, of: all } = doing;
      const what = `${contender(spec)}, ${counted(spec.layers, 'camada', 'camadas')}`;
      const frozen =
        detail > 0 ? `só a camada ${detail}` : detail === 0 ? 'só a camada de saída' : 'todas as camadas';
      const said = {
        training: `treinando ${what}${spec.clip ? '' : ', sem recorte'}: iteração ${count(done)} de ${count(all)}`,
        changing: `perturbando ${what}: ${count(done)} de ${count(all)}`,
        drawing: `inicializando ${what}: ${count(done)} de ${count(all)}`,
        freezing: `treinando ${frozen} de ${what}: iteração ${count(done)} de ${count(all)}`,
        recalling: `lembrando ${detail} atrás, ${contender(spec)}: iteração ${count(done)} de ${count(all)}`,
      }[kind];
      return `afirmação ${number} de ${of} · ${said}`;
    },
    left: (time) => `faltam ${time}`,
    done: (file, kilobytes) => `página gravada em ${file} (${count(kilobytes)} KiB): abra-a no navegador`,
    figures: (file) => `números gravados em ${file}`,
  },
};
