/** What is wrong with an entry of a file, and what should be there. */
import type { Issue } from '../../../base/issue.js';
import type { Quoted } from '../../../base/json-value.js';
import type { Complaint } from '../../../base/errors.js';
import type { OwnKind, Wanted } from '../../../base/wanted.js';
import type { Defect, InfoFault } from '../../../store/problems.js';
import { allowed } from './allowed.js';

type Said = Omit<Complaint, 'where'>;

/** A value of a file, or that there is none. */
export const valueOf = (value: Quoted): string => value ?? 'missing';

const KINDS = {
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

const isOwn = (wanted: Wanted): wanted is OwnKind => wanted.is in KINDS;

function wantedWords(wanted: Wanted): string {
  if (isOwn(wanted)) return KINDS[wanted.is];
  if (wanted.is === 'whole')
    return `a whole number from ${wanted.from}${wanted.to === undefined ? '' : ` to ${wanted.to}`}`;
  return allowed(wanted);
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
