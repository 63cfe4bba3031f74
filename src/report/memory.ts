/** The memory of the layers in words: a line, a warning, a sentence. */
import { counted } from '../base/words.js';
import type { LayerReport, Memory } from '../bptt/report.js';
import { stateLog10 } from '../probe/memory.js';
import type { LayerWith } from './inspection.js';
import { shareOf } from './numbers.js';

type WithMemory = Pick<LayerReport, 'layer' | 'memory'>;

/** How many layers are named one by one in a line. */
const MOST_NAMED = 4;

/** `1%: lag 7 of 64, vanishing` */
export function memoryInBrief(memory: Memory, timesteps: number): string {
  const reach =
    memory.lag1pct === null ? `1%: beyond lag ${timesteps - 1}` : `1%: lag ${memory.lag1pct} of ${timesteps}`;
  return `${reach}, ${memory.verdict}`;
}

/**
 * All layers in a part of a line, from the lowest: `1%: lag 7, 12, >63 of 64, 2 of 3 vanishing`. Empty where no layer
 * has been measured.
 */
export function memoryLine(layers: readonly WithMemory[], timesteps: number): string {
  const memories = layers.flatMap(({ memory }) => (memory ? [memory] : []));
  if (memories.length === 0) return '';
  if (memories.length === 1) return memoryInBrief(memories[0], timesteps);
  const lags = memories.map(({ lag1pct }) => lag1pct ?? Infinity);
  const named = (lag: number): string => (lag === Infinity ? `>${timesteps - 1}` : String(lag));
  const [least, most] = [Math.min(...lags), Math.max(...lags)];
  let reach = `${named(least)}–${named(most)}`;
  if (least === most) reach = named(least);
  else if (lags.length <= MOST_NAMED) reach = lags.map(named).join(', ');
  const verdicts = (['exploding', 'vanishing'] as const).flatMap((verdict) => {
    const many = memories.filter((memory) => memory.verdict === verdict).length;
    if (many === 0) return [];
    return [many === memories.length ? `all ${verdict}` : `${many} of ${memories.length} ${verdict}`];
  });
  return `1%: lag ${reach} of ${timesteps}, ${verdicts.length > 0 ? verdicts.join(', ') : 'all preserved'}`;
}

/** What to say, in a line of a narrow terminal, when a layer is first seen to vanish or explode; null where there is nothing to warn of. */
export function memoryWarning({ layer, memory }: WithMemory, timesteps: number): string | null {
  if (memory?.verdict === 'vanishing')
    return `layer ${layer} vanishes: 1% of its gradient is left ${memory.lag1pct ?? 0} of ${counted(timesteps, 'timestep')} back`;
  if (memory?.verdict === 'exploding')
    return `layer ${layer} explodes: its gradient grows a hundredfold within ${counted(timesteps, 'timestep')}`;
  return null;
}

const WORDS: Record<Memory['verdict'], string> = {
  vanishing: 'it vanishes',
  preserved: 'it is preserved',
  exploding: 'it explodes',
};

/** Of a window of one timestep there is nothing else to say. @param who ` in layer 1` */
export const noWayBack = (who = ''): string =>
  `A window of one timestep has no way back${who}: take a longer --window.`;

/** One sentence on what the lag curve of a layer shows. */
export function memorySentence(report: LayerReport, layers: number, timesteps: number): string {
  const { memory, layer } = report;
  if (!memory) return '';
  const who = layers === 1 ? '' : ` in layer ${layer}`;
  if (timesteps === 1) return noWayBack(who);
  const { halfLife, lag1pct, lag1e6, verdict, slope } = memory;
  if (verdict === 'exploding')
    return `On its way back the last loss's gradient${who} grows more than a hundredfold within ${counted(timesteps, 'timestep')}: ${WORDS[verdict]}.`;
  if (lag1pct === null) {
    const left = leftAtEnd(report);
    const share = left === null ? 'more than 1%' : shareOf(left);
    return `After ${counted(timesteps - 1, 'step')} back ${share} of the last loss's gradient is left${who}: ${WORDS[verdict]}.`;
  }
  const half =
    halfLife === null
      ? ''
      : `half of the last loss's gradient is gone${who} after ${counted(halfLife, 'step')} back, `;
  const millionth = lag1e6 === null ? '' : `, one millionth after ${lag1e6}`;
  const pace =
    slope !== null && slope < 0
      ? `; each step keeps ${Math.round(100 * 10 ** slope)}% of what the step before had`
      : '';
  return capital(`${half}1% is left after ${lag1pct}${millionth}${pace}: ${WORDS[verdict]}.`);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** log10 of what is left at the window's far end, relative to lag 0; null where nothing is, or nothing was measured. */
export function leftAtEnd({ lagLog10 }: Pick<LayerReport, 'lagLog10'>): number | null {
  return lagLog10 ? (relativeCurve({ lagLog10 }).at(-1) ?? null) : null;
}

/** The state norm by lag relative to lag 0, in log10; null for an exact 0. */
export function relativeCurve({ lagLog10 }: Pick<LayerWith<'lagLog10'>, 'lagLog10'>): (number | null)[] {
  const curve = stateLog10(lagLog10);
  const start = curve.at(0) ?? null;
  return curve.map((value) => (value === null || start === null ? null : value - start));
}
