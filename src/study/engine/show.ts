/** The engines in words. */
import { visibleInLine } from '../../base/visible.js';
import type { Words } from '../../words/words.js';
import type { EngineSurvey } from './measure.js';
import { table } from '../../ui/terminal/table.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';

/**
 * @param asked the engine was named, not left to `auto`
 * @param width of its prose
 */
export function enginesReport(
  { inUse, engines, trials }: EngineSurvey,
  asked: boolean,
  { reports: { engine: say }, numbers: { fixed } }: Words,
  width: number = textWidth(),
): string {
  const rows = engines.map(({ name, gflops, missing }) => [
    `  ${name}`,
    gflops === null
      ? say.missing(missing === null ? null : (say.reasons[missing] ?? visibleInLine(missing)))
      : `${fixed(gflops, gflops < 10 ? 1 : 0).padStart(5)} GFLOP/s${name === inUse.name ? `  ${say.used}` : ''}`,
  ]);
  const native = engines.some(({ name, gflops }) => name.startsWith('native') && gflops !== null);
  const times = trials.map(({ threads, milliseconds }) => say.trial(1000 * milliseconds, threads));
  return [
    wrap(say.inUse(say.onThreads(inUse.name, inUse.threads), asked, inUse.gflops), width),
    '',
    say.onOne,
    '',
    table(rows, [0, 1], width, false),
    '',
    ...(native ? [] : [wrap(say.build, width), '  npx dissipa engine --build']),
    ...(trials.length > 0 ? [wrap(say.taken(times.join(', '), inUse.threads), width)] : []),
    '',
  ].join('\n');
}
