/** What can be wrong with what a file holds: logs, run.json, checkpoints. */
import type { Complaint, Problems } from '../../../base/errors.js';
import type { AlphabetFault, DamageFault, EntryFault } from '../../../store/problems.js';
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { defectWords, infoWords, issueWords, valueOf } from './entries.js';

const { count, counted, plural } = numbers;

type Said = Omit<Complaint, 'where'>;

const UPDATE = 'a newer dissipa is needed: update it';
const GO_BACK = 'go back to an earlier checkpoint';
const COPY_AGAIN = `copy it again from where it came, or ${GO_BACK}`;
const OURS = 'give a file that `dissipa train` has written';
const MEND = 'mend or delete that line';

const logOf = (header: string): string => `expected a log that begins with ${header}`;
const line = (where: string, at: number): string => `${where}, line ${at}`;

function badLine({ is, value }: Problems['log.bad-line']): Said {
  const torn = { expected: 'only the last line of a log may be torn', advice: MEND };
  switch (is) {
    case 'no-utf-8':
      return { found: 'is not UTF-8', ...torn };
    case 'no-json':
      return { found: `${valueOf(value)} is not JSON`, ...torn };
    case 'no-object':
      return { found: `is ${valueOf(value)}`, expected: 'expected an object', advice: MEND };
    case 'step':
      return {
        found: `its step is ${valueOf(value)}`,
        expected: 'expected a whole number from 0',
        advice: MEND,
      };
  }
}

function alphabet(fault: AlphabetFault): Required<Pick<Said, 'found' | 'expected'>> {
  switch (fault.is) {
    case 'no-list':
      return { found: `is ${valueOf(fault.value)}`, expected: 'expected a list of one symbol or more' };
    case 'size':
      return {
        found: `has ${counted(fault.symbols, 'symbol')}`,
        expected: `expected ${count(fault.most)} at most`,
      };
    case 'symbol':
      return {
        found: `symbol ${fault.id} is ${valueOf(fault.symbol)}`,
        expected: 'expected a string of one character',
      };
    case 'no-byte':
      return { found: `symbol ${fault.id} is ${fault.code}`, expected: 'expected bytes, U+0000 to U+00FF' };
    case 'control':
      return {
        found: `symbol ${fault.id} is the control character ${fault.code}`,
        expected: 'expected none but tab and line feed',
      };
    case 'twice':
      return {
        found: `${fault.symbol} is both symbol ${fault.first} and ${fault.second}`,
        expected: 'expected it once',
      };
  }
}

function entryWords(entry: string, fault: EntryFault): Said {
  switch (fault.is) {
    case 'none':
      return { found: `its metadata have no "${entry}" entry` };
    case 'defect':
      return { found: `its "${entry}" entry ${defectWords(fault.defect)}` };
    case 'no-json':
      return { found: `its "${entry}" entry is not JSON: ${fault.text}` };
    case 'issue': {
      const { found, expected } = issueWords(fault.issue);
      return { found: `its "${entry}" entry: ${found}`, expected };
    }
  }
}

function damage(fault: DamageFault): Said {
  switch (fault.is) {
    case 'empty':
      return { found: 'is empty', expected: 'expected a safetensors file' };
    case 'header-utf-8':
      return { found: 'its header is not UTF-8' };
    case 'header-json':
      return { found: 'its header is not a JSON object' };
    case 'header-defect':
      return { found: `its header ${defectWords(fault.defect)}` };
    case 'cut-header':
      return {
        found: `ends in the midst of its header (${fault.has} of ${fault.needed} bytes): it was cut short`,
      };
    case 'metadata':
      return fault.key === null
        ? { found: `${fault.entry} is ${valueOf(fault.value)}`, expected: 'expected an object of strings' }
        : {
            found: `${fault.entry}: ${fault.key} is ${valueOf(fault.value)}`,
            expected: 'expected a string',
          };
    case 'tensor':
      return {
        found: `${fault.tensor} is ${valueOf(fault.value)}`,
        expected: 'expected a description of a tensor',
      };
    case 'dtype':
      return {
        found: `${fault.tensor}: its dtype is ${valueOf(fault.value)}`,
        expected: 'expected a string',
      };
    case 'shape':
      return {
        found: `${fault.tensor}: its shape is ${valueOf(fault.value)}`,
        expected: 'expected a list of whole numbers from 0',
      };
    case 'offsets':
      return {
        found: `${fault.tensor}: its data_offsets are ${valueOf(fault.value)}`,
        expected: 'expected two whole numbers from 0',
      };
    case 'endless':
      return { found: `${fault.tensor}: its shape is ${valueOf(fault.value)}, which no file can hold` };
    case 'backwards':
      return {
        found: `${fault.tensor}: its data end (${fault.end}) before they begin (${fault.begin})`,
      };
    case 'bytes':
      return {
        found: `${fault.tensor}: its data have ${fault.bytes} ${plural(fault.bytes, 'byte')}`,
        expected: `expected ${fault.needed} for ${fault.dtype} ${valueOf(fault.shape)}`,
      };
    case 'overlap':
      return { found: `${fault.tensor}: its data overlap with another tensor's` };
    case 'before':
      return { found: strayBytes(fault.bytes, `before the data of ${fault.tensor}`) };
    case 'after':
      return { found: strayBytes(fault.bytes, 'after its last tensor') };
    case 'cut-tensor':
      return {
        found: `ends in the midst of ${fault.tensor} (${fault.has} of ${fault.needed} bytes): it was cut short`,
      };
  }
}

const strayBytes = (bytes: number, place: string): string =>
  `${bytes} ${plural(bytes, 'byte')} ${place} ${plural(bytes, 'belongs', 'belong')} to no tensor`;

/** `65×512`; a single number has no sizes at all. */
const sizes = (shape: readonly number[]): string =>
  shape.length === 0 ? 'a single number' : shape.join('×');

const modelOf = ({ layers, cell }: { readonly layers: number; readonly cell: string }): string =>
  `${counted(layers, 'layer')} of ${cell}`;

const HEADER_COUNTS = { bytes: 'bytes', keys: 'keys', values: 'values' } as const;

export const store = errorWords({
  'log.no-header': ({ header }) => ({
    found: 'its first line does not say what it is',
    expected: logOf(header),
  }),
  'log.other-format': ({ header, format }) => ({
    found: `is a ${format} log`,
    expected: logOf(header),
  }),
  'log.version': ({ header, version, isNewer }) => ({
    found: `is of format version ${valueOf(version)}`,
    expected: logOf(header),
    ...(isNewer && { advice: UPDATE }),
  }),
  'log.bad-line': (values) => ({ where: line(values.where, values.line), ...badLine(values) }),
  'log.bad-entry': ({ where, line: at, issue }) => ({
    where: line(where, at),
    ...issueWords(issue),
    advice: MEND,
  }),
  'run.bad-info': ({ fault }) => ({ ...infoWords(fault, 'train') }),
  'comparison.bad-info': ({ fault }) => ({
    advice: 'start a new comparison',
    ...infoWords(fault, 'compare'),
  }),
  'checkpoint.diverged': ({ value }) => ({
    found: `holds ${value}, so the run has diverged and this model was not saved`,
    advice: 'start again from an earlier checkpoint with a lower --lr, or with --clip',
  }),
  'checkpoint.alphabet': ({ where, fault }) => {
    const { found, expected } = alphabet(fault);
    return where === null
      ? { where: 'alphabet', found, expected }
      : { where, found: `its "alphabet" entry: ${found}`, expected };
  },
  'checkpoint.other-format': ({ format, expected }) => ({
    found: 'this is a safetensors file, but not a dissipa checkpoint',
    expected: `expected format "${expected}" in its metadata${format === null ? '' : `, not ${format}`}`,
    advice: OURS,
  }),
  'checkpoint.version': ({ version, reads, isNewer }) => ({
    found: version === null ? 'its format version is missing' : `is of format version ${version}`,
    expected: `this dissipa reads version "${reads}"`,
    advice: isNewer ? UPDATE : OURS,
  }),
  'checkpoint.entry': ({ entry, fault }) => ({ ...entryWords(entry, fault) }),
  'checkpoint.no-tensor': ({ where, tensor, ...model }) => ({
    where,
    found: `${tensor} is missing`,
    expected: `this model (${modelOf(model)}) has one`,
  }),
  'checkpoint.alien-tensor': ({ where, tensor, ...model }) => ({
    where,
    found: `${tensor} has no place in this model (${modelOf(model)})`,
  }),
  'checkpoint.shape': ({ tensor, shape, wanted, isOtherText }) => ({
    found: `${tensor} is ${sizes(shape)}`,
    expected: `this model expects ${sizes(wanted)}`,
    advice: isOtherText
      ? 'was it trained on another text?'
      : 'the "model" entry of its metadata speaks of another model',
  }),
  'checkpoint.not-finite': ({ tensor, value, at, of }) => ({
    found: `${tensor} holds ${value} (number ${at})`,
    expected:
      of === 'weights' ? 'expected finite weights in the range of float32' : 'expected finite numbers',
    advice: `the run had diverged, or the file is damaged; ${GO_BACK}`,
  }),
  'checkpoint.changed': ({ entries, digest }) => ({
    found: `is not as it was written: its ${entries.join(', ')} and tensors have another SHA-256 than its "${digest}" entry says`,
    advice: `${COPY_AGAIN}; whoever has changed it on purpose leaves "${digest}" out`,
  }),
  'safetensors.damaged': ({ fault }) => ({ ...damage(fault), advice: COPY_AGAIN }),
  'safetensors.alien': ({ fault }) => ({
    found:
      fault.is === 'other'
        ? 'is not a safetensors file'
        : fault.is === 'short'
          ? `has only ${counted(fault.bytes, 'byte')}: this is not a safetensors file`
          : `has a header of ${fault.has} ${HEADER_COUNTS[fault.is]}, where ${fault.most} are the most`,
    advice: 'give a .safetensors file',
  }),
  'safetensors.dtype': ({ tensor, dtype, known }) => ({
    found: `${tensor} is ${dtype}`,
    expected: `expected ${known.join(', ')}`,
    advice: 'convert it before saving, e.g. `.float()` in PyTorch',
  }),
});
