/** Da própria chamada: comandos, suas palavras, o idioma. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';

const help = (command: string | null): string =>
  `veja dissipa ${command === null ? '' : `${command} `}--help`;

export const call = errorWords({
  'call.empty': ({ commands }) => ({
    where: 'dissipa',
    found: 'nenhum comando',
    expected: `esperado: ${commands.join(', ')}`,
    advice: help(null),
  }),
  'call.command': ({ word, commands, guess }) => ({
    where: word,
    found: 'não existe esse comando',
    expected: `esperado: ${commands.join(', ')}`,
    ...(guess !== null && { advice: `você quis dizer ${guess}?` }),
  }),
  'call.before': ({ word, commands }) => ({
    where: word,
    found: 'está antes do comando',
    expected: `esperado primeiro: ${commands.join(', ')}`,
    advice: help(null),
  }),
  'call.model': ({ command }) => ({
    where: command,
    found: 'falta o MODELO',
    expected: 'esperado: um arquivo .safetensors ou a pasta de um treino',
    advice: help(command),
  }),
  'call.weights': ({ command }) => ({
    where: command,
    found: 'faltam os PESOS',
    expected: 'esperado: um arquivo .safetensors',
    advice: help(command),
  }),
  'call.run': ({ command }) => ({
    where: command,
    found: 'falta o TREINO',
    expected: 'esperado: a pasta de um treino',
    advice: help(command),
  }),
  'call.elsewhere': ({ command, others }) => ({
    found: `é uma opção de ${numbers.listed(others)}, não de ${command}`,
    advice: help(command),
  }),
  'call.rest': ({ word, command }) => ({
    where: word,
    found: `é um argumento a mais para ${command}`,
    advice: help(command),
  }),
  'call.shell': ({ shell, guess }) => ({
    where: 'completion',
    found: shell === null ? 'nenhum shell foi dado' : `não há autocompletar para ${shell}`,
    expected: 'esperado: bash, zsh ou fish',
    ...(guess !== null && { advice: `você quis dizer ${guess}?` }),
  }),
});
