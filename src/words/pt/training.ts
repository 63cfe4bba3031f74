/** O que `train` diz: os fatos, o andamento, o fim, o que tentar depois; veja `en`. */
import { bitsIn, durationOf, type Finding, type TrainingFigures } from '../training.js';
import type { Words } from '../en/words.js';
import { numbers } from './numbers.js';

const { count, counted, fixed, listed, plural } = numbers;
const bits = bitsIn(numbers);

const UNITS = {
  second: ['segundo', 'segundos'],
  minute: ['minuto', 'minutos'],
  hour: ['hora', 'horas'],
} as const;
const duration = (seconds: number): string => {
  const { unit, count: n } = durationOf(seconds);
  const [one, several] = UNITS[unit];
  return counted(n, one, several);
};

const evenly = ({ symbols, evenNats }: Pick<TrainingFigures, 'symbols' | 'evenNats'>): string =>
  `um palpite uniforme entre ${counted(symbols, 'símbolo')} precisa de ${bits(evenNats)}`;

function finding(one: Finding, told: TrainingFigures): string {
  const { step, bestNats, endNats, trainingNats, evenNats, floorNats } = told;
  const lr = count(told.lr);
  const even = evenly(told);
  const isWorse = endNats !== null && endNats >= evenNats ? `, onde ${even}` : '';
  const floor = floorNats === null ? '' : bits(floorNats);
  const best = bestNats === null ? '' : bits(bestNats);
  switch (one.kind) {
    case 'untrained':
      return `A rede está como foi inicializada: nenhuma iteração foi feita${one.lossNats === null ? '' : `: ${bits(one.lossNats)} bits por caractere, onde ${even}`}.`;
    case 'failed':
      return `O treino falhou: ${bits(one.lossNats)} bits por caractere no fim, onde ${even}. Tente uma taxa de aprendizado menor que ${lr}.`;
    case 'diverged':
      return `O treino divergiu depois da iteração ${count(one.since)}: ${bits(endNats ?? NaN)} bits por caractere no fim${isWorse}, ${bits(one.rise)} a mais que antes. Tente uma taxa de aprendizado menor que ${lr}; o modelo da iteração ${count(one.since)} foi guardado.`;
    case 'nothing-carries-over':
      return `O que foi aprendido não ajuda no texto reservado: ${bits(one.lossNats)} bits por caractere, onde ${even}; no texto de treino, ${bits(trainingNats ?? NaN)}. O fim do texto é de outro tipo que o começo, ou curto demais?`;
    case 'overfitting':
      return `Sobreajuste (overfitting) a partir da iteração ${count(one.since)} de ${count(step)}: o texto foi decorado. No fim, a parte reservada custa ${bits(one.rise)} bits por caractere a mais${isWorse}, enquanto a parte treinada ainda melhorava. O modelo da iteração ${count(one.since)} foi guardado.`;
    case 'dead':
      return `${plural(one.layers.length, 'A camada', 'As camadas')} ${listed(one.layers.map((layer) => String(layer + 1)))} ${plural(one.layers.length, 'está morta', 'estão mortas')}: quase todas as unidades respondem 0 a tudo, e nenhum gradiente volta por elas.`;
    case 'behind-counting':
      return `Só contar já prevê o texto reservado melhor que este modelo: ${floor} bits por caractere contra ${best}.`;
    case 'ahead-of-counting':
      return `${best} bits por caractere no texto reservado, ${bits(one.by)} melhor que só contar (${floor}).`;
    case 'improving':
      return `Ainda estava melhorando: ${bits(one.by)} bits no último décimo das iterações.`;
  }
}

export const training: Words['training'] = {
  facts: {
    texts: (n) => counted(n, 'texto'),
    records: (n) => counted(n, 'registro'),
    characters: (n, areBytes) => counted(n, areBytes ? 'byte' : 'caractere'),
    symbols: (n) => counted(n, 'símbolo'),
    weights: (n) => counted(n, 'peso'),
    threads: (engine, n) => (n > 1 ? `${engine} em ${n} threads` : engine),
    from: (path) => `a partir de ${path}`,
    folder: (dir, step) => (step > 0 ? `${dir}, a partir da iteração ${count(step)}` : dir),
    added: (n) => `${counted(n, 'símbolo novo', 'símbolos novos')}, que o modelo ainda tem de aprender`,
    asAnother: (n) =>
      `${counted(n, 'caractere')} ${plural(n, 'não está', 'não estão')} no alfabeto do modelo e ${plural(n, 'é lido', 'são lidos')} como outro`,
  },
  progress: {
    step: (at, of) => `iteração ${count(at)} de ${count(of)}`,
    bits: (nats) => `${fixed(nats / Math.LN2, 3)} bits/caractere`,
    validation: (nats, isBest) => `validação ${fixed(nats / Math.LN2, 3)}${isBest ? ' (melhor)' : ''}`,
    pace: (many) => `${many} caracteres/s`,
    left: (clock) => `faltam ${clock}`,
    took: (clock) => `em ${clock}`,
    worse: (step, nats, evenNats) =>
      `iteração ${count(step)}: ${fixed(nats / Math.LN2, 3)} bits/caractere, onde um palpite uniforme precisa de ${fixed(evenNats / Math.LN2, 3)}; um --lr menor pode ajudar`,
    warning: (step, warning) => `iteração ${count(step)}: ${warning}`,
  },
  notes: {
    interrupted: (step, command) =>
      `interrompido depois da iteração ${count(step)}; continue com: ${command}`,
    interruptedMeasuring: (command) =>
      `interrompido antes de avaliar todo o texto reservado; de novo com: ${command}`,
    looking: 'agora todo o texto reservado é avaliado',
    untold: (dir, error) => `o treino está em ${dir}, mas nem tudo pode ser dito dele: ${error}`,
    passedOver: (error) => `ignorado: ${error}`,
    patience: (step, steps, patience, command) =>
      `iteração ${count(step)} de ${count(steps)}: ${patience === 1 ? 'a última avaliação não trouxe' : `as últimas ${count(patience)} avaliações não trouxeram`} melhora (--patience, parada antecipada); continue com: ${command}`,
    last: (step, command) => `a iteração ${count(step)} é a última do treino; continue com: ${command}`,
  },
  minutes: {
    choice(characters, minutes, limit, seconds) {
      const reason = {
        time: '',
        text: ` Leva cerca de ${duration(seconds)}: mais passagens por um texto deste tamanho só o decorariam.`,
        own: ` Com as iterações ou épocas dadas, leva cerca de ${duration(seconds)}.`,
      }[limit];
      return `Escolhido para ${counted(characters, 'caractere')} e ${duration(60 * minutes)}, pelo que foi medido aqui.${reason} Sem --minutes, para os mesmos bits:`;
    },
    took: (took, asked) => `Levou ${duration(took)}, não ${duration(asked)}`,
    own: (took) => `${took}: as iterações ou épocas foram dadas.`,
    text: (took) => `${took}: mais passagens por um texto deste tamanho só o decorariam.`,
    machine: (took, own, foreseen) =>
      `${took}: o treino levou ${duration(own)}, ${duration(foreseen)} pelo que foi medido antes. Desde então a máquina teve ${own > foreseen ? 'mais' : 'menos'} outras coisas a fazer.`,
  },
  finding,
  plainly: (bestNats, trainingNats) =>
    bestNats === null
      ? `${bits(trainingNats ?? NaN)} bits por caractere no texto de treino. Nada foi reservado (--validation 0), então isto não diz quão bem ele prevê outro texto.`
      : `${bits(bestNats)} bits por caractere no texto reservado.`,
  bits,
  table: {
    title: 'Onde este modelo está, em bits por caractere do texto reservado:',
    even: (symbols) => `palpite uniforme entre ${counted(symbols, 'símbolo')}`,
    counting: 'contar quantas vezes cada um ocorre',
    countingAfter: (n) => `contar o que vem depois de ${counted(n, 'caractere')}`,
    best: (step) => `este modelo no melhor momento, iteração ${count(step)}`,
    end: (step, isPart) => `este modelo no fim, iteração ${count(step)}${isPart ? ', numa parte dele' : ''}`,
    training: 'o mesmo, no texto de treino',
    test: 'o modelo guardado, no texto de teste',
    part: (characters) =>
      `A contagem viu só ${count(characters)} caracteres, pelo tempo que leva; mais a ajudariam.`,
    tested: (nats) => `No texto de teste: ${bits(nats)} bits por caractere.`,
  },
  next: {
    title: 'Tente a seguir',
    smallerRate: 'o mesmo com uma taxa de aprendizado menor',
    moreDropout: 'o mesmo com mais dropout',
    minutes: (n) => `um modelo escolhido para este texto e ${counted(n, 'minuto')}`,
    goOn: 'mais iterações',
    lookAtText: 'de que é feito o texto',
    sample: 'o que ele escreve',
    inspect: 'o gradiente por camada e passo de tempo, numa página',
    page: 'pagina.html',
    lesson: 'por que o gradiente se dissipa, medido neste texto',
  },
  summary: {
    sample: 'Uma amostra (temperatura 0,8):',
    reach:
      'O texto é de registros: onde um começa nada resta do que veio antes, e nenhum gradiente volta além dali.',
    chart: 'Quanto sobra do gradiente da última perda, por defasagem (lag: passos de tempo de volta):',
    files: (dir) => `Arquivos em ${dir}:`,
    best: 'o melhor modelo',
    lowest: 'o modelo de menor perda no texto reservado',
    checkpoint: 'um checkpoint de onde continuar (--resume)',
    metrics: 'perda, norma do gradiente e taxa de aprendizado por iteração',
    gradients: 'gradientes por camada e passo de tempo',
    samples: 'amostras durante o treino',
    ids: 'o texto em símbolos, refeito se faltar',
    run: 'opções, versões e textos do treino',
  },
};
