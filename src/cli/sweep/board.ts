/** The progress of a sweep on stderr: one line that is redrawn in a terminal; elsewhere a line for each training. */
import type { SweepEvent, SweepJob } from '../../study/sweep/job.js';
import { pointInWords } from '../../study/sweep/show.js';
import type { Plan } from '../../study/sweep/options.js';
import type { Words } from '../../words/words.js';
import type { Environment } from '../environment.js';
import { CLEAR_LINE, clock, fit, REDRAW_MS } from '../progress.js';

export interface Board {
  /** Trainings of a stage begin. @param done of them, and of those before */
  stage(done: number, jobs: number): void;
  heard(job: SweepJob, event: SweepEvent | { readonly kind: 'begin' }): void;
  end(): void;
}

export function makeSweepBoard(env: Environment, plan: Plan, words: Words): Board {
  const { isTerminal, now } = env;
  const told = words.sweep;
  /** Shares of the trainings at hand. */
  const running = new Map<number, number>();
  let [done, jobs, best, drawn] = [0, 0, Infinity, -Infinity];
  let begun = now();
  let first = 0;
  const bits = (nats: number): string => words.numbers.fixed(nats / Math.LN2, 3);

  const draw = (isDue: boolean): void => {
    if (!isTerminal || (!isDue && now() - drawn < REDRAW_MS)) return;
    drawn = now();
    const made = done - first + [...running.values()].reduce((sum, share) => sum + share, 0);
    const seconds = (now() - begun) / 1000;
    const left = made > 0 ? (seconds / made) * (jobs - first - made) : 0;
    const line = fit(
      [
        { rank: 1, text: told.progress(done, jobs, running.size) },
        { rank: 2, text: Number.isFinite(best) ? told.bestSoFar(bits(best)) : '' },
        { rank: 3, text: made > 0.01 ? told.left(clock(left)) : '' },
      ],
      env.columns ?? Infinity,
    );
    env.err(`${CLEAR_LINE}${line}`);
  };
  const say = (line: string): void => {
    env.err(`${isTerminal ? CLEAR_LINE : ''}${line}\n`);
    draw(true);
  };

  return {
    stage(made, all) {
      [done, jobs, first, begun] = [made, all, made, now()];
      draw(true);
    },
    heard(job, event) {
      const { index } = job;
      if (event.kind === 'begin') running.set(index, 0);
      if (event.kind === 'progress') {
        running.set(index, event.steps > 0 ? event.step / event.steps : 0);
        best = Math.min(best, event.lossNats ?? Infinity);
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
      if (isTerminal) env.err(CLEAR_LINE);
    },
  };
}
