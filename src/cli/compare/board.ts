/** The progress of jobs that run side by side, on stderr: a line each that is redrawn, or a line now and then. */
import { MultiBar, type SingleBar } from 'cli-progress';
import type { Job, JobProgress, JobResult } from '../../study/compare/result.js';
import type { Environment } from '../environment.js';
import { clock, fit, shortCount, type Part } from '../progress.js';

const LINE_MS = 10_000;
const BAR_WIDTH = 12;

export interface Board {
  begin(job: Job): void;
  show(job: Job, progress: JobProgress): void;
  finish(job: Job, result: JobResult): void;
  end(): void;
}

export function makeBoard(env: Environment, jobs: readonly Job[], seeds: number): Board {
  const {
    reports: { comparing: say, notes },
    training,
    numbers,
  } = env.words;
  const nameOf = ({ contender, seed }: Job): string =>
    seeds > 1 ? `${contender} ${notes.seed(seed)}` : contender;
  const width = Math.max(...jobs.map((job) => nameOf(job).length));
  const room = env.isTerminal ? (env.columns ?? Infinity) - BAR_WIDTH : Infinity;
  const lineOf = (job: Job, parts: readonly Part[]): string =>
    fit([{ rank: 1, text: nameOf(job).padEnd(width) }, ...parts], room);
  const begun = new Map<string, { readonly at: number; told: number; bar: SingleBar | null }>();
  const stateOf = (job: Job) => {
    const key = nameOf(job);
    const state = begun.get(key) ?? { at: env.now(), told: env.now(), bar: null };
    begun.set(key, state);
    return state;
  };
  const bars = env.isTerminal
    ? new MultiBar({ format: ' {bar} {line}', barsize: 10, hideCursor: true, fps: 10, linewrap: false })
    : null;
  const bitsOf = (bits: number | null): string => (bits === null ? '' : say.bits(bits));

  return {
    begin(job) {
      const state = stateOf(job);
      state.bar = bars?.create(100, 0, { line: lineOf(job, []) }) ?? null;
    },
    show(job, { share, characters, bitsPerChar }) {
      const state = stateOf(job);
      const seconds = (env.now() - state.at) / 1000;
      const line = lineOf(job, [
        { rank: 4, text: say.characterCount(shortCount(characters, numbers)) },
        { rank: 2, text: bitsOf(bitsPerChar) },
        { rank: 3, text: share > 0 ? training.progress.left(clock((seconds / share) * (1 - share))) : '' },
      ]);
      if (state.bar) state.bar.update(Math.round(100 * share), { line });
      else if (env.now() - state.told >= LINE_MS) {
        state.told = env.now();
        env.err(`${line}\n`);
      }
    },
    finish(job, { ended, heldOut, charactersSeen, seconds }) {
      const line = lineOf(job, [
        { rank: 2, text: ended === 'diverged' ? say.diverged : bitsOf(heldOut?.bitsPerChar ?? null) },
        { rank: 3, text: say.took(say.characterCount(shortCount(charactersSeen, numbers)), clock(seconds)) },
      ]);
      const { bar } = stateOf(job);
      if (bar) {
        bar.update(100, { line });
        bar.stop();
      } else env.err(`${line}\n`);
    },
    end() {
      bars?.stop();
    },
  };
}
