/** The memory of the layers in words: a part of a line, a warning, a sentence, a headline. */
import { counted } from '../../base/words.js';
import type { LayerReport, Memory, Verdict } from '../../bptt/report.js';
import { DEAD_AT, EXPLODES_AT, TAIL_FALLS } from '../../probe/memory.js';
import { fittedFrom, isSignificant } from '../../probe/tail.js';
import { hasDrop, hasGrown, leftAtEnd, relativeCurve, riseOf, tailShape } from '../../ui/curve.js';
import { isResolved } from '../../ui/flags.js';
import type { LayerWith } from '../../ui/inspection.js';
import { growthOf, listed, mean, pace, percent, shareOf } from '../../words/numbers.js';

type WithMemory = Pick<LayerReport, 'layer' | 'memory' | 'lagLog10' | 'saturation'>;
type Remembering = WithMemory & Pick<LayerWith<'memory'>, 'memory'>;

/** How many layers are named one by one in a line. */
const MOST_NAMED = 4;

/** What such a gradient does; what it is, of several; what is to be seen of it in a table. */
const FATES: Record<Verdict, { readonly does: string; readonly is: string }> = {
  vanishing: { does: 'vanishes', is: 'vanishing' },
  exploding: { does: 'explodes', is: 'exploding' },
  'not-finite': { does: 'is not finite', is: 'not finite' },
  dead: { does: 'meets dead units', is: 'dead' },
  thin: { does: 'is thin but lasts', is: 'thin but lasting' },
  preserved: { does: 'is preserved', is: 'preserved' },
};
/** In this order they are told; the last ones are nothing to worry about. */
export const VERDICTS = Object.keys(FATES) as readonly Verdict[];
export const verdictInWords = (verdict: Verdict): string => FATES[verdict].is;

/**
 * Of a layer with such a verdict the lags say how far back its gradient reaches. What explodes or is no number reaches no
 * lag; of dead units the gradient may go on for ever, and nothing is remembered.
 */
export const tellsReach = ({ verdict }: Pick<Memory, 'verdict'>): boolean =>
  verdict === 'vanishing' || verdict === 'thin' || verdict === 'preserved';

// -- the line of a training -------------------------------------------------------------------

/**
 * All layers in a part of a line, from the lowest, and what stands for it where there is less room:
 * `gradient ≤1% after 7, 12, >63 of 64 steps, tail −0.30 to −0.01 decades/step`. null where no layer has been measured.
 */
export function memoryLine(
  layers: readonly WithMemory[],
  timesteps: number,
): { readonly text: string; readonly short: string } | null {
  const measured = layers.filter((layer): layer is Remembering => layer.memory !== undefined);
  const memories = measured.map(({ memory }) => memory);
  if (memories.length === 0) return null;
  const troubles = (['exploding', 'not-finite', 'dead'] as const).flatMap((verdict) => {
    const many = memories.filter((memory) => memory.verdict === verdict).length;
    if (many === 0) return [];
    const how = many === memories.length ? (many === 1 ? '' : 'all ') : `${many} of ${memories.length} `;
    return [`${how}${FATES[verdict].is}`];
  });
  const reaching = memories.filter(tellsReach);
  const reach = reaching.length === 0 ? null : lagsInWords(reaching, timesteps);
  const parts = [
    ...(reach === null ? [] : [`≤1% after ${reach} of ${counted(timesteps, 'step')}`]),
    ...tailInBrief(measured, timesteps),
    ...troubles,
  ];
  return {
    text: `gradient ${parts.join(', ')}`,
    short: reach === null ? troubles.join(', ') : `≤1% after ${reach}`,
  };
}

/** `7, 12, >63`; of many the least and the most */
function lagsInWords(memories: readonly Memory[], timesteps: number): string {
  const lags = memories.map(({ lag1pct }) => lag1pct ?? Infinity);
  const named = (lag: number): string => (lag === Infinity ? `>${timesteps - 1}` : String(lag));
  const [least, most] = [Math.min(...lags), Math.max(...lags)];
  if (least === most) return named(least);
  return lags.length <= MOST_NAMED ? lags.map(named).join(', ') : `${named(least)}–${named(most)}`;
}

/** `tail −0.12 decades/step`; of several layers from the steepest to the flattest. */
function tailInBrief(layers: readonly Remembering[], timesteps: number): string[] {
  const slopes = layers.flatMap(({ memory: { tail } }) => tail?.decadesPerStep ?? []);
  if (slopes.length === 0) return [];
  const shapes = layers.map((layer) => tailShape(layer, timesteps));
  if (shapes.every((shape) => shape === 'level')) return ['tail level'];
  const [steepest, flattest] = [pace(Math.min(...slopes)), pace(Math.max(...slopes))];
  return [`tail ${steepest === flattest ? steepest : `${steepest} to ${flattest}`} decades/step`];
}

/** What to say, in a line of a narrow terminal, when a layer first comes to a bad end; null where there is nothing to warn of. */
export function memoryWarning(report: WithMemory, timesteps: number): string | null {
  const { layer, memory } = report;
  if (!memory) return null;
  const tail = tailInBrief([{ ...report, memory }], timesteps).map((part) => `, ${part}`);
  const steps = counted(timesteps, 'step');
  switch (memory.verdict) {
    case 'vanishing':
      return `layer ${layer} vanishes: ≤1% left after ${memory.lag1pct ?? 0} of ${steps}${tail.join('')}`;
    case 'exploding':
      return `layer ${layer} explodes: ${growth(report, memory, timesteps)}`;
    case 'dead':
      return `layer ${layer} is dead: ${shareAtZero(report)} of its units are at 0`;
    case 'not-finite':
      return `layer ${layer}: its gradient is not finite`;
    default:
      return null;
  }
}

// -- sentences --------------------------------------------------------------------------------

/** Of a window of one timestep there is nothing else to say. @param who ` in layer 1` */
export const noWayBack = (who = ''): string =>
  `A window of one timestep has no way back${who}: take a longer --window.`;

/** What the lag curve of a layer shows, in a sentence; empty where it was not measured, or cannot be followed. */
export function memorySentence(report: LayerReport, layers: number, timesteps: number): string {
  const { memory, layer } = report;
  if (!memory || !isResolved(report)) return '';
  const who = layers === 1 ? '' : ` in layer ${layer}`;
  if (timesteps === 1) return noWayBack(who);
  const gradient = `the last loss's gradient${who}`;
  switch (memory.verdict) {
    case 'not-finite':
      return `On its way back ${gradient} is no longer a finite number: how far it reaches cannot be said.`;
    case 'exploding':
      return `On its way back ${gradient} explodes: ${growth(report, memory, timesteps)}.`;
    case 'dead':
      return `On average ${shareAtZero(report)} of the units${who} are at 0, where ReLU lets no gradient pass: the layer is dead, whatever its lag curve shows.`;
    default:
      return capital(`${reachOf(report, memory, gradient, timesteps)}: ${endOf(memory, timesteps)}.`);
  }
}

/** `at most half of the last loss's gradient is left after 2 steps back, at most 1% after 7; it falls …` */
function reachOf(report: LayerReport, memory: Memory, gradient: string, timesteps: number): string {
  const { halfLife, lag1pct, lag1e6 } = memory;
  // From an exact 0 there is nothing to lose.
  if (lag1pct === 0) return `${gradient} is 0 from the beginning`;
  const zero = report.lagLog10 ? relativeCurve({ lagLog10: report.lagLog10 }).indexOf(null) : -1;
  const levels = [
    { share: 'at most half', lag: halfLife },
    { share: 'at most 1%', lag: lag1pct },
    { share: 'at most a millionth', lag: lag1e6 },
    { share: 'nothing', lag: zero < 0 ? null : zero },
  ].filter(({ lag }, i, all) => lag !== null && lag !== all.at(i + 1)?.lag);
  const told = levels.map(({ share, lag }, i) =>
    i === 0
      ? `${share} of ${gradient} is left after ${counted(lag ?? 0, 'step')} back`
      : `${share} after ${lag}`,
  );
  if (lag1pct === null) {
    const left = leftAtEnd(report);
    const share = report.lagLog10 ? shareOf(left) : 'more than 1%';
    const found = hasGrown(left)
      ? `${gradient} has grown ${growthOf(left)}`
      : `${share} of ${gradient} is left`;
    told.splice(0, told.length, `after ${counted(timesteps - 1, 'step')} back ${found}`);
  }
  return [told.join(', '), ...tailPart({ ...report, memory }, timesteps)].join('; ');
}

/** `it falls 5.3 decades within 39 steps and stays level from there on` */
function tailPart(report: Remembering, timesteps: number): string[] {
  const { drop, tail } = report.memory;
  const shape = tailShape(report, timesteps);
  if (!drop || !tail || shape === null) return [];
  const rate = Math.abs(tail.decadesPerStep);
  const keeps = 10 ** tail.decadesPerStep;
  const then = {
    level: 'stays level',
    rising: `grows by ${pace(rate).replace('+', '')} decades a step`,
    uneven: tail.decadesPerStep < 0 ? 'falls on, unevenly' : 'rises, unevenly',
    uncertain: 'shows no clear fall or rise',
    // Near 100% a share says little.
    falling:
      keeps <= 0.985
        ? `keeps ${percent(keeps)} of it with each step`
        : `halves every ${counted(Math.round(Math.log10(2) / rate), 'step')}`,
  }[shape];
  if (hasDrop(report.memory))
    return [
      `it falls ${drop.decades.toFixed(1)} decades within ${counted(drop.lag, 'step')} and then ${then}`,
    ];
  if (shape === 'falling' && keeps <= 0.985)
    return [`each step keeps ${percent(keeps)} of what the step before had`];
  return shape === 'uncertain' || shape === 'uneven'
    ? []
    : [`from lag ${fittedFrom(timesteps)} on it ${then}`];
}

/** The verdict, and what it would be in a longer window. */
function endOf({ verdict, tail }: Memory, timesteps: number): string {
  if (verdict === 'vanishing') return 'it vanishes';
  if (verdict === 'thin') return 'what is left is thin, but it lasts';
  const gains = tail !== null && isSignificant(tail) ? tail.decadesPerStep * timesteps : 0;
  if (gains <= -TAIL_FALLS)
    return 'it is preserved in this window, and would vanish in a longer one at this pace';
  if (gains >= TAIL_FALLS)
    return 'it is preserved in this window, and would explode in a longer one at this pace';
  return 'it is preserved in this window';
}

/** `it grows by 60.2 decades within 200 timesteps` */
function growth(report: WithMemory, { tail }: Memory, timesteps: number): string {
  const rise = report.lagLog10 ? riseOf(relativeCurve({ lagLog10: report.lagLog10 })) : null;
  const within = `within ${counted(timesteps, 'timestep')}`;
  if (rise !== null && rise >= EXPLODES_AT) return `it grows by ${rise.toFixed(1)} decades ${within}`;
  const rate = tail === null ? 0 : tail.decadesPerStep;
  if (rise === null || rate <= 0) return `it grows a hundredfold ${within}`;
  return `from lag ${fittedFrom(timesteps)} on it grows by ${pace(rate).replace('+', '')} decades a step`;
}

/** How many of a dead layer's units are at 0, as far as it is known. */
function shareAtZero({ saturation }: WithMemory): string {
  const shares = saturation?.['relu'] ?? [];
  return shares.length > 0 ? percent(mean(shares)) : `${percent(DEAD_AT)} or more`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The layers' fates in one sentence.
 * @param all how many layers there are, those included of which nothing can be said
 */
export function headline(
  layers: readonly LayerWith<'memory'>[],
  timesteps: number,
  all: number = layers.length,
): string {
  if (timesteps === 1) return noWayBack();
  const fates = VERDICTS.flatMap((verdict) => {
    const those = layers.filter(({ memory }) => memory.verdict === verdict);
    if (those.length === 0) return [];
    const { does } = FATES[verdict];
    if (all === 1) return [does];
    const where =
      those.length === all
        ? `in ${all === 2 ? 'both' : `all ${all}`} layers`
        : `in layer${those.length > 1 ? 's' : ''} ${listed(those.map(({ layer }) => String(layer)))}`;
    return [`${does} ${where}`];
  });
  const reach = reachInHeadline(layers, timesteps);
  return `The gradient ${listed(fates)}${reach === null ? '' : `: ${reach}`}.`;
}

function reachInHeadline(layers: readonly LayerWith<'memory'>[], timesteps: number): string | null {
  const window = counted(timesteps, 'timestep');
  const reaching = layers.filter(({ memory }) => tellsReach(memory));
  if (reaching.length === 0) {
    const [first] = layers.filter(({ memory }) => memory.verdict === 'exploding');
    return layers.length === 1 && layers.includes(first) ? growth(first, first.memory, timesteps) : null;
  }
  const lags = reaching.map(({ memory }) => memory.lag1pct ?? Infinity);
  const [least, most] = [Math.min(...lags), Math.max(...lags)];
  if (least === Infinity) return `more than 1% is left after all ${window}`;
  const end = most === Infinity ? 'beyond the window' : String(most);
  if (most !== least) return `at most 1% is left after ${least} to ${end} of ${window}, by layer`;
  const [{ memory, lagLog10 }] = reaching;
  const isThin = reaching.length === 1 && memory.verdict === 'thin' && lagLog10 !== undefined;
  const last = isThin ? `, and ${shareOf(leftAtEnd({ lagLog10 }))} at the far end` : '';
  return `at most 1% is left after ${least} of ${window}${last}`;
}

/** The tails measured elsewhere in the text, all layers in a sentence; null where there are none. @param all see `headline` */
export function windowsFinding(
  layers: readonly LayerWith<'memory'>[],
  all: number = layers.length,
): string | null {
  const told = layers.flatMap(({ layer, memory: { tailOverWindows: found } }) =>
    found ? [{ layer, found }] : [],
  );
  if (told.length === 0) return null;
  const [{ found }] = told;
  const where = `${counted(found.windows, 'window')} of the text and ${counted(found.sources, 'timestep')} in each`;
  const tails = told.map(({ layer, found: { decadesPerStep, standardError } }) => {
    const tail = `${pace(decadesPerStep, standardError)} decades a step`;
    return all === 1 ? tail : `${tail} in layer ${layer}`;
  });
  return `The tail over ${where}: ${listed(tails)}.`;
}
