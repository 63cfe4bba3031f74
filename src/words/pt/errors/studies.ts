/** Do que pode haver de errado com o que se estuda: textos curtos, opções que não combinam, um modelo que transborda. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { windowOf } from '../shared.js';

const { count, counted } = numbers;

type Option = 'epsilon' | 'weight-decay' | 'forget-bias' | null;

const WHAT: Readonly<Record<string, string | undefined>> = {
  loss: 'a perda',
  gradient: 'o gradiente',
  'gradient norm': 'a norma do gradiente',
  weights: 'o valor dos pesos',
};

function tried(option: Option, value: number, lr: number): string {
  switch (option) {
    case 'epsilon':
      return `tente um --epsilon maior: é ${value}, e o usual é 1e-8`;
    case 'weight-decay':
      return `tente um --weight-decay menor: é ${value}, com --lr ${lr}`;
    case 'forget-bias':
      return `tente um --forget-bias mais perto de 0: é ${value}`;
    case null:
      return 'tente --lr menor, --clip menor ou --warmup';
  }
}

export const studies = errorWords({
  'measure.short': ({ characters }) => ({
    found: `o texto tem ${counted(characters, 'caractere')}`,
    expected: 'esperado: ao menos 2: um para ler, um para prever',
  }),
  'measure.short-passage': ({ characters }) => ({
    found: `o trecho tem ${counted(characters, 'caractere')}`,
    expected: 'esperado: ao menos 2: um para ler, um para prever',
  }),
  'measure.no-window': ({ characters, needed, rows, timesteps }) => ({
    found: `o texto tem ${counted(characters, 'caractere')}`,
    expected: `esperado: ao menos ${count(needed)} para ${windowOf({ rows, timesteps })}`,
    advice: 'dê um texto mais longo, ou --window ou --rows menores',
  }),
  'lesson.short': ({ characters, needed, rows, timesteps }) => ({
    found: `tem ${counted(characters, 'caractere')}`,
    expected: `esperado: ao menos ${count(needed)} para ${windowOf({ rows, timesteps })}, um décimo reservado`,
    advice: 'dê um texto mais longo, ou --window menor',
  }),
  'sample.seeds': ({ last, most }) => ({
    where: '--count',
    found: `a última amostra teria a semente ${last}`,
    expected: `não há semente além de ${most}`,
    advice: 'dê um --seed menor',
  }),
  'sample.no-lines': () => ({
    where: '--lines',
    found: 'o alfabeto do modelo não tem quebra de linha',
    advice: 'termine a amostra com --length ou --stop',
  }),
  'sample.no-start': ({ start }) => ({
    where: `--start ${start}`,
    found: `o alfabeto do modelo não tem ${start === 'line' ? 'quebra de linha' : 'espaço'}`,
    advice: 'retire-a, ou dê um --prompt',
  }),
  'sample.unknown-stop': () => ({
    where: '--stop',
    found: 'contém o símbolo dos desconhecidos, que nenhuma amostra tem',
    advice: 'retire-o',
  }),
  'sample.overflow': () => ({
    where: 'amostragem',
    found: 'as previsões do modelo deixaram de ser finitas',
    expected: 'esperado: números abaixo de 3,4×10³⁸ (float32)',
    advice: 'a rede explode no caminho de ida: use um checkpoint de antes disso, ou um --length menor',
  }),
  'brainjs.short': ({ characters, window }) => ({
    where: 'brain.js',
    found: `${counted(characters, 'caractere')} para treinar em janelas de ${window}`,
    expected: 'esperado: ao menos uma janela, e de 2 caracteres ou mais',
    advice: 'dê um texto mais longo, ou outra --window',
  }),
  'brainjs.diverged': ({ updates, rate }) => ({
    where: 'brain.js',
    found: `a perda é NaN depois de ${counted(updates, 'atualização', 'atualizações')} (divergiu)`,
    advice: `dê uma taxa de aprendizado menor que ${rate}`,
  }),
  'train.diverged': ({ step, what, bits, gradientNorm, last, option, value, lr }) => ({
    where: `iteração ${step}`,
    found: `${WHAT[what] ?? what} não é mais um número finito: o treino divergiu (perda ${bits} bits por caractere, norma do gradiente ${gradientNorm})`,
    ...(last !== undefined && {
      expected: last === null ? 'ainda não há checkpoint' : `o último checkpoint bom é ${last}`,
    }),
    advice: tried(option, value, lr),
  }),
  'compare.two-budgets': () => ({
    where: '--minutes',
    found: '--characters também foi dada',
    expected: 'esperado: uma das duas',
  }),
  'compare.no-contender': ({ name, names, guess }) => ({
    where: '--only',
    found: `'${name}' não é um concorrente`,
    expected: `esperado: alguns destes: ${names.join(', ')}`,
    ...(guess !== null && { advice: `você quis dizer ${guess}?` }),
  }),
});
