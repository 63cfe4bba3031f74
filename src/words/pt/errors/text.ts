/** Do que pode haver de errado com um texto. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { windowOf } from '../shared.js';

const { count, counted, plural, short } = numbers;

const least = (needed: number): string => (needed <= Number.MAX_SAFE_INTEGER ? count(needed) : '∞');

const inWords = (amount: number): string =>
  amount < 1 ? `uma fração de ${short(amount)}` : counted(amount, 'caractere');
const held = (validation: number, test: number): string =>
  [
    ...(validation > 0 ? [`${inWords(validation)} para validar`] : []),
    ...(test > 0 ? [`${inWords(test)} para testar`] : []),
  ].join(' e ');

export const text = errorWords({
  'text.empty': () => ({ found: 'o arquivo está vazio', expected: 'esperado: um texto' }),
  'text.no-bytes': () => ({
    found: 'o arquivo está vazio',
    expected: 'esperado: alguns bytes',
  }),
  'text.nothing-left': () => ({
    found: 'nada resta do arquivo sem os caracteres de controle e os textos de licença',
    expected: 'esperado: um texto',
  }),
  'text.zero': ({ byte }) => ({
    found: `o byte ${byte} é 0, portanto é um arquivo binário`,
    expected: 'esperado: um texto',
    advice: 'dê um arquivo de texto',
  }),
  'text.binary': ({ byte, value }) => ({
    found: `o byte ${byte} é ${value}, um caractere de controle entre muitos, portanto é um arquivo binário`,
    expected: 'esperado: um texto',
    advice: 'dê um arquivo de texto',
  }),
  'text.cut-off': ({ byte, encoding }) => ({
    found: `o arquivo termina no meio de um caractere de ${encoding}, no byte ${byte}`,
    expected: 'esperado: um texto',
    advice: 'está completo? --bad-bytes drop omite o resto do caractere; ou dê outra --encoding',
  }),
  'text.bad-byte': ({ byte, value, encoding, line, isGuess }) => ({
    found: `o byte ${byte} (${value}) não é ${encoding}${isGuess ? ', como o resto' : ''}: linha ${line}`,
    expected: 'esperado: um texto numa só codificação',
    advice:
      'corrija-o ali, ou prossiga com --bad-bytes replace (por U+FFFD) ou --bad-bytes drop, ou dê outra --encoding, se o texto todo está nela',
  }),
  'text.mixed': ({ byte, line, before, after, command }) => ({
    found: `do byte ${byte} em diante (linha ${line}) o texto está em ${after}, antes em ${before}`,
    expected: 'esperado: um texto numa só codificação',
    advice: `ponha as duas partes numa só, por exemplo com \`${command}\`, ou, se está tudo numa só, diga qual com --encoding`,
  }),
  'text.first-cut-off': ({ byte, encoding }) => ({
    found: `o arquivo termina no meio de um caractere de ${encoding}, no byte ${byte}`,
    expected: 'esperado: um texto',
    advice: 'está completo? Ou dê outra --encoding',
  }),
  'text.first-bad-byte': ({ byte, value, encoding }) => ({
    found: `o byte ${byte} (${value}) não é ${encoding}`,
    expected: 'esperado: um texto numa só codificação',
    advice: 'corrija o arquivo, ou dê a codificação, por exemplo --encoding windows-1252',
  }),
  'text.too-many-symbols': ({ symbols, most }) => ({
    found: `o texto tem ${count(symbols)} símbolos distintos`,
    expected: `no máximo ${count(most)}`,
  }),
  'text.endless-symbols': ({ most }) => ({
    found: `o texto tem mais de ${count(most)} símbolos distintos`,
    expected: `no máximo ${count(most)}`,
    advice: 'é um texto? A --encoding pode ser outra',
  }),
  'text.one-symbol': ({ symbols, characters }) => ({
    found: `o texto é só ${symbols}, ${counted(characters, 'vez', 'vezes')}`,
    expected: 'esperado: ao menos 2 símbolos distintos',
    advice: 'dê outro texto',
  }),
  'text.rare-symbols': ({ kept, symbols, minCount }) => ({
    found: `${count(kept)} de ${count(symbols)} símbolos ${plural(kept, 'ocorre', 'ocorrem')} ${counted(minCount, 'vez', 'vezes')} ou mais`,
    expected: 'esperado: ao menos 2 símbolos distintos',
    advice: 'dê um --min-count menor',
  }),
  'text.too-many-together': ({ symbols, most }) => ({
    found: `o modelo e o texto têm juntos ${count(symbols)} símbolos distintos`,
    expected: `no máximo ${count(most)}`,
    advice: 'dê um --min-count, ou --unknown replace',
  }),
  'text.unknown-symbols': ({ named, more, size, preview }) => ({
    found: `o alfabeto do modelo não tem ${named}${more > 0 ? ` e mais ${count(more)}` : ''}`,
    expected: `que tem ${counted(size, 'símbolo')}: ${preview}`,
    advice: 'omita-os (--unknown skip o faz), ou treine com um texto que os tenha',
  }),
  'text.no-stand-in': ({ symbol }) => ({
    found: `o modelo não tem nada que possa representar ${symbol}`,
    advice: 'omita símbolos desconhecidos com --unknown skip',
  }),
  'text.long-licence': ({ length, words, most }) => ({
    found: `um cabeçalho ou licença do Project Gutenberg teria ${count(length)} caracteres, a partir de "${words}"`,
    expected: `esperado: no máximo ${count(most)}; o resto pode ser texto`,
    advice: 'corte-o no arquivo, ou dê --keep-boilerplate',
  }),
  'text.no-window': ({ length, needed, rows, timesteps }) => ({
    found: `tem ${counted(length, 'caractere')} para treinar`,
    expected: `esperado: ao menos ${least(needed)} para ${windowOf({ rows, timesteps })}`,
    advice: 'dê um texto mais longo, ou --batch ou --window menores',
  }),
  'text.short': ({ length, needed, rows, timesteps, validation, test, mayHoldNone }) => ({
    found: `tem ${counted(length, 'caractere')}`,
    expected: `esperado: ao menos ${least(needed)} para ${windowOf({ rows, timesteps })}${validation > 0 || test > 0 ? `, com ${held(validation, test)}` : ''}`,
    advice: `dê um texto mais longo, ou --batch ou --window menores${mayHoldNone && (validation > 0 || test > 0) ? `, ou --validation 0${test > 0 ? ' --test 0' : ''}` : ''}`,
  }),
  'text.short-held-out': ({ length, share, held, fewest, mayHoldNone }) => ({
    found: `tem ${counted(length, 'caractere')}, dos quais --validation ${share} reserva ${count(held)}`,
    expected: `esperado: ao menos ${fewest} para validar`,
    advice: mayHoldNone
      ? 'dê um texto mais longo, ou --validation 0'
      : 'dê um texto mais longo, ou --validation maior',
  }),
  'text.utf-32': () => ({
    found: 'o arquivo está em UTF-32',
    expected: 'esperado: um texto',
    advice: 'converta-o antes, por exemplo com `iconv -f utf-32 -t utf-8`',
  }),
});
