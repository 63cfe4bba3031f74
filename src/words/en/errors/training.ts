/** What can be wrong with the options and the state of a training. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { issueWords } from './entries.js';

const { count } = numbers;

const WHY = {
  model: 'the weights are those of such a model',
  beginning: 'the weights began with it',
  window: 'the carry and the place in the text are for windows of that size',
  'held-out': 'what it has been trained on would be held out, or the other way round',
  text: 'the text would be another',
  optimiser: "the optimiser's own numbers were made with it",
  seed: 'its random numbers have been drawn from it',
  average: 'the average has been taken with it',
  best: 'the best so far was found on so many',
  trained: 'what was trained so far was trained with it',
} as const;

export const training = errorWords({
  'train.two-ends': () => ({
    where: '--epochs',
    found: '--steps is given too',
    expected: 'expected one of the two',
  }),
  'train.nothing-left': ({ test, validation }) => ({
    where: '--test',
    found: `${test} and --validation ${validation} are all of the text`,
    expected: 'expected some to be left to train on',
  }),
  'train.fixed': ({ had, why }) => ({
    found: `the run has ${had ?? 'none'}`,
    expected: `and that cannot change in a run: ${WHY[why]}`,
    advice: 'leave it out, or start a new run (--from begins it with the weights of this one)',
  }),
  'state.numbers': ({ name, found, needed }) => ({
    found: `${name} ${found === null ? 'is missing' : `has ${count(found)} numbers`}`,
    expected: `this run needs ${count(needed)}`,
    advice: 'resume from another checkpoint of the run',
  }),
  'state.random': () => ({
    found: 'the state of its random numbers is none',
    expected: 'expected four whole numbers of 32 bits that are not all 0',
    advice: 'resume from another checkpoint of the run',
  }),
  'state.wrong': ({ entry, issue }) => ({
    ...issueWords({ ...issue, name: issue.name === null ? entry : `${entry}.${issue.name}` }),
    advice: 'resume from another checkpoint of the run',
  }),
});
