/** The commands by which a reader makes the lesson's runs again, section by section: the same networks, the same figures. */
import { flagOf } from '../../base/options.js';
import type { SectionName } from '../../words/lesson/figures.js';
import { net } from './doing.js';
import type { NetSpec } from '../../words/lesson/doing.js';
import { briefOptions } from './nets.js';
import { lessonOptions } from './setup.js';
import type { LessonOptions } from '../../words/lesson/setup.js';
import { trainOptions } from '../../train/options.js';
import type { LessonWords } from '../../words/lesson/words.js';

/** The texts and how they are read, as words of a command line, ready for a shell. */
export interface TextWords {
  readonly paths: readonly string[];
  /** Flags of `train`, each with its value. */
  readonly reading: readonly (readonly string[])[];
}

/** Without those that have their presets. */
const flags = (
  options: Readonly<Record<string, string | number>>,
  presets: Readonly<Record<string, unknown>>,
): string[] =>
  Object.entries(options)
    .filter(([name, value]) => presets[name] !== value)
    .flatMap(([name, value]) => [flagOf(name), String(value)]);

const line = (words: readonly string[]): string => ['npx dissipa', ...words].join(' ');

/** Lines to be copied one after the other. */
export function commandsFor(
  section: SectionName,
  number: number,
  options: LessonOptions,
  texts: TextWords,
  { run, language }: Pick<LessonWords, 'run' | 'language'>,
): string[] {
  const dir = `checkpoints/${run}-${number}`;
  const page = `${dir}.html`;
  const train = (spec: NetSpec, more: readonly string[] = []): string =>
    line([
      'train',
      ...texts.paths,
      ...texts.reading.flat(),
      ...flags(briefOptions(options, spec), trainOptions.parse({})),
      ...more,
      '--out',
      dir,
    ]);
  const inspect = (...more: readonly string[]): string => line(['inspect', dir, ...more]);
  const full = ['--probe', 'full'];
  const again = (changes: Partial<LessonOptions>): string => {
    const { hidden, window, steps, seed } = { ...options, ...changes };
    const chosen = flags({ hidden, window, steps, seed }, lessonOptions.parse({}));
    return line([
      'lesson',
      ...texts.paths,
      ...texts.reading.flat(),
      ...chosen,
      '--lang',
      language,
      '--html',
      `${run}-${number}.html`,
    ]);
  };
  switch (section) {
    case 'sensitivity': {
      // `check` reads one text, as it is written; in float64 a wide network would take its time.
      const text = texts.paths.slice(0, 1).flatMap((path) => ['--text', path]);
      const reading = texts.reading.filter(([flag]) => flag !== flagOf('lowercase'));
      const size = ['--hidden', String(Math.min(64, options.hidden))];
      return [line(['check', ...text, ...reading.flat(), '--cell', 'sigmoid', '--layers', '4', ...size])];
    }
    case 'squashing':
      return [train(net('tanh'), full), inspect('--html', page)];
    case 'regions':
      return [again({ seed: options.seed + 1 })];
    case 'depth':
      return [train(net('tanh', { layers: 8, init: 'glorot' })), inspect()];
    case 'freezing':
      return [train(net('tanh', { layers: 4 }), full), inspect('--html', page)];
    case 'product':
      return [train(net('sigmoid')), inspect('--html', page)];
    case 'methods':
      return [train(net('gru')), inspect()];
    case 'remedies':
      return [train(net('relu', { init: 'identity' })), inspect()];
    case 'misleading':
      return [train(net('tanh')), inspect('--html', page)];
    case 'recall':
      return [again({ steps: 2 * options.steps })];
  }
}
