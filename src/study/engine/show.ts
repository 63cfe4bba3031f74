/** The engines in words. */
import { visibleInLine } from '../../base/visible.js';
import { counted, plural } from '../../base/words.js';
import type { EngineSurvey } from './measure.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';

/** `native (avx2) on 2 threads` */
export const engineInWords = ({
  name,
  threads,
}: {
  readonly name: string;
  readonly threads: number;
}): string => (threads > 1 ? `${name} on ${threads} threads` : name);

/**
 * @param asked the engine was named, not left to `auto`
 * @param width of its prose
 */
export function enginesReport(
  { inUse, engines, trials }: EngineSurvey,
  asked: boolean,
  width: number = textWidth(),
): string {
  const longest = Math.max(...engines.map(({ name }) => name.length));
  const rows = engines.map(({ name, gflops, missing }) =>
    [
      `  ${name.padEnd(longest)}`,
      gflops === null
        ? `not here: ${visibleInLine(missing ?? 'unknown')}`
        : `${gflops.toFixed(gflops < 10 ? 1 : 0).padStart(5)} GFLOP/s${name === inUse.name ? '  in use' : ''}`,
    ].join('  '),
  );
  const native = engines.some(({ name, gflops }) => name.startsWith('native') && gflops !== null);
  return [
    wrap(
      `${engineInWords(inUse)}: ${asked ? 'as asked for' : 'the fastest there is'}, ${inUse.gflops.toFixed(0)} GFLOP/s in products of 256×256 numbers.`,
      width,
    ),
    '',
    'On one thread each:',
    '',
    ...rows,
    '',
    ...(native
      ? []
      : [
          wrap('Without native kernels wasm serves; with a C compiler, this makes them:', width),
          '  npx dissipa engine --build',
        ]),
    ...(trials.length > 0 ? [wrap(threadsInWords(trials, inUse.threads), width)] : []),
    '',
  ].join('\n');
}

function threadsInWords(trials: EngineSurvey['trials'], taken: number): string {
  const times = trials.map(
    ({ threads, milliseconds }) => `${(1000 * milliseconds).toFixed(0)} µs on ${counted(threads, 'thread')}`,
  );
  return `A timestep's product took ${times.join(', ')}: ${taken} ${plural(taken, 'is', 'are')} taken (--threads auto).`;
}
