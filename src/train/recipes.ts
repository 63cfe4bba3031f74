/**
 * A model and its training, chosen for a text and a time (`train --minutes`): the largest model of a ladder that still sees
 * enough of the text in that time, and around it what was found to suit such a model, such a text and so many passes.
 * Found by trying on Portuguese and English prose, verse and dialogue of 3,000 to 1.2 million characters (GRU; see the
 * figures beside each rule).
 *
 * It is pure, and a generator: it asks for the seconds that a step of some options takes, as `yield`, and whoever drives
 * it measures them (study/calibrate.ts). The choice is made once; its options are ordinary flags.
 */
import { isGated } from '../model/cells/cell.js';
import { cellOf } from '../model/cells/index.js';
import { parameterCount } from '../model/shape.js';
import { parseTrainOptions, type TrainOptions } from './options.js';

export interface RecipeFacts {
  /** To train on. */
  readonly characters: number;
  /** V */
  readonly symbols: number;
  /** What the user has said: it stays, and the rest is chosen around it. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** What is asked of whoever drives the choice, of options it is asked for. */
export interface Pace {
  readonly secondsPerStep: number;
  /** What is left of the time, for the steps and all that goes with them. */
  readonly secondsLeft: number;
}

/** What the length of the training was given by. */
export type Limit =
  | 'time'
  /** More passes would only learn it by heart. */
  | 'text'
  /** --steps or --epochs */
  | 'own';

export interface Recipe {
  readonly options: TrainOptions;
  /** What it takes by what was measured. */
  readonly seconds: number;
  readonly secondsPerStep: number;
  readonly limit: Limit;
}

interface Rung {
  readonly layers: number;
  readonly hidden: number;
}

/**
 * From the smallest to the largest model. One layer is enough for a text that is hardly read more often than it has
 * weights to learn it by heart with; two can be kept from that, for what goes from one to the other is dropped out.
 */
const ONE_LAYER = [48, 64, 96, 128, 192, 256].map((hidden) => ({ layers: 1, hidden }));
const SEVERAL = [
  ...[64, 96, 128, 192, 256, 384, 512].map((hidden) => ({ layers: 2, hidden })),
  ...[512, 768, 1024, 1536].map((hidden) => ({ layers: 3, hidden })),
];

/**
 * In the time there is, a model sees so many characters for each of its weights, or a smaller one is better. 1.1 million
 * characters, 6.5 million seen of them by 1×256 (21 a weight): 1.463; 3.9 million by 2×192 (9), in the same time: 1.479.
 */
const CHARACTERS_PER_WEIGHT = 8.5;
/** Passes times weights by character of the text: above it one layer learns by heart. */
const ONE_LAYER_LOAD = 4;
/** Several layers are slower by character; where one suffices they must be so many times as large. */
const WORTH_LAYERS = 2;
/**
 * Weights of the largest model that a text of N characters feeds: 2,700: 1×64 (3.53 bits; 2×64 3.63); 18,000: 2×96 to
 * 2×192, all alike; 180,000: 2×192 (1.621 nats; 2×128 1.658, 2×256 1.633); a million: 2×256 (1.442), not 2×320 (1.459) or
 * 2×384 (1.457).
 */
const mostWeights = (characters: number): number =>
  Math.min(220 * characters ** 0.65, 12_000 * characters ** 0.3);
/** Then a text is used up, dropout or not: 2,700 characters after 18 passes, 180,000 after 30, a million after 24. */
const mostPasses = (characters: number): number => {
  const decades = Math.log10(characters);
  return Math.max(5, Math.min(6.5 * decades - 4, 72 - 8 * decades));
};
/** AdamW's, times the rate: a million characters: 0.01 1.442 nats, 0.1 1.422; 200,000: 1.621 (.55 dropped) and 1.583. */
const WEIGHT_DECAY = 0.1;
/**
 * A short text has enough updates only in small windows: 2,700 characters: 2 rows (3.53 bits; 8 rows 3.66); 18,000: 4;
 * a million: 16 rows 1.486 nats, 32 rows 1.586 in as many passes.
 */
const rowsFor = (characters: number): number =>
  2 ** Math.min(4, Math.max(0, Math.floor(1 + 0.4 * Math.log2(characters / 1350))));
const WINDOW = 64;
const WINDOWS_A_PASS = 40;
export const SHORTEST_WINDOW = 16;
/** Logits of a window are N·T·V numbers: of a very large alphabet fewer rows are taken. */
const MOST_LOGITS = 2 ** 25;
/** A rare symbol's weights are learnt when it is met: of a large alphabet so many are counted. */
const SYMBOLS_COUNTED = 128;
/** With that decay more is too much: 200,000 characters, 2×192: .4 1.583 nats; 370,000: .4 1.418, .5 1.430. */
const MOST_DROPOUT = 0.4;

/** What goes with the steps, by their time: evaluation, probes, checkpoints, and that not every step is the quickest. */
const WITH_STEPS = 1.15;

/** A rung, with what its steps come to. */
interface Tried extends Pace {
  readonly options: TrainOptions;
  readonly steps: number;
  readonly limit: Limit;
  /** That there is time for, whatever the text has. */
  readonly inTime: number;
}

export function* recipe(facts: RecipeFacts): Generator<TrainOptions, Recipe, Pace> {
  const one = yield* climb(ONE_LAYER, facts);
  const several = yield* climb(SEVERAL, facts);
  const chosen = better(one, several, facts) ?? (yield* smallest(facts));
  const { limit, secondsPerStep } = chosen;
  return { options: completed(chosen, facts), seconds: secondsOf(chosen), secondsPerStep, limit };
}

/** The largest model of a ladder that text and time are enough for; null where they are for none. */
function* climb(ladder: readonly Rung[], facts: RecipeFacts): Generator<TrainOptions, Tried | null, Pace> {
  let chosen: Tried | null = null;
  for (const options of rungs(ladder, facts)) {
    if (weightsOf(options, facts) > mostWeights(facts.characters) && !isOwn(facts)) break;
    const next = tried(options, yield options, facts);
    if (!isWorthItsTime(next, facts)) break;
    chosen = next;
  }
  return chosen;
}

/** What there is to take where nothing has time or text enough. */
function* smallest(facts: RecipeFacts): Generator<TrainOptions, Tried, Pace> {
  const all = [...rungs(ONE_LAYER, facts), ...rungs(SEVERAL, facts)];
  const [options] = all.sort((a, b) => weightsOf(a, facts) - weightsOf(b, facts));
  return tried(options, yield options, facts);
}

function better(one: Tried | null, several: Tried | null, facts: RecipeFacts): Tried | null {
  if (one === null || several === null) return one ?? several;
  const isEnough =
    loadOf(one, facts) <= ONE_LAYER_LOAD &&
    weightsOf(several.options, facts) < WORTH_LAYERS * weightsOf(one.options, facts);
  return isEnough ? one : several;
}

/** The user has chosen the model. */
const isOwn = ({ own }: RecipeFacts): boolean => own.hidden !== undefined && own.layers !== undefined;

/** A ladder's rungs as options whose steps can be timed, what the user has said over it; each model once. */
function rungs(ladder: readonly Rung[], facts: RecipeFacts): TrainOptions[] {
  const { own } = facts;
  // The number of layers that the user wants, if any, decides which ladder it is.
  if (typeof own.layers === 'number' && (own.layers === 1) !== (ladder === ONE_LAYER)) return [];
  const models = new Map<string, TrainOptions>();
  for (const rung of ladder) {
    const dropout = rung.layers > 1 ? { dropout: MOST_DROPOUT } : {};
    const options = parseTrainOptions({ cell: 'gru', ...rung, ...dropout, ...windowFor(facts), ...own });
    models.set(`${options.layers}×${options.hidden}`, options);
  }
  return [...models.values()].sort((a, b) => weightsOf(a, facts) - weightsOf(b, facts));
}

function windowFor({ characters, symbols, own }: RecipeFacts): { window: number; batch: number } {
  const given = (name: string): number | null => (typeof own[name] === 'number' ? own[name] : null);
  let batch = given('batch') ?? rowsFor(characters);
  let window = given('window') ?? WINDOW;
  if (given('window') === null)
    while (batch * window * WINDOWS_A_PASS > characters && window > SHORTEST_WINDOW) window /= 2;
  if (given('batch') === null)
    while (batch > 1 && (batch * window * symbols > MOST_LOGITS || batch * window >= characters)) batch /= 2;
  return { window, batch };
}

/** The weights that a text of so many symbols has to settle. */
const weightsOf = ({ cell, layers, hidden }: TrainOptions, { symbols }: RecipeFacts): number =>
  parameterCount({ cell, layers, hidden, symbols: Math.min(symbols, SYMBOLS_COUNTED) });

const charactersPerStep = ({ batch, window }: TrainOptions): number => batch * window;

function tried(options: TrainOptions, measured: Pace, { characters }: RecipeFacts): Tried {
  const { secondsPerStep, secondsLeft } = measured;
  const pass = characters / charactersPerStep(options);
  const inTime = Math.max(1, Math.floor(secondsLeft / (WITH_STEPS * secondsPerStep)));
  const known = { options, ...measured, inTime };
  if (options.steps !== undefined) return { ...known, steps: options.steps, limit: 'own' };
  if (options.epochs !== undefined)
    return { ...known, steps: Math.max(1, Math.round(options.epochs * pass)), limit: 'own' };
  const most = Math.max(1, Math.round(mostPasses(characters) * pass));
  return inTime <= most
    ? { ...known, steps: inTime, limit: 'time' }
    : { ...known, steps: most, limit: 'text' };
}

function isWorthItsTime({ options, limit, steps, inTime }: Tried, facts: RecipeFacts): boolean {
  if (isOwn(facts)) return true;
  if (limit === 'own' && steps > inTime) return false;
  return inTime * charactersPerStep(options) >= CHARACTERS_PER_WEIGHT * weightsOf(options, facts);
}

const secondsOf = ({ steps, secondsPerStep }: Pick<Tried, 'steps' | 'secondsPerStep'>): number =>
  WITH_STEPS * steps * secondsPerStep;

/** How often each weight meets a character that it could learn by heart. */
function loadOf({ options, steps }: Pick<Tried, 'options' | 'steps'>, facts: RecipeFacts): number {
  const passes = (steps * charactersPerStep(options)) / facts.characters;
  return (passes * weightsOf(options, facts)) / facts.characters;
}

/** The rest of the options, which do not change how long a step takes. */
function completed(chosen: Tried, facts: RecipeFacts): TrainOptions {
  const { options, steps, limit } = chosen;
  const { own } = facts;
  const isAdam = own.optimizer === undefined || own.optimizer === 'adam' || own.optimizer === 'adamw';
  const rest = {
    ...{ cell: options.cell, layers: options.layers, hidden: options.hidden },
    ...(options.layers > 1 && { dropout: dropoutFor(loadOf(chosen, facts)) }),
    ...{ window: options.window, batch: options.batch },
    ...(limit !== 'own' && { steps }),
    ...(isAdam && { lr: rateFor(options), optimizer: 'adamw', weightDecay: WEIGHT_DECAY }),
    ...{ schedule: 'cosine', warmup: Math.min(500, Math.ceil(steps / 20)), clip: 1 },
  };
  return parseTrainOptions({ ...rest, ...own });
}

/** The share dropped between layers: .15 for 2×192 and 8 passes of a million characters, .25 for 2×256 and 12, .4 for 24. */
const dropoutFor = (load: number): number =>
  Math.min(MOST_DROPOUT, Math.max(0, Math.round(10 * Math.log2(Math.max(1, load))) / 100));

/** Adam's: the wider the layer, the more its units' changes add up to. */
function rateFor({ cell, hidden }: TrainOptions): number {
  // Of one layer of 256, 16 rows: .002 1.526 nats, .004 1.463, .008 1.462; without a warm-up .004 1.486.
  const usual = isGated(cellOf(cell)) ? 0.004 : 0.002;
  return Number((usual * Math.min(1, Math.sqrt(256 / hidden))).toPrecision(2));
}
