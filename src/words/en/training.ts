/** What `train` says: its facts, its progress, its end, what to try next. */
import { bitsIn, durationOf, type Finding, type TrainingFigures } from '../training.js';
import { numbers } from './numbers.js';

const { count, counted, fixed, listed, plural } = numbers;
const bits = bitsIn(numbers);

const duration = (seconds: number): string => {
  const { unit, count: n } = durationOf(seconds);
  return counted(n, unit);
};

const evenly = ({ symbols, evenNats }: Pick<TrainingFigures, 'symbols' | 'evenNats'>): string =>
  `uniform guess among ${counted(symbols, 'symbol')} needs ${bits(evenNats)}`;

function finding(one: Finding, told: TrainingFigures): string {
  const { step, bestNats, endNats, trainingNats, evenNats, floorNats } = told;
  const lr = count(told.lr);
  const even = evenly(told);
  const isWorse = endNats !== null && endNats >= evenNats ? `, where ${even}` : '';
  const floor = floorNats === null ? '' : bits(floorNats);
  const best = bestNats === null ? '' : bits(bestNats);
  switch (one.kind) {
    case 'untrained':
      return `The network is as it was initialised: no step was made${one.lossNats === null ? '' : `: ${bits(one.lossNats)} bits per character, where ${even}`}.`;
    case 'failed':
      return `The run failed: ${bits(one.lossNats)} bits per character at its end, where ${even}. Try a smaller learning rate than ${lr}.`;
    case 'diverged':
      return `The run diverged after step ${count(one.since)}: ${bits(endNats ?? NaN)} bits per character at its end${isWorse}, ${bits(one.rise)} more than before. Try a smaller learning rate than ${lr}; the model of step ${count(one.since)} is kept.`;
    case 'nothing-carries-over':
      return `What was learnt does not help with the held-out text: ${bits(one.lossNats)} bits per character, where ${even}; on the text trained on ${bits(trainingNats ?? NaN)}. Is the text's end of another kind than its beginning, or too short?`;
    case 'overfitting':
      return `Overfitting from step ${count(one.since)} of ${count(step)} on: the text was learnt by heart. At the end the held-out part costs ${bits(one.rise)} bits per character more${isWorse}, while the part trained on still got better. The model of step ${count(one.since)} is kept.`;
    case 'dead':
      return `${plural(one.layers.length, 'Layer')} ${listed(one.layers.map((layer) => String(layer + 1)))} ${plural(one.layers.length, 'is', 'are')} dead: nearly all units answer 0 to everything, and no gradient comes back through those.`;
    case 'behind-counting':
      return `Counting alone predicts the held-out text better than this model: ${floor} bits per character against ${best}.`;
    case 'ahead-of-counting':
      return `${best} bits per character on held-out text, ${bits(one.by)} better than counting alone (${floor}).`;
    case 'improving':
      return `It was still getting better: by ${bits(one.by)} bits in the last tenth of the steps.`;
  }
}

export const training = {
  facts: {
    texts: (n: number): string => counted(n, 'text'),
    records: (n: number): string => counted(n, 'record'),
    characters: (n: number, areBytes: boolean): string => counted(n, areBytes ? 'byte' : 'character'),
    symbols: (n: number): string => counted(n, 'symbol'),
    weights: (n: number): string => counted(n, 'weight'),
    threads: (engine: string, n: number): string => (n > 1 ? `${engine} on ${n} threads` : engine),
    from: (path: string): string => `from ${path}`,
    folder: (dir: string, step: number): string => (step > 0 ? `${dir}, from step ${count(step)}` : dir),
    added: (n: number): string => `${counted(n, 'new symbol')}, which the model has still to learn`,
    asAnother: (n: number): string =>
      `${counted(n, 'character')} ${plural(n, 'is', 'are')} not in the model's alphabet and read as another`,
  },
  progress: {
    step: (at: number, of: number): string => `step ${count(at)} of ${count(of)}`,
    bits: (nats: number): string => `${fixed(nats / Math.LN2, 3)} bits/char`,
    validation: (nats: number, isBest: boolean): string =>
      `validation ${fixed(nats / Math.LN2, 3)}${isBest ? ' (best)' : ''}`,
    pace: (many: string): string => `${many} chars/s`,
    left: (clock: string): string => `${clock} left`,
    took: (clock: string): string => `in ${clock}`,
    worse: (step: number, nats: number, evenNats: number): string =>
      `step ${count(step)}: ${fixed(nats / Math.LN2, 3)} bits/char, where a uniform guess needs ${fixed(evenNats / Math.LN2, 3)}; a smaller --lr may help`,
    warning: (step: number, warning: string): string => `step ${count(step)}: ${warning}`,
  },
  notes: {
    interrupted: (step: number, command: string): string =>
      `interrupted after step ${count(step)}; go on with: ${command}`,
    interruptedMeasuring: (command: string): string =>
      `interrupted before all of the held-out text was evaluated; once more with: ${command}`,
    looking: 'now all of the held-out text is evaluated',
    untold: (dir: string, error: string): string =>
      `the run is kept in ${dir}, but not all can be told of it: ${error}`,
    passedOver: (error: string): string => `passed over ${error}`,
    patience: (step: number, steps: number, patience: number, command: string): string =>
      `step ${count(step)} of ${count(steps)}: the last ${patience === 1 ? 'evaluation' : `${count(patience)} evaluations`} brought nothing better (--patience, early stopping); go on with: ${command}`,
    last: (step: number, command: string): string =>
      `step ${count(step)} is the run's last; go on with: ${command}`,
  },
  minutes: {
    choice(characters: number, minutes: number, limit: 'time' | 'text' | 'own', seconds: number): string {
      const reason = {
        time: '',
        text: ` It takes about ${duration(seconds)}: more passes over a text of this length would only learn it by heart.`,
        own: ` With the steps or epochs given it takes about ${duration(seconds)}.`,
      }[limit];
      return `Chosen for ${counted(characters, 'character')} and ${duration(60 * minutes)}, as measured here.${reason} Without --minutes, for the same bits:`;
    },
    took: (took: number, asked: number): string => `It took ${duration(took)}, not ${duration(asked)}`,
    own: (took: string): string => `${took}: its steps or epochs were given.`,
    text: (took: string): string =>
      `${took}: more passes over a text of this length would only learn it by heart.`,
    machine: (took: string, training: number, foreseen: number): string =>
      `${took}: the training took ${duration(training)}, ${duration(foreseen)} by what was measured before it. The machine had ${training > foreseen ? 'more' : 'less'} else to do since.`,
  },
  finding,
  plainly: (bestNats: number | null, trainingNats: number | null): string =>
    bestNats === null
      ? `${bits(trainingNats ?? NaN)} bits per character on the text trained on. Nothing is held out (--validation 0), so this does not say how well it predicts any other.`
      : `${bits(bestNats)} bits per character on held-out text.`,
  bits,
  table: {
    title: 'Where this model stands, in bits per character of the held-out text:',
    even: (symbols: number): string => `uniform guess among ${counted(symbols, 'symbol')}`,
    counting: 'counting how often each occurs',
    countingAfter: (n: number): string => `counting what follows ${counted(n, 'character')}`,
    best: (step: number): string => `this model at its best, step ${count(step)}`,
    end: (step: number, isPart: boolean): string =>
      `this model at its end, step ${count(step)}${isPart ? ', on a part of it' : ''}`,
    training: 'the same, on the training text',
    test: 'the model that is kept, on the text for testing',
    part: (characters: number): string =>
      `Counting has read ${count(characters)} characters only, for the time it takes; more would help it.`,
    tested: (nats: number): string => `On the text kept for testing: ${bits(nats)} bits per character.`,
  },
  next: {
    title: 'Try next',
    smallerRate: 'the same with a smaller learning rate',
    moreDropout: 'the same with more dropout',
    minutes: (n: number): string => `a model chosen for this text and ${counted(n, 'minute')}`,
    goOn: 'more steps',
    lookAtText: 'what the text is made of',
    sample: 'what it writes',
    inspect: 'its gradient by layer and timestep, as a page',
    /** The page of the command beside it. */
    page: 'page.html',
    lesson: 'why gradients vanish, measured on this text',
  },
  summary: {
    sample: 'A sample (temperature 0.8):',
    reach:
      'The text is one of records: where one begins nothing is left of what stood before it, and no gradient goes back beyond.',
    chart: "How much of the last loss's gradient is left, by lag (timesteps travelled back):",
    files: (dir: string): string => `Files in ${dir}:`,
    best: 'the best model',
    lowest: 'the model of the lowest held-out loss',
    checkpoint: 'a checkpoint to go on from (--resume)',
    metrics: 'loss, gradient norm and learning rate by step',
    gradients: 'gradients by layer and timestep',
    samples: 'samples along the way',
    ids: 'the text in symbols, made again where it is missing',
    run: 'options, versions and texts of the run',
  },
};
