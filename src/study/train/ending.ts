/**
 * How a training's end is told: the most important thing first, where it stands, what to try next. The words alone; what
 * is said, and when, is decided in study/standing.ts and study/advice.ts.
 */
import { counted } from '../../base/words.js';
import type { Advice } from './advice.js';
import { bitsOf } from '../evaluate/evaluate.js';
import type { Finding, Standing } from './standing.js';
import { count, listed } from '../../words/numbers.js';
import { table } from '../../ui/terminal/table.js';
import { wrap } from '../../ui/terminal/wrap.js';

export interface Told {
  readonly standing: Standing;
  /** V */
  readonly symbols: number;
  readonly lr: number;
  readonly step: number;
  /** Evaluations on the way look at a part of the held-out text. */
  readonly isPart: boolean;
  /** Nats a character of the text kept for testing; null for none. */
  readonly testNats?: number | null;
}

/** 2.650; grouped, or with an exponent, where a training came apart: 2,435 */
export function bits(nats: number): string {
  const value = bitsOf(nats);
  if (Math.abs(value) < 1000) return value.toFixed(3);
  return Math.abs(value) < 1e12 ? count(Math.round(value)) : value.toExponential(1);
}

/** One sentence or more for each finding; the first is the ending's first line. */
export function sentences(told: Told): string[] {
  const { findings } = told.standing;
  const said = findings.map((finding) => sentence(finding, told));
  // How good it is needs saying where nothing of more weight says it.
  return findings.length === 0 || findings[0].kind === 'improving' ? [plainly(told), ...said] : said;
}

function sentence(finding: Finding, { standing, symbols, lr, step }: Told): string {
  const { best, end, trainingNats, evenNats, counting } = standing;
  const floor = counting ? bits(counting.lossNats[counting.order]) : '';
  const even = `even guessing among ${counted(count(symbols), 'symbol')} needs ${bits(evenNats)}`;
  const isWorse = end !== null && end.lossNats >= evenNats ? `, where ${even}` : '';
  switch (finding.kind) {
    case 'untrained':
      return `The net is as it was drawn, no step was made${finding.lossNats === null ? '' : `: ${bits(finding.lossNats)} bits per character, where ${even}`}.`;
    case 'failed':
      return `The training failed: ${bits(finding.lossNats)} bits per character at its end, where ${even}. Try a smaller learning rate than ${lr}.`;
    case 'diverged':
      return `The training came apart after step ${finding.since}: ${bits(end?.lossNats ?? NaN)} bits per character at its end${isWorse}, ${bits(finding.rise)} more than before. Try a smaller learning rate than ${lr}; the model of step ${finding.since} is kept.`;
    case 'nothing-carries-over':
      return `What was learnt does not help with the held-out text: ${bits(finding.lossNats)} bits per character, where ${even}; on the text trained on ${bits(trainingNats ?? NaN)}. Is the text's end of another kind than its beginning, or too short?`;
    case 'overfitting':
      return `From step ${finding.since} of ${step} on the text was learnt by heart: the held-out part costs ${bits(finding.rise)} bits per character more at the end${isWorse}, while the part trained on still got better. The model of step ${finding.since} is kept.`;
    case 'dead':
      return `${finding.layers.length === 1 ? 'Layer' : 'Layers'} ${listed(finding.layers.map(String))} ${finding.layers.length === 1 ? 'is' : 'are'} dead: nearly all units answer 0 to everything, and no gradient comes back through those.`;
    case 'behind-counting':
      return `Counting alone predicts the held-out text better than this model: ${floor} bits per character against ${best ? bits(best.lossNats) : ''}.`;
    case 'ahead-of-counting':
      return `${best ? bits(best.lossNats) : ''} bits per character on held-out text, ${bits(finding.by)} better than counting alone (${floor}).`;
    case 'improving':
      return `It was still getting better: by ${bits(finding.by)} bits in the last tenth of the steps.`;
  }
}

function plainly({ standing: { best, trainingNats } }: Told): string {
  if (best) return `${bits(best.lossNats)} bits per character on held-out text.`;
  return `${bits(trainingNats ?? NaN)} bits per character on the text trained on. Nothing is held out (--validation 0), so this does not say how well it predicts any other.`;
}

const testedInWords = (nats: number): string =>
  `On the text kept for testing: ${bits(nats)} bits per character.`;

/** Everything the model is measured by, in lines; empty where nothing is held out. */
export function standingTable({ standing, symbols, isPart, testNats = null }: Told, width: number): string {
  const { evenNats, counting, best, end, trainingNats } = standing;
  if (end === null) return testNats === null ? '' : wrap(testedInWords(testNats), width);
  const before = counting?.order ?? 0;
  const rows = [
    [`even guessing among ${counted(count(symbols), 'symbol')}`, bits(evenNats)],
    ...(counting ? [['counting how often each occurs', bits(counting.lossNats[0])]] : []),
    ...(counting && before > 0
      ? [[`counting what follows ${counted(before, 'character')}`, bits(counting.lossNats[before])]]
      : []),
    ...(best && best.step < end.step
      ? [[`this model at its best, step ${best.step}`, bits(best.lossNats)]]
      : []),
    [
      `this model at its end, step ${end.step}${isPart && best?.step !== end.step ? ', on a part of it' : ''}`,
      bits(end.lossNats),
    ],
    ...(trainingNats === null ? [] : [['the same on what it was trained on', bits(trainingNats)]]),
    ...(testNats === null ? [] : [['the model that is kept, on the text for testing', bits(testNats)]]),
  ];
  const title = wrap('Where it stands, in bits per character of the held-out text:', width);
  const part =
    counting === null || counting.isWhole
      ? ''
      : `\n\n${wrap(`Counting has looked at ${count(counting.measured)} characters only, for the time it takes; more would help it.`, width)}`;
  return `${title}\n\n${table(rows.map(([what, figure]) => [`  ${what}`, figure]))}${part}`;
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
export function tryNext(advice: readonly Advice[], names: Names): string {
  const lines = advice.map((one) => {
    const [what, command] = proposal(one, names);
    return `  ${what}:\n      ${command}`;
  });
  return `Try next\n\n${lines.join('\n')}`;
}

function proposal(advice: Advice, { dir, prompt, reading, flags }: Names): readonly [string, string] {
  switch (advice.kind) {
    case 'smaller-rate':
      return [
        'the same with a smaller learning rate',
        reading('train', withFlag(flags, '--lr', String(advice.lr))),
      ];
    case 'more-dropout':
      return [
        'the same with more dropout',
        reading('train', withFlag(flags, '--dropout', String(advice.dropout))),
      ];
    case 'minutes':
      return [
        `a model chosen for this text and ${counted(advice.minutes, 'minute')}`,
        reading('train', ['--minutes', String(advice.minutes)]),
      ];
    case 'go-on':
      return ['more steps', `npx dissipa train --resume ${dir} --steps ${advice.steps}`];
    case 'look-at-text':
      return ['what the text is made of', reading('corpus', [])];
    case 'sample': {
      const begin = prompt === null ? '' : ` --prompt ${prompt}`;
      return ['what it writes', `npx dissipa sample ${dir}${begin} --temperature 0.6`];
    }
    case 'inspect':
      return ['its gradient by layer and timestep, as a page', `npx dissipa inspect ${dir} --html page.html`];
    case 'lesson':
      return ['why gradients vanish, measured on this text', reading('lesson', [])];
  }
}

/** The flags with one of them at another value. */
function withFlag(flags: readonly string[], name: string, value: string): string[] {
  const at = flags.indexOf(name);
  return at < 0 ? [...flags, name, value] : flags.with(at + 1, value);
}
