/** The memory of a layer in words. */
import type { LayerReport, Memory } from '../bptt/report.js';

const WORDS: Record<Memory['verdict'], string> = {
  vanishing: 'it vanishes',
  preserved: 'it is preserved',
  exploding: 'it explodes',
};

/** `1%: lag 7 of 64, vanishing` */
export function memoryInBrief(memory: Memory, timesteps: number): string {
  const reach =
    memory.lag1pct === null ? `1%: beyond lag ${timesteps - 1}` : `1%: lag ${memory.lag1pct} of ${timesteps}`;
  return `${reach}, ${memory.verdict}`;
}

/** One sentence on what the lag curve of a layer shows. */
export function memorySentence({ memory, layer }: LayerReport, layers: number, timesteps: number): string {
  if (!memory) return '';
  const who = layers === 1 ? '' : ` in layer ${layer}`;
  const { halfLife, lag1pct, lag1e6, verdict, slope } = memory;
  const steps = (lag: number): string => (lag === 1 ? '1 step' : `${lag} steps`);
  if (verdict === 'exploding')
    return `On its way back the last loss's gradient${who} grows more than a hundredfold within ${timesteps} timesteps: ${WORDS[verdict]}.`;
  if (lag1pct === null)
    return `After ${steps(timesteps - 1)} back more than 1% of the last loss's gradient is left${who}: ${WORDS[verdict]}.`;
  const half =
    halfLife === null ? '' : `half of the last loss's gradient is gone${who} after ${steps(halfLife)} back, `;
  const millionth = lag1e6 === null ? '' : `, one millionth after ${lag1e6}`;
  const pace =
    slope !== null && slope < 0
      ? `; each step keeps ${Math.round(100 * 10 ** slope)}% of what the step before had`
      : '';
  const text = `${half}1% is left after ${lag1pct}${millionth}${pace}: ${WORDS[verdict]}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
