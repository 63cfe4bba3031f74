/** Of the call itself: commands, their words, the language. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';

const help = (command: string | null): string => `see dissipa ${command === null ? '' : `${command} `}--help`;

export const call = errorWords({
  'call.empty': ({ commands }) => ({
    where: 'dissipa',
    found: 'no command',
    expected: `expected ${commands.join(', ')}`,
    advice: help(null),
  }),
  'call.command': ({ word, commands, guess }) => ({
    where: word,
    found: 'there is no such command',
    expected: `expected ${commands.join(', ')}`,
    ...(guess !== null && { advice: `did you mean ${guess}?` }),
  }),
  'call.before': ({ word, commands }) => ({
    where: word,
    found: 'stands before the command',
    expected: `expected ${commands.join(', ')} first`,
    advice: help(null),
  }),
  'call.model': ({ command }) => ({
    where: command,
    found: 'MODEL is missing',
    expected: 'expected a .safetensors file or the folder of a run',
    advice: help(command),
  }),
  'call.weights': ({ command }) => ({
    where: command,
    found: 'WEIGHTS is missing',
    expected: 'expected a .safetensors file',
    advice: help(command),
  }),
  'call.run': ({ command }) => ({
    where: command,
    found: 'RUN is missing',
    expected: 'expected the folder of a run',
    advice: help(command),
  }),
  'call.elsewhere': ({ command, others }) => ({
    found: `is an option of ${numbers.listed(others)}, not of ${command}`,
    advice: help(command),
  }),
  'call.rest': ({ word, command }) => ({
    where: word,
    found: `is one argument too many for ${command}`,
    advice: help(command),
  }),
  'call.shell': ({ shell, guess }) => ({
    where: 'completion',
    found: shell === null ? 'no shell is named' : `there is no completion for ${shell}`,
    expected: 'expected bash, zsh or fish',
    ...(guess !== null && { advice: `did you mean ${guess}?` }),
  }),
});
