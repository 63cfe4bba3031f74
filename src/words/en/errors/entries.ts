/** What is wrong with an entry of a file, and what should be there. */
import type { Complaint } from '../../../base/errors.js';
import type { Wanted } from '../../../base/wanted.js';
import type { Defect, InfoFault, Issue, Quoted } from '../../../store/problems.js';

type Said = Omit<Complaint, 'where'>;

/** A value of a file, or that there is none. */
export const valueOf = (value: Quoted): string => value ?? 'missing';

const KINDS = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  object: 'an object',
  list: 'a list',
  numbers: 'a list of numbers',
  'numbers-or-nulls': 'a list of numbers and nulls',
  lists: 'a list of lists',
  layers: 'a list of layers',
  'h-and-c': 'h and c',
  lag: 'a lag',
  layer: 'a layer',
  flag: 'a flag',
  hex: '64 hex digits',
  time: 'a time such as 2025-01-31T12:00:00.000Z',
  model: 'an object with cell, layers and hidden',
  'cell-name': 'the name of a cell',
  'distinct-contenders': 'each contender once',
} as const;

const COUNTED = { symbols: ['symbol', 'symbols'], entries: ['entry', 'entries'] } as const;

function boundWords({ is, of, bound, isInclusive }: Wanted & { is: 'least' | 'most' }): string {
  if (of !== 'number') return `at ${is} ${bound} ${COUNTED[of][bound === 1 ? 0 : 1]}`;
  if (isInclusive) return `a number of at ${is} ${bound}`;
  return `a number ${is === 'least' ? 'above' : 'below'} ${bound}`;
}

function wantedWords(wanted: Wanted): string {
  switch (wanted.is) {
    case 'whole':
      return `a whole number from ${wanted.from}${wanted.to === undefined ? '' : ` to ${wanted.to}`}`;
    case 'one-of':
      return `one of ${wanted.names.join(', ')}`;
    case 'least':
    case 'most':
      return boundWords(wanted);
    case 'other':
      return 'another value';
    default:
      return KINDS[wanted.is];
  }
}

export const issueWords = ({ name, value, wanted }: Issue): Required<Pick<Said, 'found' | 'expected'>> => ({
  found: `${name ?? 'it'} is ${valueOf(value)}`,
  expected: `expected ${wantedWords(wanted)}`,
});

export const defectWords = (defect: Defect): string =>
  defect.is === 'deep' ? `is nested more than ${defect.most} levels deep` : `names ${defect.key} twice`;

/** @param command that writes such a file */
export function infoWords(fault: InfoFault, command: string): Said {
  switch (fault.is) {
    case 'no-object':
      return { found: 'is not a JSON object', expected: `expected what \`dissipa ${command}\` wrote` };
    case 'format':
      return { found: `its format is ${valueOf(fault.format)}`, expected: `expected "${fault.expected}"` };
    case 'version':
      return {
        found: `is of format version ${valueOf(fault.version)}`,
        expected: `this dissipa reads ${fault.newest === 1 ? 'version 1' : `versions 1 to ${fault.newest}`}`,
        ...(fault.isNewer && { advice: 'a newer dissipa is needed: update it' }),
      };
    case 'entry':
      return issueWords(fault.issue);
  }
}
