/** O que um esquema permite: de uma opção, ou de uma entrada de um arquivo. */
import type { Expected } from '../../../base/expected.js';

const KINDS = {
  'whole-number': 'um número inteiro',
  number: 'um número',
  value: 'um valor',
  boolean: 'true ou false',
  string: 'uma string',
  null: 'null',
  list: 'uma lista',
  object: 'um objeto',
} as const;

const COUNTED = { symbols: ['símbolo', 'símbolos'], entries: ['item', 'itens'] } as const;

const RULES: Readonly<Record<string, string>> = {
  encoding: 'auto ou uma codificação como utf-8, windows-1252, macintosh, shift_jis; list mostra todas',
  extensions: 'extensões como txt,md,abc',
  'some-text': 'um texto',
  'share-or-count': 'uma fração menor que 1, ou um número de caracteres a partir de 2',
};

/** Sem a palavra *esperado* antes. */
export function allowed(expected: Expected): string {
  switch (expected.is) {
    case 'one-of':
      return expected.values.join(', ');
    case 'least':
      return `no mínimo ${expected.bound}`;
    case 'most':
      return `no máximo ${expected.bound}`;
    case 'more':
      return `mais que ${expected.bound}`;
    case 'less':
      return `menos que ${expected.bound}`;
    case 'length':
      return `no ${expected.end === 'least' ? 'mínimo' : 'máximo'} ${expected.bound} ${COUNTED[expected.of][expected.bound === 1 ? 0 : 1]}`;
    case 'either':
      return expected.of
        .map((one) => (one.is === 'one-of' ? one.values.join(', ') : allowed(one)))
        .join(' ou ');
    case 'rule':
      return RULES[expected.rule] ?? expected.rule;
    default:
      return KINDS[expected.is];
  }
}
