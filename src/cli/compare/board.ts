/**
 * The progress of jobs that run side by side, on stderr: a line for each under way that is redrawn, or a line now and
 * then; and a line that stays for each that is through.
 */
import type { Job, JobProgress, JobResult } from '../../study/compare/result.js';
import { widthOf } from '../../ui/terminal/width.js';
import type { Environment } from '../environment.js';
import { barredLine, clock, fit, LINE_MS, REDRAW_MS, type LinePart } from '../progress.js';

export interface ComparisonBoard {
  begin(job: Job): void;
  show(job: Job, progress: JobProgress): void;
  finish(job: Job, result: JobResult): void;
  end(): void;
}

export function makeBoard(env: Environment, jobs: readonly Job[], seeds: number): ComparisonBoard {
  const {
    reports: { comparing: say, notes },
    training,
    numbers,
  } = env.words;
  const nameOf = ({ contender, seed }: Job): string =>
    seeds > 1 ? `${contender} ${notes.seed(seed)}` : contender;
  const longest = Math.max(...jobs.map((job) => widthOf(nameOf(job))));
  const named = (job: Job, parts: readonly LinePart[]): readonly LinePart[] => {
    const name = nameOf(job);
    return [{ rank: 1, text: `${name}${' '.repeat(longest - widthOf(name))}`, short: name }, ...parts];
  };
  const { foot } = env;
  /** Those under way. */
  const begun = new Map<string, { readonly at: number; told: number; line: () => string }>();
  let drawn = -Infinity;
  const draw = (isDue: boolean): void => {
    if (!foot || (!isDue && env.now() - drawn < REDRAW_MS)) return;
    drawn = env.now();
    foot.show(
      [...begun.values()].map(({ line }) => line()),
      env.words.sweep.watch.more,
    );
  };
  const begin = (job: Job) => {
    const state = {
      ...{ at: env.now(), told: env.now() },
      line: (): string => barredLine(0, named(job, []), env.columns),
    };
    begun.set(nameOf(job), state);
    return state;
  };
  const bitsOf = (bits: number | null): string => (bits === null ? '' : say.bits(bits));

  return {
    begin(job) {
      begin(job);
      draw(true);
    },
    show(job, { share, characters, bitsPerChar }) {
      const state = begun.get(nameOf(job)) ?? begin(job);
      const seconds = (env.now() - state.at) / 1000;
      const parts = named(job, [
        { rank: 4, text: say.characterCount(numbers.compact(characters)) },
        { rank: 2, text: bitsOf(bitsPerChar) },
        { rank: 3, text: share > 0 ? training.progress.left(clock((seconds / share) * (1 - share))) : '' },
      ]);
      state.line = () => barredLine(share, parts, env.columns);
      if (!foot && env.now() - state.told >= LINE_MS) {
        state.told = env.now();
        env.err(`${fit(parts, Infinity)}\n`);
      }
      draw(false);
    },
    finish(job, { ended, heldOut, charactersSeen, seconds }) {
      const parts = named(job, [
        { rank: 2, text: ended === 'diverged' ? say.diverged : bitsOf(heldOut?.bitsPerChar ?? null) },
        { rank: 3, text: say.took(say.characterCount(numbers.compact(charactersSeen)), clock(seconds)) },
      ]);
      begun.delete(nameOf(job));
      env.err(`${fit(parts, Infinity)}\n`);
      draw(true);
    },
    end() {
      foot?.clear();
    },
  };
}
