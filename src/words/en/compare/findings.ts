/** What the figures of a comparison say. */
import type { CompareSentences, LagPlace } from '../../compare.js';
import { memory } from '../memory.js';
import { numbers } from '../numbers.js';

const { count, counted, fixed, listed, percent, share, short } = numbers;
const bits = (x: number): string => `${fixed(x, 3)} bits`;
const place = ({ lag, window }: LagPlace): string =>
  lag === Infinity ? `only beyond the window of ${count(window)}` : `at lag ${count(lag)}`;

const GOES = {
  'with-better': 'here the longer reach goes with the better prediction',
  'with-worse': 'here the longer reach goes with the worse prediction',
  neither: 'the score alone does not show how far the gradient reaches',
} as const;

export const findings: CompareSentences = {
  best({ first, bits: score, level, within, second }) {
    const told = `${bits(score)} per character`;
    if (level.length === 0)
      return `${first} predicts best: ${told}, ${bits(second.ahead)} ahead of ${second.name}.`;
    const by =
      within === null
        ? 'no further apart than their seeds are'
        : `within ${short(within)} bits, which one seed cannot tell apart`;
    return `${first} and ${listed(level)} predict best and end level: ${told} for ${first}, the others ${by}.`;
  },
  floor({ order, bits: score, better, worse }) {
    const model = `the n-gram model (${order === null ? '' : `order ${count(order)}, `}${bits(score)})`;
    if (better.length === 0) return `No network predicts better than ${model}, which only counts.`;
    const rest = worse.length === 0 ? '' : `; ${listed(worse)} ${worse.length === 1 ? 'does' : 'do'} not`;
    const who = worse.length === 0 && better.length > 1 ? 'Every network' : listed(better);
    const verb = better.length === 1 || worse.length === 0 ? 'predicts' : 'predict';
    return `${who} ${verb} better than ${model}, which only counts${rest}.`;
  },
  lost: ({ names, symbols, bits: even }) =>
    `${listed(names)} ${names.length === 1 ? 'does' : 'do'} worse on held-out text than a uniform guess among ${count(symbols)} symbols (${bits(even)}): sure of what is wrong. A smaller --lr, or more steps, may help.`,
  reach({ furthest, place: where, nearest, fates }) {
    const who =
      nearest === null
        ? `the gradient reaches equally far in all: it is down to 1% ${place(where)}`
        : `the gradient reaches furthest back in ${listed(furthest)}: it is down to 1% ${place(where)}; in ${nearest.name} ${place(nearest.place)}`;
    const told = fates.map(({ verdict, names }) => memory.fateIn(verdict, names));
    return `After training, ${who}. ${memory.fatesAre(told)}`;
  },
  twoParts: (all) =>
    `Before its tail the gradient falls ${listed(
      all.map(
        ({ name, decades, steps, thenLevel }) =>
          `${fixed(decades, 1)} decades within ${counted(steps, 'step')} in ${name}${thenLevel ? ' (then level)' : ''}`,
      ),
    )}.`,
  crossing: ({ sooner, soonerLag, soonerLeft, later, laterLag, laterLeft, lag }) =>
    `${sooner} is at 1% sooner than ${later} (lag ${count(soonerLag)} against ${count(laterLag)}) and yet keeps more: ${share(soonerLeft)} is left at lag ${count(lag)}, against ${share(laterLeft)}.`,
  reachAndScore: ({ pairs, agreeing, goes }) =>
    pairs === 1
      ? `In the one pair that differs in both, the one that reaches further predicts ${agreeing === 1 ? 'better' : 'worse'}: ${GOES[goes]}.`
      : `Of ${count(pairs)} pairs that differ in both, the one that reaches further predicts better in ${count(agreeing)}: ${GOES[goes]}.`,
  baseline({ speed, ahead }) {
    const told = [
      speed >= 1
        ? `trains on ${short(speed)} times as many characters a second`
        : `trains on ${percent(speed)} of the characters a second`,
    ];
    if (ahead === null) told.push('ends level with it');
    else if (ahead !== undefined)
      told.push(`ends ${bits(Math.abs(ahead))} per character ${ahead > 0 ? 'better' : 'worse'}`);
    return `Beside brain.js's "LSTM" as shipped, ours ${listed(told)}.`;
  },
  repair: (better) =>
    `Repairing brain.js's gradients ${
      better === null
        ? 'changes nothing that can be told'
        : `makes it ${bits(Math.abs(better))} per character ${better > 0 ? 'better' : 'worse'}`
    }.`,
  capped: ({ seen, budget, minutes }) =>
    `${listed(seen.map(([name, characters]) => `${name} has seen ${count(Math.round(characters))}`))} of the ${counted(budget, 'character')}: too slow for more, ${seen.length === 1 ? 'it was' : 'they were'} stopped after ${short(minutes)} ${numbers.plural(minutes, 'minute')} (--baseline-minutes).`,
  records: ({ inOne }) =>
    `Each record is predicted by itself${inOne.length === 0 ? '' : `; ${listed(inOne)}, which cannot begin anew within a text, ${inOne.length === 1 ? 'reads' : 'read'} all of it as one, a symbol at the end of each record`}. A step back counts only within a record, so the curves are no longer than records are.`,
  byMinutes: ({ minutes }) =>
    `Each network was trained for ${short(minutes)} ${numbers.plural(minutes, 'minute')}, on as many characters as it came through: see "seen".`,
  counted: ({ characters }) =>
    `The n-gram model has counted the ${counted(characters, 'character')} of the training text once, whatever the budget.`,
  diverged({ name, lost, of, characters }) {
    const seeds = of === 1 ? '' : ` from ${count(lost)} of ${count(of)} seeds`;
    return `${name} diverged${seeds}: after ${counted(characters, 'character')} its numbers were no longer finite; a smaller --lr or --clip may hold it.`;
  },
  aboutLstm: () =>
    'The "LSTM" of brain.js has no cell state: h = o∘tanh(f∘h⁻ + i∘g), the sigmoid gates i, f, o and g = tanh(…) computed from the symbol and h⁻.',
  aboutLstmBeside: () =>
    'It is not the published LSTM, which hands its cell c = f∘c⁻ + i∘g from step to step untouched by the output gate and the tanh; here all that is remembered goes through both at every timestep, and so does its gradient.',
  aboutRepair: () =>
    'As shipped, the gradients of its biases and embedding are assigned where every timestep should add its own; the repaired net adds them up and is the same in all else.',
  gradientCheck: ({ name, right, of }) =>
    `${name}: the gradients of ${count(right)} of ${counted(of, 'tensor')} are those of its loss.`,
  aboutUpdates: ({ window, characters }) =>
    `It knows no batch: it updates its weights after every ${counted(window, 'character')}, the networks here after ${count(characters)}.`,
};
