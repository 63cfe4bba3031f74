/** Of records, and of bytes as symbols. */
import { errorWords } from '../../error-words.js';

export const symbols = errorWords({
  'text.bytes-as-they-are': () => ({
    found: 'goes with characters, and --symbols bytes takes the bytes as they are',
    advice: 'leave one of the two out',
  }),
  'records.none': ({ records }) => ({
    found: `there is no record (--records ${records})`,
    expected: 'expected one line at least that is not empty',
  }),
  'records.too-few': ({ count, parts }) => ({
    found: `the text has ${count} ${count === 1 ? 'record' : 'records'}`,
    expected: `at least ${parts}: records are held out whole`,
    advice: 'give more of them, another --records, or --validation 0',
  }),
  'records.begins': () => ({
    found: 'the model is one of records, and a sample of it begins where a record does',
    advice: 'leave it out; --prompt gives the beginning of the record',
  }),
  'records.not-here': ({ command }) => ({
    where: '--records',
    found: `${command} reads its text as one, from beginning to end`,
    advice: `leave it out, or train on records: npx dissipa ${command === 'lesson' ? 'compare' : 'train'} TEXT --records line`,
  }),
  'records.no-lines': ({ records }) => ({
    where: '--lines',
    found: `the model is one of records (${records}), which have one line each`,
    advice: 'leave it out; --count says how many records',
  }),
  'records.of-model': ({ value, has, path }) => ({
    found: `is ${value}, and the model to go on from has ${has ?? 'none'} (${path})`,
    expected: 'its symbols stand for what they stood for',
    advice: 'leave it out, or begin without --from',
  }),
  'records.bad-entry': ({ entry, found }) => ({
    found: `its "${entry}" entry is ${found}`,
    expected:
      entry === 'end'
        ? 'expected the id of a symbol'
        : entry === 'records'
          ? 'expected line, blank-line or file, beside an "end"'
          : 'expected symbols U+0000 to U+00FF',
  }),
});
