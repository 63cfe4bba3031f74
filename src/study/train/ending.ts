/**
 * How a training's end is told: the most important thing first, where it stands, what to try next. The words alone; what
 * is said, and when, is decided in study/standing.ts and study/advice.ts.
 */
import type { Advice } from './advice.js';
import type { RunStanding } from './standing.js';
import type { Words } from '../../words/words.js';
import { table } from '../../ui/terminal/table.js';
import { wrap } from '../../ui/terminal/wrap.js';

export interface ToldTraining {
  readonly standing: RunStanding;
  /** V */
  readonly symbols: number;
  readonly lr: number;
  readonly step: number;
  /** Evaluations on the way look at a part of the held-out text. */
  readonly isPart: boolean;
  /** Nats a character of the text kept for testing; null for none. */
  readonly testNats?: number | null;
}

/** One sentence or more for each finding; the first is the ending's first line. */
export function sentences({ standing, symbols, lr, step }: ToldTraining, { training }: Words): string[] {
  const { findings, best, end, trainingNats, evenNats, counting } = standing;
  const figures = {
    ...{ symbols, lr, step, trainingNats, evenNats },
    bestNats: best?.lossNats ?? null,
    endNats: end?.lossNats ?? null,
    floorNats: counting ? counting.lossNats[counting.order] : null,
  };
  const said = findings.map((finding) => training.finding(finding, figures));
  // How good it is needs saying where nothing of more weight says it.
  return findings.length === 0 || findings[0].kind === 'improving'
    ? [training.plainly(figures.bestNats, trainingNats), ...said]
    : said;
}

/** Everything the model is measured by, in lines; empty where nothing is held out. */
export function standingTable(
  { standing, symbols, isPart, testNats = null }: ToldTraining,
  width: number,
  { training }: Words,
): string {
  const { evenNats, counting, best, end, trainingNats } = standing;
  const { table: words, bits } = training;
  if (end === null) return testNats === null ? '' : wrap(words.tested(testNats), width);
  const before = counting?.order ?? 0;
  const rows = [
    [words.even(symbols), bits(evenNats)],
    ...(counting ? [[words.counting, bits(counting.lossNats[0])]] : []),
    ...(counting && before > 0 ? [[words.countingAfter(before), bits(counting.lossNats[before])]] : []),
    ...(best && best.step < end.step ? [[words.best(best.step), bits(best.lossNats)]] : []),
    [words.end(end.step, isPart && best?.step !== end.step), bits(end.lossNats)],
    ...(trainingNats === null ? [] : [[words.training, bits(trainingNats)]]),
    ...(testNats === null ? [] : [[words.test, bits(testNats)]]),
  ];
  const part =
    counting === null || counting.isWhole ? '' : `\n\n${wrap(words.part(counting.measured), width)}`;
  return `${wrap(words.title, width)}\n\n${table(
    rows.map(([what, figure]) => [`  ${what}`, figure]),
    [0],
    width,
    false,
  )}${part}`;
}

export interface Names {
  /** The run's folder, as a word of a command. */
  readonly dir: string;
  /** The beginning of some line of the text, quoted; null where the model knows none. */
  readonly prompt: string | null;
  /** The command with the run's own texts. */
  readonly reading: (command: string, flags: readonly string[]) => string;
  /** The run's own flags. */
  readonly flags: readonly string[];
}

/** What to try, each with its command on a line of its own. */
export function tryNext(
  advice: readonly Advice[],
  names: Names,
  { training: { next } }: Words,
  width = Infinity,
): string {
  const lines = advice.map((one) => {
    const [what, command] = proposal(one, names, next);
    return `${wrap(`${what}:`, width, '  ')}\n      ${command}`;
  });
  return `${next.title}\n\n${lines.join('\n')}`;
}

function proposal(
  advice: Advice,
  { dir, prompt, reading, flags }: Names,
  next: Words['training']['next'],
): readonly [string, string] {
  switch (advice.kind) {
    case 'smaller-rate':
      return [next.smallerRate, reading('train', withFlag(flags, '--lr', String(advice.lr)))];
    case 'more-dropout':
      return [next.moreDropout, reading('train', withFlag(flags, '--dropout', String(advice.dropout)))];
    case 'minutes':
      return [next.minutes(advice.minutes), reading('train', ['--minutes', String(advice.minutes)])];
    case 'go-on':
      return [next.goOn, `npx dissipa train --resume ${dir} --steps ${advice.steps}`];
    case 'look-at-text':
      return [next.lookAtText, reading('corpus', [])];
    case 'sample': {
      const begin = prompt === null ? '' : ` --prompt ${prompt}`;
      return [next.sample, `npx dissipa sample ${dir}${begin} --temperature 0.6`];
    }
    case 'inspect':
      return [next.inspect, `npx dissipa inspect ${dir} --html ${next.page}`];
    case 'lesson':
      return [next.lesson, reading('lesson', [])];
  }
}

/** The flags with one of them at another value. */
function withFlag(flags: readonly string[], name: string, value: string): string[] {
  const at = flags.indexOf(name);
  return at < 0 ? [...flags, name, value] : flags.with(at + 1, value);
}
