/** Das opções e de seus valores. */
import { errorWords } from '../../error-words.js';
import { help } from '../help.js';
import { allowed } from './allowed.js';

/** O que são os valores de uma opção, se são alguns nomes. */
const NOUNS: Readonly<Record<string, string | undefined>> = {
  '--cell': 'uma célula',
  '--init': 'uma inicialização',
  '--engine': 'um backend',
  '--optimizer': 'um otimizador',
  '--schedule': 'um schedule (curva da taxa de aprendizado)',
  '--clip-mode': 'um modo de recorte',
  '--probe': 'um conjunto de sondas',
  '--lang': 'um idioma',
};

const lists = 'listas de valores são para npx dissipa sweep --grid';

export const options = errorWords({
  'option.unknown': ({ option, guess }) => ({
    found: 'essa opção não existe',
    ...(guess !== null
      ? { advice: `você quis dizer ${guess}?` }
      : option.startsWith('-') && { advice: 'veja as que existem com --help' }),
  }),
  'option.missing': ({ expected }) => ({
    found: 'está faltando',
    expected: `esperado: ${allowed(expected)}`,
  }),
  'option.wrong': ({ option, value, expected, guess }) => ({
    found:
      expected.is === 'one-of' && NOUNS[option] !== undefined
        ? `'${value.replace(/^''$/, '')}' não é ${NOUNS[option]}`
        : `é ${value}`,
    ...(guess === null
      ? { expected: `esperado: ${allowed(expected)}` }
      : { advice: `você quis dizer ${guess}?` }),
  }),
  'option.bare': ({ option, takes }) => ({
    found: 'está sem valor',
    expected: `esperado: um valor depois dela, como em ${option} ${help.placeholders[takes]}`,
  }),
  'option.comma': ({ value, point }) => ({
    found: `é ${value}, com vírgula`,
    expected: 'esperado: um só número',
    advice: `escreva ${point} se for uma fração; ${lists}`,
  }),
  'option.thousands': ({ value, plain }) => ({
    found: `é ${value}`,
    expected: 'esperado: um número sem separador de milhares',
    advice: `escreva ${plain}`,
  }),
  'option.list': ({ value, count }) => ({
    found: `é ${value}, uma lista de ${count}`,
    expected: 'esperado: um só número',
    advice: lists,
  }),
});
