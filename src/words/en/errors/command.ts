/** Of what the commands are given, read and write. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';

const { counted } = numbers;

const thereIs = (there: readonly (readonly [ending: string, count: number])[], more: number): string =>
  [
    ...there.map(([ending, n]) => `${n} .${ending}`),
    ...(more > 0 ? [there.length > 0 ? `${more} more` : counted(more, 'file')] : []),
  ].join(', ');

export const command = errorWords({
  'command.fresh-only': ({ path }) => ({
    found: `${path} is named`,
    expected: 'and this option goes with a fresh model',
    advice: 'leave one of the two out',
  }),
  'command.new-only': ({ what, dir }) => ({
    found: `goes with a new ${what}`,
    advice: `leave it out: --resume writes to ${dir}`,
  }),
  'compare.none': ({ file }) => ({
    found: `there is no ${file}`,
    expected: 'expected the folder of a comparison',
    advice: 'check the path, or start a new comparison',
  }),
  'compare.fixed': ({ had }) => ({
    found: `the comparison has ${had ?? 'none'}`,
    expected: 'and that cannot change in the middle of it',
    advice: 'leave it out, or start a new comparison',
  }),
  'compare.taken': ({ is, folder }) => ({
    found: { file: 'is a file', comparison: 'holds a comparison already', full: 'is not empty' }[is],
    expected: 'expected an empty or new folder',
    advice: `${is === 'comparison' ? `go on with: --resume ${folder}, or ` : ''}take another --out`,
  }),
  'interrupted.counting': () => ({ where: 'interrupted', found: 'the texts were still being counted' }),
  'interrupted.reading': () => ({ where: 'interrupted', found: 'the texts were still being read' }),
  'interrupted.lesson': () => ({
    where: 'interrupted',
    found: 'the lesson did not reach its end; nothing was written',
  }),
  'evaluate.no-text': ({ path }) => ({
    where: 'evaluate',
    found: 'needs --text FILE',
    expected: `as ${path} is no run with a text of its own`,
    advice: 'name a text',
  }),
  'inspect.two-outputs': () => ({
    where: '--json',
    found: 'goes to standard output, as --csv - does',
    advice: 'name a file for one of them',
  }),
  'lesson.no-json': ({ value }) => ({
    where: '--json',
    found: `is ${value}`,
    expected: 'expected a file whose name ends in .json',
    advice: 'to print the figures put --json last, or give -',
  }),
  'target.folder': ({ path }) => ({
    found: `${path} is a folder`,
    expected: 'expected a file',
  }),
  'target.nowhere': ({ folder }) => ({
    found: `there is no folder ${folder}`,
    expected: 'expected one to write to',
    advice: 'make it first, or name another',
  }),
  'run.other-step': ({ step, named }) => ({
    found: `is of step ${step}`,
    expected: `expected step ${named}, as its name says`,
    advice: 'resume from another checkpoint of the run',
  }),
  'run.minutes': () => ({
    where: '--minutes',
    found: 'goes with a new run, since it chooses a model',
    advice: 'give --steps or --epochs to go on for longer',
  }),
  'run.no-beginning': ({ from }) => ({
    found: 'has no checkpoint',
    expected: `expected one with the weights of ${from ?? 'a model'}, which the run began with`,
    advice: 'start a new run with --from and another --out',
  }),
  'run.from-resumed': () => ({
    where: '--from',
    found: 'goes with a new run',
    expected: 'and --resume goes on with the weights of its own',
    advice: 'give one of the two',
  }),
  'run.other-version': ({ complaint }) => ({
    found: complaint,
    expected: 'the options of a run of this version',
  }),
  'run.past-end': ({ epochs, end, step }) => ({
    found: epochs === null ? `is ${end}` : `${epochs} ends at step ${end}`,
    expected: `and the run is at step ${step} already`,
    advice: 'give more than that',
  }),
  'run.other-text': ({ what }) => ({
    found: `this is not the text the ${what} was started with`,
    expected: 'expected the same text, unchanged',
    advice: `give the old text, or start a new ${what}`,
  }),
  'run.newer-reading': ({ version, newest }) => ({
    found: `its text was read by version ${version} of the reading`,
    expected: `this dissipa reads by version ${newest} at most`,
    advice: 'a newer dissipa is needed: update it',
  }),
  'run.text-moved': ({ what, command }) => ({
    found: `the text that the ${what} was started with is not there`,
    advice: `name it where it is now, as in: npx dissipa ${command}`,
  }),
  'run.texts-gone': ({ why }) => ({
    found: {
      gone: 'the text the run was trained on is gone',
      options: 'its options are not those of a run of this version',
      changed: 'this is no longer the text the run was trained on',
    }[why],
    advice: 'name a text to measure on with --text',
  }),
  'model.needs-text': () => ({
    where: '--text',
    found: 'is missing, and the bundled corpus has symbols that this model does not know',
    expected: 'expected a text in the alphabet of the model',
    advice: 'give it with --text FILE',
  }),
  'model.other-shape': ({ given, has, path }) => ({
    found: `is ${given}, and the model to begin with has ${has} (${path})`,
    expected: `expected ${has}, as the run begins with its weights`,
    advice: 'leave it out',
  }),
  'model.none-unknown': () => ({
    where: '--unknown',
    found: 'goes with --from: without a model no symbol is unknown',
    advice: 'give --from MODEL too; for a new model use --min-count',
  }),
  'output.unread': ({ name }) => ({ where: name, found: 'nobody reads it' }),
  'output.lost': ({ name, code }) => ({
    where: name,
    found: `what was written did not all arrive (the system says ${code})`,
    advice: 'free some space, or send it to another place',
  }),
  'engine.stuck': () => ({
    found: 'another process has been compiling here for ten minutes',
    advice: 'stop it, and try again',
  }),
  'source.own': ({ held, look, goOn }) => ({
    found: held === 'model' ? 'is a model' : `is the folder of a ${held}`,
    expected: 'expected texts',
    advice: [
      look === null ? '' : `to look into it: ${look}`,
      goOn === null ? '' : `to go on with it: ${goOn}`,
    ]
      .filter((part) => part !== '')
      .join('; '),
  }),
  'source.no-text': ({ endings, there, more, read }) => ({
    found: `the folder has no ${endings.map((name) => `.${name}`).join(' or ')} file${there.length + more > 0 ? `; it has ${thereIs(there, more)}` : ''}`,
    expected: 'expected at least one text',
    advice:
      read.length > 0
        ? `read them with --ext ${read.join(',')}, or name the files themselves`
        : 'name the files themselves, or another folder',
  }),
  'source.nothing': ({ isPattern }) => ({
    found: isPattern ? 'nothing matches the pattern' : 'there is no such file or folder',
    expected: 'expected a text or a folder of texts',
    advice: 'check the path',
  }),
  'source.terminal': () => ({
    where: 'standard input',
    found: 'is a terminal',
    expected: 'expected a text',
    advice: 'pipe one in, as in `zcat a.txt.gz | dissipa train -`',
  }),
  'source.gzip': ({ isCut, complaint }) => ({
    found: `the gzip data is ${isCut ? 'cut short' : 'damaged'} (${complaint})`,
    expected: 'expected a packed text',
    advice: 'check it with `gzip -t`, or fetch it again',
  }),
  'source.too-long': ({ most }) => ({
    found: `the text has more than ${numbers.count(most)} characters`,
    expected: 'expected fewer to measure on at once',
    advice: 'measure on a part of it',
  }),
});
