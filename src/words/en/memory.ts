/** How far back the gradient reaches: a line, a warning, a sentence, a headline. */
import type { Flag } from '../../probe/flags.js';
import type { Verdict } from '../../probe/memory.js';
import type { Left } from '../../probe/curve.js';
import {
  capital,
  lagsInWords,
  layerNumber,
  type FlagFinding,
  type Growth,
  type Headline,
  type Level,
  type MemoryFinding,
  type MemoryLine,
  type MemoryWarning,
  type TailBrief,
  type TailPart,
  type TailsOverWindows,
  type WithinRecords,
  type Then,
} from '../inspect.js';
import { numbers } from './numbers.js';

const { between, count, counted, factor, fixed, listed, pace, percent, share } = numbers;

/** What such a gradient does; what it is, of several. */
const FATES: Readonly<Record<Verdict, { readonly does: string; readonly is: string }>> = {
  vanishing: { does: 'vanishes', is: 'vanishing' },
  exploding: { does: 'explodes', is: 'exploding' },
  'not-finite': { does: 'is not finite', is: 'not finite' },
  dead: { does: 'meets dead units', is: 'dead' },
  thin: { does: 'is thin but lasts', is: 'thin' },
  preserved: { does: 'is preserved', is: 'preserved' },
};

export const layer = (index: number): string => `layer ${count(layerNumber(index))}`;
export const layers = (indices: readonly number[]): string =>
  indices.length === 1 ? layer(indices[0]) : `layers ${listed(indices.map((l) => count(layerNumber(l))))}`;
const within = (index: number | null): string => (index === null ? '' : ` in ${layer(index)}`);
const steps = (many: number): string => counted(many, 'step');
const timesteps = (many: number): string => counted(many, 'timestep');
const rate = (decadesPerStep: number): string => pace(Math.abs(decadesPerStep)).replace('+', '');

export function growth(found: Growth): string {
  switch (found.by) {
    case 'rise':
      return `it grows by ${fixed(found.decades, 1)} decades within ${timesteps(found.timesteps)}`;
    case 'hundredfold':
      return `it grows a hundredfold within ${timesteps(found.timesteps)}`;
    case 'tail':
      return `from lag ${count(found.fromLag)} on it grows by ${rate(found.decadesPerStep)} decades a step`;
  }
}

export const grown = (log10: number): string => `has grown to ${factor(log10)} times its size`;
const leftOf = (what: string, left: Left | null): string =>
  left?.hasGrown === true && left.log10 !== null
    ? `${what} ${grown(left.log10)}`
    : `${left === null ? 'more than 1%' : share(left.log10)} of ${what} is left`;

function then(found: Then): string {
  switch (found.is) {
    case 'level':
      return 'stays level';
    case 'uncertain':
      return 'shows no clear fall or rise';
    case 'uneven-fall':
      return 'falls on, unevenly';
    case 'uneven-rise':
      return 'rises, unevenly';
    case 'rising':
      return `grows by ${rate(found.decadesPerStep)} decades a step`;
    case 'keeps':
      return `keeps ${percent(found.share)} of it with each step`;
    case 'halves':
      return `halves every ${steps(found.steps)}`;
  }
}

function tailPart({ drop, then: next, fromLag }: TailPart): string {
  if (drop)
    return `it falls ${fixed(drop.decades, 1)} decades within ${steps(drop.lag)} and then ${then(next)}`;
  if (next.is === 'keeps') return `each step keeps ${percent(next.share)} of what the step before had`;
  return `from lag ${count(fromLag)} on it ${then(next)}`;
}

const LEVELS: Readonly<Record<Level['share'], string>> = {
  half: 'at most half',
  percent: 'at most 1%',
  millionth: 'at most a millionth',
  nothing: 'nothing',
};

const ENDS = {
  vanishes: 'it vanishes',
  thin: 'what is left is thin, but it lasts',
  preserved: 'it is preserved in this window',
  'would-vanish': 'it is preserved in this window, and would vanish in a longer one at this pace',
  'would-explode': 'it is preserved in this window, and would explode in a longer one at this pace',
} as const;

function reach(found: MemoryFinding & { readonly is: 'reach' }, gradient: string): string {
  const { how, tail, end } = found;
  let told: string;
  if ('steps' in how) told = `after ${steps(how.steps)} back ${leftOf(gradient, how.left)}`;
  else if (how.levels.length === 0) told = `${gradient} is 0 from the beginning`;
  else
    told = how.levels
      .map(({ share, lag }, i) =>
        i === 0
          ? `${LEVELS[share]} of ${gradient} is left after ${steps(lag)} back`
          : `${LEVELS[share]} after ${count(lag)}`,
      )
      .join(', ');
  return capital(`${told}${tail ? `; ${tailPart(tail)}` : ''}: ${ENDS[end]}.`);
}

const atZero = ({ share, orMore }: { readonly share: number; readonly orMore: boolean }): string =>
  `${percent(share)}${orMore ? ' or more' : ''}`;

const tailBrief = (tail: TailBrief | null): string[] =>
  tail === null
    ? []
    : [
        tail === 'level'
          ? 'tail level'
          : `tail ${between(pace(tail.steepest), pace(tail.flattest))} decades/step`,
      ];

const grows = (nats: number): string =>
  `a rounding error grows by more than e^${nats} along the window (chaotic)`;
const FLAGS: Readonly<Record<Flag, (finding: FlagFinding) => string>> = {
  'float32-digits': ({ fromLag }) =>
    `float32, in which training computes, has lost digits ${fromLag === null ? 'of the lag curve' : `from lag ${count(fromLag)} on`}; \`inspect\` measures in float64`,
  'chaotic-float32': ({ nats }) =>
    `${grows(nats)}, so float32 follows another trajectory; \`inspect\` measures in float64`,
  chaotic: ({ nats }) =>
    `${grows(nats)}, so the gradient is not resolved even in float64, and no figure of it is shown`,
};

export const memory = {
  layer,
  layers,
  /** At the beginning of a sentence, and as a title. */
  Layer: (index: number): string => capital(layer(index)),
  verdicts: Object.fromEntries(Object.entries(FATES).map(([key, { is }]) => [key, is])) as Readonly<
    Record<Verdict, string>
  >,
  /** Arithmetic cannot follow it. */
  unresolved: 'unresolved',
  /** Of several who share a fate: `vanishes in tanh and relu` */
  fateIn: (verdict: Verdict, names: readonly string[]): string =>
    `${FATES[verdict].does} in ${listed(names)}`,
  fatesAre: (fates: readonly string[]): string => `The gradient ${listed(fates)}.`,

  /** In the line of a training; `short` where there is less room. */
  line: ({ lags, timesteps: window, tail, troubles }: MemoryLine): { text: string; short: string } => {
    const told = troubles.map(({ verdict, many, of }) => {
      const how = many === of ? (many === 1 ? '' : 'all ') : `${count(many)} of ${count(of)} `;
      return `${how}${FATES[verdict].is}`;
    });
    const reached = lags.length === 0 ? null : `under 1% beyond ${lagsInWords(lags, window, numbers)}`;
    const parts = [
      ...(reached === null ? [] : [`${reached} of ${steps(window)}`]),
      ...tailBrief(tail),
      ...told,
    ];
    return { text: `gradient ${parts.join(', ')}`, short: reached ?? told.join(', ') };
  },

  /** When a layer first comes to a bad end, in a line of a narrow terminal. */
  warning: (found: MemoryWarning): string => {
    const who = layer(found.layer);
    switch (found.is) {
      case 'vanishing':
        return [
          `${who}: the gradient vanishes, under 1% left beyond ${count(found.lag)} of ${steps(found.timesteps)}`,
          ...tailBrief(found.tail),
        ].join(', ');
      case 'exploding':
        return `${who}: the gradient explodes, ${growth(found.growth)}`;
      case 'dead':
        return `${who} is dead: ${atZero(found)} of its units are at 0`;
      case 'not-finite':
        return `${who}: the gradient is not finite`;
    }
  },

  sentence: (found: MemoryFinding): string => {
    const who = within(found.layer);
    const gradient = `the last loss's gradient${who}`;
    switch (found.is) {
      case 'no-way-back':
        return `A window of one timestep has no way back${who}: take a longer --window.`;
      case 'not-finite':
        return `On its way back ${gradient} is no longer a finite number: how far it reaches cannot be said.`;
      case 'exploding':
        return `On its way back ${gradient} explodes: ${growth(found.growth)}.`;
      case 'dead':
        return `On average ${atZero(found)} of the units${who} are at 0, where ReLU lets no gradient pass: the layer is dead, whatever its lag curve shows.`;
      case 'reach':
        return reach(found, gradient);
    }
  },

  headline: ({ fates, all, reach: found }: Headline): string => {
    const told = fates.map(({ verdict, layers: those }) => {
      const { does } = FATES[verdict];
      if (all === 1) return does;
      if (those.length < all) return `${does} in ${layers(those)}`;
      return `${does} in ${all === 2 ? 'both' : `all ${count(all)}`} layers`;
    });
    const reached = (): string | null => {
      if (found === null) return null;
      if (found.is === 'growth') return growth(found.growth);
      if (found.is === 'more') return `more than 1% is left after all ${timesteps(found.timesteps)}`;
      const { least, most, left } = found;
      const of = timesteps(found.timesteps);
      if (most !== least)
        return `at most 1% is left after ${count(least)} to ${most === Infinity ? 'beyond the window' : count(most)} of ${of}, by layer`;
      return `at most 1% is left after ${count(least)} of ${of}${left === undefined ? '' : `, and ${share(left)} at the far end`}`;
    };
    const end = reached();
    return `The gradient ${listed(told)}${end === null ? '' : `: ${end}`}.`;
  },

  windows: ({ windows, sources, tails }: TailsOverWindows): string => {
    const told = tails.map(
      ({ layer: l, decadesPerStep, standardError }) =>
        `${pace(decadesPerStep, standardError)} decades a step${within(l)}`,
    );
    return `The tail over ${counted(windows, 'window')} of the text and ${timesteps(sources)} in each: ${listed(told)}.`;
  },

  within: ({ rows, left, lag }: WithinRecords): string =>
    `Records, or the text, begin within the window: a step back counts only in the rows that make it within what they read, ${count(rows)} at lag 0 and ${count(left)} at lag ${count(lag)}, where the curve ends.`,

  flag: (finding: FlagFinding): string =>
    `${capital(layers(finding.layers))}: ${FLAGS[finding.flag](finding)}.`,

  nothing: 'No gradient has been logged or measured yet.',

  /** Columns between the layer and the verdict. */
  head: ['half at lag', '1% at', '10⁻⁶ at', 'drop', 'by lag', 'tail decades/step'],
  headLayer: 'layer',
  headVerdict: 'verdict',
  headConstant: 'time constant',
  /** A time constant. */
  constant: (x: number): string => counted(Number(x.toPrecision(3)), 'step'),
};
