/**
 * The progress of a sweep on stderr: one line that is redrawn in a terminal, or with --watch one more for each training
 * under way; elsewhere a line for each that is through.
 */
import type { SweepEvent, SweepJob } from '../../study/sweep/job.js';
import { pointInWords } from '../../study/sweep/show.js';
import type { SweepPlan } from '../../study/sweep/options.js';
import type { Words } from '../../words/words.js';
import type { Environment } from '../environment.js';
import { barredLine, clock, REDRAW_MS } from '../progress.js';

export interface SweepBoard {
  /** Trainings of a stage begin. @param done of them, and of those before */
  stage(done: number, jobs: number): void;
  heard(job: SweepJob, event: SweepEvent | { readonly kind: 'begin' }): void;
  end(): void;
}

/** @param isWatched each training under way has a line */
export function makeSweepBoard(
  env: Environment,
  plan: SweepPlan,
  words: Words,
  isWatched: boolean,
): SweepBoard {
  const { foot, now } = env;
  const told = words.sweep;
  /** Of the trainings at hand. */
  const running = new Map<number, { readonly share: number; readonly lossNats: number | null }>();
  let [done, jobs, best, drawn] = [0, 0, Infinity, -Infinity];
  let begun = now();
  let first = 0;
  const bits = (nats: number): string => words.numbers.fixed(nats / Math.LN2, 3);

  const draw = (isDue: boolean): void => {
    if (!foot || (!isDue && now() - drawn < REDRAW_MS)) return;
    drawn = now();
    const made = done - first + [...running.values()].reduce((sum, { share }) => sum + share, 0);
    const seconds = (now() - begun) / 1000;
    const left = made > 0 ? (seconds / made) * (jobs - first - made) : 0;
    const whole = barredLine(
      jobs > 0 ? (first + made) / jobs : 0,
      [
        { rank: 1, text: told.progress(done, jobs, running.size) },
        { rank: 2, text: Number.isFinite(best) ? told.bestSoFar(bits(best)) : '' },
        { rank: 3, text: made > 0.01 ? told.left(clock(left)) : '' },
      ],
      env.columns,
    );
    foot.show([whole, ...(isWatched ? runningLines() : [])], told.watch.more);
  };
  const runningLines = (): string[] =>
    [...running].map(([index, { share, lossNats }]) =>
      barredLine(
        share,
        [
          { rank: 1, text: pointInWords(plan.points[index]) },
          { rank: 2, text: lossNats === null ? '' : told.bits(bits(lossNats)) },
        ],
        env.columns,
      ),
    );
  const say = (line: string): void => {
    env.err(`${line}\n`);
    draw(true);
  };

  return {
    stage(made, all) {
      [done, jobs, first, begun] = [made, all, made, now()];
      draw(true);
    },
    heard(job, event) {
      const { index } = job;
      if (event.kind === 'begin') running.set(index, { share: 0, lossNats: null });
      if (event.kind === 'progress') {
        const { step, steps, lossNats } = event;
        running.set(index, { share: steps > 0 ? step / steps : 0, lossNats });
        best = Math.min(best, lossNats ?? Infinity);
      }
      if (event.kind === 'result') {
        running.delete(index);
        done++;
        const { ended, best: reached } = event.result;
        if (ended !== 'diverged') best = Math.min(best, reached?.lossNats ?? Infinity);
        const text = reached === null ? null : bits(reached.lossNats);
        say(told.finished(pointInWords(plan.points[index]), ended, text));
      }
      draw(false);
    },
    end() {
      foot?.clear();
    },
  };
}
