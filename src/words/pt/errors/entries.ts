/** O que há de errado com uma entrada de um arquivo, e o que devia estar nela. */
import type { Issue } from '../../../base/issue.js';
import type { Quoted } from '../../../base/json-value.js';
import type { Complaint } from '../../../base/errors.js';
import type { OwnKind, Wanted } from '../../../base/wanted.js';
import type { Defect, InfoFault } from '../../../store/problems.js';
import { allowed } from './allowed.js';

type Said = Omit<Complaint, 'where'>;

/** `é 3`, ou `está faltando`; com outro verbo: `tem 3`. */
export const valueOf = (value: Quoted, verb = 'é'): string =>
  value === null ? 'está faltando' : `${verb} ${value}`;

const KINDS = {
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

const isOwn = (wanted: Wanted): wanted is OwnKind => wanted.is in KINDS;

function wantedWords(wanted: Wanted): string {
  if (isOwn(wanted)) return KINDS[wanted.is];
  if (wanted.is === 'whole')
    return wanted.to === undefined
      ? `um número inteiro a partir de ${wanted.from}`
      : `um número inteiro de ${wanted.from} a ${wanted.to}`;
  return allowed(wanted);
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
