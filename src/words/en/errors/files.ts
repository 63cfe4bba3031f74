/** What can be wrong with files, locks and the folders of runs. */
import type { Complaint, Problems } from '../../../base/errors.js';
import type { FileAction, Whereabouts } from '../../../store/file-problems.js';

import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';

const { counted, plural } = numbers;

const CHANGES: ReadonlySet<FileAction> = new Set(['written', 'appended to', 'made', 'removed']);

type Said = Omit<Complaint, 'where'>;

function missing(action: FileAction): Said {
  if (action === 'written' || action === 'appended to')
    return { found: 'its folder does not exist', advice: 'make the folder first, or check the path' };
  if (action === 'made') return { found: 'the system makes no folder here', advice: 'take another path' };
  return { found: `there is no such ${action === 'listed' ? 'folder' : 'file'}`, advice: 'check the path' };
}

/** What a system's error code means to a person. */
function explained(code: string, action: FileAction): Said {
  const untouched = CHANGES.has(action) ? ', nothing was changed' : '';
  switch (code) {
    case 'ENOENT':
      return missing(action);
    case 'EACCES':
    case 'EPERM':
      return {
        found: `may not be ${action}${untouched}`,
        advice: 'change the permissions of it and its folder, or take another path',
      };
    case 'EROFS':
      return { found: `is on a read-only disk${untouched}`, advice: 'take a path that can be written' };
    case 'ENOSPC':
      return { found: `the disk is full${untouched}`, advice: 'free some space and try again' };
    case 'EDQUOT':
      return {
        found: `your share of the disk (quota) is used up${untouched}`,
        advice: 'free some space and try again',
      };
    case 'EFBIG':
      return {
        found: `the file would grow beyond what the system allows${untouched}`,
        advice: 'see `ulimit -f`, or take another disk',
      };
    case 'ERR_FS_FILE_TOO_LARGE':
      return { found: 'is too large to be read at once', expected: 'expected less than 2 GiB' };
    case 'EISDIR':
      return { found: 'is a folder', expected: 'expected a file', advice: 'check the path' };
    case 'ENOTDIR':
      return action === 'listed'
        ? { found: 'is a file', expected: 'expected a folder', advice: 'check the path' }
        : { found: 'a part of this path is a file', expected: 'expected a folder', advice: 'check the path' };
    case 'EEXIST':
      return action === 'made'
        ? { found: 'is a file', expected: 'expected a folder', advice: 'take another path' }
        : { found: 'is there already', advice: 'take another path' };
    case 'EMFILE':
    case 'ENFILE':
      return {
        found: `cannot be ${action}: too many files are open`,
        advice: 'close other programs, or raise the limit with `ulimit -n 4096`',
      };
    case 'ENAMETOOLONG':
      return { found: 'the path is too long for this system', advice: 'take a shorter one' };
    case 'ELOOP':
      return { found: 'is a link that leads back to itself', advice: 'check the path' };
    case 'EBUSY':
    case 'ETXTBSY':
      return {
        found: `cannot be ${action}${untouched}: another program is using it`,
        advice: 'close that program',
      };
    case 'ENXIO':
      return { found: `cannot be ${action}: nobody is at its other end`, advice: 'check the path' };
    case 'EIO':
      return {
        found: `the disk failed while it was being ${action}`,
        advice: 'check the disk and its cable',
      };
    default:
      return {
        found: `cannot be ${action} (the system says ${code})`,
        advice: 'check the path and the disk',
      };
  }
}

const system = ({ where, code, action }: Problems['file.system']): Complaint => ({
  where: where === '' ? '(empty path)' : where,
  ...explained(code, action),
});

const WHEREABOUTS: Readonly<Record<Whereabouts, (host: string) => string>> = {
  'other-machine': (host) => `on another machine (${host})`,
  'other-start': () => 'of another start of this machine, or of one of the same name',
  'other-container': () => 'in another container on this machine',
  here: () => 'on this machine',
  'this-one': () => 'on this machine, which is this very one',
};

const inUse = ({ pid, host, whereabouts }: Problems['lock.in-use']): string =>
  `in use by process ${pid} ${WHEREABOUTS[whereabouts](host)}`;

const goOn = (folder: string): string =>
  `this one ends here, and has written nothing since; go on with --resume ${folder}`;

export const files = errorWords({
  'file.system': system,
  'file.full-in-run': ({ folder, ...values }) => ({
    ...system(values),
    advice: `free some space and go on with --resume ${folder}`,
  }),
  'file.changed': () => ({
    found: 'the file changed while it was being read',
    expected: 'expected it to stay as it is',
    advice: 'try again once nothing writes to it any more',
  }),
  'file.ends-early': ({ size, needed }) => ({
    found: `the file has only ${size} ${plural(size, 'byte')}`,
    expected: `expected at least ${needed}`,
    advice: 'it was cut short, or replaced; start the command again',
  }),
  'file.pipe': () => ({ found: 'is a pipe or a device', expected: 'expected a file' }),
  'file.interrupted': ({ path, action }) => ({
    where: 'interrupted',
    found: `${path} was still being ${action}`,
  }),
  'file.bad-id': ({ at, symbol, symbols }) => ({
    found: `character ${at} is symbol ${symbol}`,
    expected: `the text has ${symbols}`,
    advice: 'the file is damaged: remove it and resume the run, which makes it again',
  }),
  'run.no-folder': ({ kind, missing: name }) => ({
    found: {
      none: 'there is no such folder',
      file: 'is a file',
      pipe: 'is a pipe or a device',
      folder: `holds no ${name}`,
    }[kind],
    expected: 'expected the folder of a run',
    advice: 'check the path, or start a run with `dissipa train`',
  }),
  'run.taken': ({ where }) => ({
    where,
    found: 'a run is already there',
    advice: `resume it with --resume ${where}, or give another --out`,
  }),
  'run.leftovers': ({ names, missing: name }) => ({
    found: `holds ${names.join(', ')} of an earlier run, but no ${name}`,
    advice: 'move them away, or give another --out',
  }),
  'run.unreadable': ({ checkpoints, reason }) => ({
    found: `none of its ${counted(checkpoints, 'step checkpoint')} can be read (${reason})`,
    advice: 'start a new run with another --out',
  }),
  'model.none': ({ kind }) => ({
    found: {
      none: 'there is nothing there',
      file: 'is not a .safetensors file',
      pipe: 'is a pipe or a device',
    }[kind],
    expected: 'expected a .safetensors file or the folder of a run',
    advice: kind === 'none' ? 'check the path, or train one with `dissipa train`' : 'check the path',
  }),
  'model.empty-folder': ({ best }) => ({
    found: 'is a folder without a checkpoint',
    expected: `expected ${best} or step-<n>.safetensors in it`,
    advice: 'train longer, or check the path',
  }),
  'lock.contended': () => ({
    found: 'several processes are taking it up at this moment',
    advice: 'start only one of them, or give another --out',
  }),
  'lock.unreadable': () => ({
    found: 'is not a lock that can be made sense of',
    advice: 'if no dissipa is at work in this folder, delete this file',
  }),
  'lock.gone': ({ where }) => ({
    where,
    found: 'its lock is gone: another process has taken it over meanwhile, or somebody has deleted it',
    advice: goOn(where),
  }),
  'lock.taken-over': ({ where, by }) => ({
    where,
    found: `was taken over by ${by === null ? 'another process' : `process ${by.pid} on ${by.host}`} while this one was asleep`,
    advice: goOn(where),
  }),
  'lock.in-use': (values) => ({
    where: values.where,
    found: inUse(values),
    advice: 'wait for it, stop it, or give another --out',
  }),
  'lock.maybe-in-use': (values) => ({
    where: values.where,
    found: inUse(values),
    advice: `wait for it, or give another --out; if you are sure that it has ended, delete ${values.lock}`,
  }),
  'lock.fresh': (values) => ({
    where: values.where,
    found: `${inUse(values)}, which gave a sign of life ${values.seconds} s ago`,
    advice: `wait for it, or give another --out; once it gives none for ${values.endedAfter} s it counts as ended`,
  }),
});
