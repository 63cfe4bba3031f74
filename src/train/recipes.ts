/**
 * A model and its training, chosen for a text and a time (`train --minutes`): the largest model of a ladder that still sees
 * enough of the text in that time, and around it what was found to suit such a model, such a text and so many passes.
 * Found by trying on Portuguese and English prose, verse and dialogue of 3,000 to 1.2 million characters (GRU; see the
 * figures beside each rule).
 *
 * It is pure, and a generator: it asks for the seconds that a step of some options takes, as `yield`, and whoever drives
 * it measures them (study/calibrate.ts). The choice is made once; its options are ordinary flags.
 */
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
export interface Measured {
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

/** From the smallest to the largest model. */
const LADDER: readonly Rung[] = [
  { layers: 1, hidden: 48 },
  { layers: 2, hidden: 64 },
  { layers: 2, hidden: 96 },
  { layers: 2, hidden: 128 },
  { layers: 2, hidden: 192 },
  { layers: 2, hidden: 256 },
  { layers: 2, hidden: 384 },
  { layers: 2, hidden: 512 },
  { layers: 3, hidden: 512 },
  { layers: 3, hidden: 768 },
  { layers: 3, hidden: 1024 },
];
const [WINDOW, BATCH] = [64, 16];
/** A pass over a short text should have some updates. */
const WINDOWS_A_PASS = 10;
/** Logits of a window are N·T·V numbers: of a large alphabet fewer rows are taken. */
const MOST_LOGITS = 2 ** 25;

/** A model must see so many characters for each of its weights before a larger one is worth its time. */
const CHARACTERS_PER_WEIGHT = 15;
/** Beyond it a model has nothing to hold its weights by, whatever dropout does. */
const WEIGHTS_PER_CHARACTER = 12;
/** A rare symbol's weights are seen when it is: of a large alphabet so many are counted. */
const SYMBOLS_COUNTED = 128;
const MOST_PASSES = 60;
const MOST_DROPOUT = 0.6;

/** What goes with the steps, by their time: evaluation, probes, checkpoints, and that not every step is the quickest. */
const WITH_STEPS = 1.15;

/** A rung, with what its steps come to. */
interface Tried extends Measured {
  readonly options: TrainOptions;
  readonly steps: number;
  readonly limit: Limit;
}

export function* recipe(facts: RecipeFacts): Generator<TrainOptions, Recipe, Measured> {
  let chosen: Tried | null = null;
  for (const options of rungsFor(facts)) {
    const measured = yield options;
    const next = { options, ...measured, ...stepsFor(options, measured, facts) };
    if (chosen !== null && !isWorthItsTime(next, facts)) break;
    chosen = next;
  }
  if (chosen === null) throw new RangeError('a ladder without rungs');
  const { limit, secondsPerStep } = chosen;
  return { options: completed(chosen, facts), seconds: secondsOf(chosen), secondsPerStep, limit };
}

const secondsOf = ({ steps, secondsPerStep }: Pick<Tried, 'steps' | 'secondsPerStep'>): number =>
  WITH_STEPS * steps * secondsPerStep;

/** Each rung as options whose steps can be timed, what the user has said over it; each model once. */
function rungsFor(facts: RecipeFacts): TrainOptions[] {
  const rungs = LADDER.map((rung) => {
    const dropout = rung.layers > 1 && facts.own.layers !== 1 ? MOST_DROPOUT / 2 : 0;
    const given = { cell: 'gru', ...rung, dropout, ...windowFor(facts), ...facts.own };
    return parseTrainOptions(given);
  });
  const models = new Map(rungs.map((options) => [`${options.layers}×${options.hidden}`, options]));
  return [...models.values()].sort((a, b) => weightsOf(a, facts) - weightsOf(b, facts));
}

function windowFor({ characters, symbols, own }: RecipeFacts): { window: number; batch: number } {
  const room = Math.min((characters - 1) / WINDOWS_A_PASS, MOST_LOGITS / symbols);
  const given = (name: string): number | null => (typeof own[name] === 'number' ? own[name] : null);
  let window = given('window') ?? WINDOW;
  let batch = given('batch') ?? BATCH;
  // Rows first: half a window is half of how far back can be learnt.
  while (batch * window > room && batch > 4 && given('batch') === null) batch /= 2;
  while (batch * window > room && window > 16 && given('window') === null) window /= 2;
  while (batch * window > room && batch > 1 && given('batch') === null) batch /= 2;
  return { window, batch };
}

/** The weights that a text of so many symbols has to settle. */
const weightsOf = ({ cell, layers, hidden }: TrainOptions, { symbols }: RecipeFacts): number =>
  parameterCount({ cell, layers, hidden, symbols: Math.min(symbols, SYMBOLS_COUNTED) });

const charactersPerStep = ({ batch, window }: TrainOptions): number => batch * window;

function stepsFor(
  options: TrainOptions,
  { secondsPerStep, secondsLeft }: Measured,
  { characters }: RecipeFacts,
): Pick<Tried, 'steps' | 'limit'> {
  const pass = characters / charactersPerStep(options);
  if (options.steps !== undefined) return { steps: options.steps, limit: 'own' };
  if (options.epochs !== undefined)
    return { steps: Math.max(1, Math.round(options.epochs * pass)), limit: 'own' };
  const inTime = Math.max(1, Math.floor(secondsLeft / (WITH_STEPS * secondsPerStep)));
  const most = Math.max(1, Math.round(MOST_PASSES * pass));
  return inTime <= most ? { steps: inTime, limit: 'time' } : { steps: most, limit: 'text' };
}

/** Asked of a rung above one that was. */
function isWorthItsTime(tried: Tried, facts: RecipeFacts): boolean {
  const { options, steps } = tried;
  const weights = weightsOf(options, facts);
  return (
    secondsOf(tried) <= tried.secondsLeft &&
    steps * charactersPerStep(options) >= CHARACTERS_PER_WEIGHT * weights &&
    weights <= WEIGHTS_PER_CHARACTER * facts.characters
  );
}

/** The rest of the options, which do not change how long a step takes. */
function completed({ options, steps, limit }: Tried, facts: RecipeFacts): TrainOptions {
  const { own, characters } = facts;
  const isAdam = own.optimizer === undefined || own.optimizer === 'adam' || own.optimizer === 'adamw';
  const passes = (steps * charactersPerStep(options)) / characters;
  const chosen = {
    ...{ cell: options.cell, layers: options.layers, hidden: options.hidden },
    ...(options.layers > 1 && { dropout: dropoutFor((passes * weightsOf(options, facts)) / characters) }),
    ...{ window: options.window, batch: options.batch },
    ...(limit !== 'own' && { steps }),
    ...(isAdam && { lr: rateFor(options), optimizer: 'adamw', weightDecay: 0.01 }),
    ...{ schedule: 'cosine', warmup: Math.min(500, Math.ceil(steps / 20)), clip: 1 },
  };
  return parseTrainOptions({ ...chosen, ...own });
}

/**
 * The share dropped between layers, from how often the text's characters are met by each weight that could keep them. By
 * hand on tiny-shakespeare: 2×192, 8 passes: .15; 2×256, 12: .25; 2×384, 16: .4.
 */
const dropoutFor = (load: number): number =>
  Math.min(MOST_DROPOUT, Math.max(0, Math.round(100 * 0.087 * Math.log2(Math.max(1, load))) / 100));

/** Adam's: the wider the layer, the more its units' changes add up to. */
function rateFor({ cell, hidden }: TrainOptions): number {
  const usual = cell === 'gru' || cell === 'lstm' ? 0.004 : 0.002;
  return Number((usual * Math.min(1, Math.sqrt(256 / hidden))).toPrecision(2));
}
