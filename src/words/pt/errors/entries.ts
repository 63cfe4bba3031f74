/** O que há de errado com uma entrada de um arquivo, e o que devia estar nela. */
import type { Complaint } from '../../../base/errors.js';
import type { Wanted } from '../../../base/wanted.js';
import type { Defect, InfoFault, Issue, Quoted } from '../../../store/problems.js';

type Said = Omit<Complaint, 'where'>;

/** `é 3`, ou `está faltando`; com outro verbo: `tem 3`. */
export const valueOf = (value: Quoted, verb = 'é'): string =>
  value === null ? 'está faltando' : `${verb} ${value}`;

const KINDS = {
  string: 'uma string',
  number: 'um número',
  integer: 'um número inteiro',
  boolean: 'true ou false',
  null: 'null',
  object: 'um objeto',
  list: 'uma lista',
  numbers: 'uma lista de números',
  'numbers-or-nulls': 'uma lista de números e nulls',
  lists: 'uma lista de listas',
  layers: 'uma lista de camadas',
  'h-and-c': 'h e c',
  lag: 'uma defasagem (lag)',
  layer: 'uma camada',
  flag: 'uma marca (flag)',
  hex: '64 dígitos hexadecimais',
  time: 'uma data e hora como 2025-01-31T12:00:00.000Z',
  model: 'um objeto com cell, layers e hidden',
  'cell-name': 'o nome de uma célula',
  'distinct-contenders': 'cada concorrente uma só vez',
} as const;

const COUNTED = { symbols: ['símbolo', 'símbolos'], entries: ['item', 'itens'] } as const;

function boundWords({ is, of, bound, isInclusive }: Wanted & { is: 'least' | 'most' }): string {
  const limit = is === 'least' ? 'no mínimo' : 'no máximo';
  if (of !== 'number') return `${limit} ${bound} ${COUNTED[of][bound === 1 ? 0 : 1]}`;
  if (isInclusive) return `um número que seja ${limit} ${bound}`;
  return `um número ${is === 'least' ? 'acima' : 'abaixo'} de ${bound}`;
}

function wantedWords(wanted: Wanted): string {
  switch (wanted.is) {
    case 'whole':
      return wanted.to === undefined
        ? `um número inteiro a partir de ${wanted.from}`
        : `um número inteiro de ${wanted.from} a ${wanted.to}`;
    case 'one-of':
      return wanted.names.join(', ');
    case 'least':
    case 'most':
      return boundWords(wanted);
    case 'other':
      return 'outro valor';
    default:
      return KINDS[wanted.is];
  }
}

export const issueWords = ({ name, value, wanted }: Issue): Required<Pick<Said, 'found' | 'expected'>> => ({
  found: name === null ? valueOf(value) : `${name} ${valueOf(value)}`,
  expected: `esperado: ${wantedWords(wanted)}`,
});

export const defectWords = (defect: Defect): string =>
  defect.is === 'deep' ? `tem mais de ${defect.most} níveis de aninhamento` : `repete a chave ${defect.key}`;

/** @param command que grava um arquivo desses */
export function infoWords(fault: InfoFault, command: string): Said {
  switch (fault.is) {
    case 'no-object':
      return { found: 'não é um objeto JSON', expected: `esperado: o que \`dissipa ${command}\` gravou` };
    case 'format':
      return { found: `o formato ${valueOf(fault.format)}`, expected: `esperado: "${fault.expected}"` };
    case 'version':
      return {
        found: `a versão do formato ${valueOf(fault.version)}`,
        expected: `este dissipa lê ${fault.newest === 1 ? 'a versão 1' : `as versões de 1 a ${fault.newest}`}`,
        ...(fault.isNewer && { advice: 'é preciso um dissipa mais novo: atualize-o' }),
      };
    case 'entry':
      return issueWords(fault.issue);
  }
}
