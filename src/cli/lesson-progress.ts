/** What the lesson is at, on stderr: one line that is redrawn in a terminal, a line now and then elsewhere. */
import { SECTIONS, type LessonProgress } from '../words/lesson/figures.js';
import type { LessonWords } from '../words/lesson/words.js';
import type { Environment } from './environment.js';
import { barredLine, clock, fit, LINE_MS, REDRAW_MS } from './progress.js';

/** Before that share is done nobody knows how long the rest will take. */
const FORESEEN_FROM = 0.01;

export interface LessonLine {
  show(progress: LessonProgress): void;
  /** Clears the line where it can be. */
  end(): void;
}

export function makeLessonProgress(env: Environment, { progress, numbers }: LessonWords): LessonLine {
  const { now, foot } = env;
  const started = now();
  let drawn = -Infinity;
  return {
    show(at) {
      if (now() - drawn < (foot ? REDRAW_MS : LINE_MS)) return;
      drawn = now();
      const seconds = (now() - started) / 1000;
      const left = seconds / at.done - seconds;
      const doing = progress.doing(at, SECTIONS.indexOf(at.section) + 1, SECTIONS.length);
      const parts = [
        { rank: 1, text: numbers.percent(Math.floor(100 * at.done) / 100) },
        { rank: 2, text: doing, short: doing.replace(/ · .*$/, '') },
        { rank: 3, text: at.done < FORESEEN_FROM ? '' : progress.left(clock(left)) },
      ];
      if (foot) foot.show([barredLine(at.done, parts, env.columns)]);
      else env.err(`${fit(parts, Infinity)}\n`);
    },
    end() {
      foot?.clear();
    },
  };
}
