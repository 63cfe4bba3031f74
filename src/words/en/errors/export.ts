/** Of a run that is to go on in PyTorch. */
import { errorWords } from '../../error-words.js';

const KINDS = {
  none: 'there is nothing there',
  file: 'is a file',
  pipe: 'is a pipe or a device',
  folder: 'holds no run.json',
};

export const exporting = errorWords({
  'export.no-target': () => ({
    where: '--pytorch',
    found: 'is missing',
    expected: 'expected a new folder, for the weights, the text and a script',
  }),
  'export.no-run': ({ where, kind }) => ({
    where,
    found: KINDS[kind],
    expected: 'expected the folder of a run',
    advice:
      kind === 'file' && /\.safetensors$/i.test(where)
        ? 'name the folder it is in; a model alone needs no export: README has the lines that load it in PyTorch'
        : 'check the path, or start a run with `dissipa train`',
  }),
  'export.no-folder': ({ dir }) => ({ where: dir, found: 'is a file', expected: 'expected a new folder' }),
  'export.not-empty': ({ dir, names }) => ({
    where: dir,
    found: `is not empty (${names})`,
    expected: 'expected a new folder',
    advice: 'name another with --pytorch',
  }),
  'export.no-checkpoint': () => ({
    found: 'has no checkpoint to go on from',
    expected: 'expected step-<n>.safetensors in it',
    advice: 'train longer, or with a smaller --checkpoint-every',
  }),
  'export.all-damaged': ({ reason }) => ({
    found: `none of its checkpoints can be read (${reason})`,
    advice: 'start a new run',
  }),
});
