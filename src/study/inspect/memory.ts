/** The memory of the layers as findings: a part of a line, a warning, a sentence, a headline. */
import type { LayerReport, LayerWith } from '../../bptt/report.js';
import { type Memory, type Verdict, DEAD_AT, EXPLODES_AT, TAIL_FALLS } from '../../probe/memory.js';
import { fittedFrom, isSignificant } from '../../probe/tail.js';
import {
  hasDrop,
  hasGrown,
  leftAtEnd,
  relativeCurve,
  riseOf,
  tailShape,
  type TailShape,
} from '../../probe/curve.js';
import { isResolved } from '../../probe/flags.js';
import type * as values from '../../words/inspect.js';
import { mean } from '../../base/figures.js';

type WithMemory = Pick<LayerReport, 'layer' | 'memory' | 'lagLog10' | 'saturation'>;
type Remembering = WithMemory & Pick<LayerWith<'memory'>, 'memory'>;

/** In this order they are told; the last ones are nothing to worry about. */
export const VERDICTS: readonly Verdict[] = [
  'vanishing',
  'exploding',
  'not-finite',
  'dead',
  'thin',
  'preserved',
];

/**
 * Of a layer with such a verdict the lags say how far back its gradient reaches. What explodes or is no number reaches no
 * lag; of dead units the gradient may go on for ever, and nothing is remembered.
 */
export const tellsReach = ({ verdict }: Pick<Memory, 'verdict'>): boolean =>
  verdict === 'vanishing' || verdict === 'thin' || verdict === 'preserved';

// -- the line of a training -------------------------------------------------------------------

/** All layers, from the lowest, in a part of a line. null where no layer has been measured. */
export function memoryLine(layers: readonly WithMemory[], timesteps: number): values.MemoryLine | null {
  const measured = layers.filter((layer): layer is Remembering => layer.memory !== undefined);
  const memories = measured.map(({ memory }) => memory);
  if (memories.length === 0) return null;
  return {
    lags: memories.filter(tellsReach).map(({ lag1pct }) => lag1pct ?? Infinity),
    timesteps,
    tail: tailInBrief(measured, timesteps),
    troubles: (['exploding', 'not-finite', 'dead'] as const).flatMap((verdict) => {
      const many = memories.filter((memory) => memory.verdict === verdict).length;
      return many === 0 ? [] : [{ verdict, many, of: memories.length }];
    }),
  };
}

function tailInBrief(layers: readonly Remembering[], timesteps: number): values.TailBrief | null {
  const slopes = layers.flatMap(({ memory: { tail } }) => tail?.decadesPerStep ?? []);
  if (slopes.length === 0) return null;
  if (layers.every((layer) => tailShape(layer, timesteps) === 'level')) return 'level';
  return { steepest: Math.min(...slopes), flattest: Math.max(...slopes) };
}

/** What to say when a layer first comes to a bad end; null where there is nothing to warn of. */
export function memoryWarning(report: WithMemory, timesteps: number): values.MemoryWarning | null {
  const { layer, memory } = report;
  switch (memory?.verdict) {
    case 'vanishing':
      return {
        ...{ layer, is: 'vanishing', timesteps },
        lag: memory.lag1pct ?? 0,
        tail: tailInBrief([{ ...report, memory }], timesteps),
      };
    case 'exploding':
      return { layer, is: 'exploding', growth: growth(report, memory, timesteps) };
    case 'dead':
      return { layer, is: 'dead', ...shareAtZero(report) };
    case 'not-finite':
      return { layer, is: 'not-finite' };
    default:
      return null;
  }
}

// -- sentences --------------------------------------------------------------------------------

/** What the lag curve of a layer shows; null where it was not measured, or cannot be followed. @param layers how many there are */
export function memoryFinding(
  report: LayerReport,
  layers: number,
  timesteps: number,
): values.MemoryFinding | null {
  const { memory } = report;
  if (!memory || !isResolved(report)) return null;
  const layer = layers === 1 ? null : report.layer;
  if (timesteps === 1) return { layer, is: 'no-way-back' };
  switch (memory.verdict) {
    case 'not-finite':
      return { layer, is: 'not-finite' };
    case 'exploding':
      return { layer, is: 'exploding', growth: growth(report, memory, timesteps) };
    case 'dead':
      return { layer, is: 'dead', ...shareAtZero(report) };
    default:
      return {
        ...{ layer, is: 'reach', how: reachOf(report, memory, timesteps) },
        tail: tailPart({ ...report, memory }, timesteps),
        end: endOf(memory, timesteps),
      };
  }
}

type Reach = (values.MemoryFinding & { readonly is: 'reach' })['how'];

function reachOf(report: LayerReport, memory: Memory, timesteps: number): Reach {
  const { halfLife, lag1pct, lag1e6 } = memory;
  // From an exact 0 there is nothing to lose.
  if (lag1pct === 0) return { levels: [] };
  if (lag1pct === null) {
    const log10 = leftAtEnd(report);
    return {
      steps: timesteps - 1,
      left: report.lagLog10 ? { log10, hasGrown: hasGrown(log10) } : null,
    };
  }
  const zero = report.lagLog10 ? relativeCurve({ lagLog10: report.lagLog10 }).indexOf(null) : -1;
  const levels = [
    { share: 'half', lag: halfLife },
    { share: 'percent', lag: lag1pct },
    { share: 'millionth', lag: lag1e6 },
    { share: 'nothing', lag: zero < 0 ? null : zero },
  ] as const;
  return {
    // Of those that are passed in one step the strongest is told.
    levels: levels
      .filter(({ lag }, i, all) => lag !== null && lag !== all.at(i + 1)?.lag)
      .map(({ share, lag }) => ({ share, lag: lag ?? 0 })),
  };
}

/** Near 100% a share says little: then in how many steps it halves. */
const MOST_KEPT = 0.985;

function tailPart(report: Remembering, timesteps: number): values.TailPart | null {
  const { drop, tail } = report.memory;
  const shape = tailShape(report, timesteps);
  if (!drop || !tail || shape === null) return null;
  const then = thenOf(shape, tail.decadesPerStep);
  const fromLag = fittedFrom(timesteps);
  if (hasDrop(report.memory)) return { drop, then, fromLag };
  return shape === 'uncertain' || shape === 'uneven' ? null : { drop: null, then, fromLag };
}

function thenOf(shape: TailShape, decadesPerStep: number): values.Then {
  const share = 10 ** decadesPerStep;
  switch (shape) {
    case 'rising':
      return { is: 'rising', decadesPerStep };
    case 'uneven':
      return { is: decadesPerStep < 0 ? 'uneven-fall' : 'uneven-rise' };
    case 'falling':
      return share <= MOST_KEPT
        ? { is: 'keeps', share }
        : { is: 'halves', steps: Math.round(Math.log10(2) / Math.abs(decadesPerStep)) };
    default:
      return { is: shape };
  }
}

/** The verdict, and what it would be in a longer window. */
function endOf(
  { verdict, tail }: Memory,
  timesteps: number,
): (values.MemoryFinding & { readonly is: 'reach' })['end'] {
  if (verdict === 'vanishing') return 'vanishes';
  if (verdict === 'thin') return 'thin';
  const gains = tail !== null && isSignificant(tail) ? tail.decadesPerStep * timesteps : 0;
  if (gains <= -TAIL_FALLS) return 'would-vanish';
  return gains >= TAIL_FALLS ? 'would-explode' : 'preserved';
}

function growth(report: WithMemory, { tail }: Memory, timesteps: number): values.Growth {
  const rise = report.lagLog10 ? riseOf(relativeCurve({ lagLog10: report.lagLog10 })) : null;
  if (rise !== null && rise >= EXPLODES_AT) return { by: 'rise', decades: rise, timesteps };
  const decadesPerStep = tail === null ? 0 : tail.decadesPerStep;
  if (rise === null || decadesPerStep <= 0) return { by: 'hundredfold', timesteps };
  return { by: 'tail', fromLag: fittedFrom(timesteps), decadesPerStep };
}

/** How many of a dead layer's units are at 0, as far as it is known. */
function shareAtZero({ saturation }: WithMemory): { readonly share: number; readonly orMore: boolean } {
  const shares = saturation?.['relu'] ?? [];
  return shares.length > 0 ? { share: mean(shares), orMore: false } : { share: DEAD_AT, orMore: true };
}

/**
 * The layers' fates.
 * @param all how many layers there are, those included of which nothing can be said
 */
export function headline(
  layers: readonly LayerWith<'memory'>[],
  timesteps: number,
  all: number = layers.length,
): values.Headline | null {
  if (timesteps === 1) return null;
  const fates = VERDICTS.flatMap((verdict) => {
    const those = layers.filter(({ memory }) => memory.verdict === verdict);
    return those.length === 0 ? [] : [{ verdict, layers: those.map(({ layer }) => layer) }];
  });
  return { fates, all, reach: reachInHeadline(layers, timesteps) };
}

function reachInHeadline(
  layers: readonly LayerWith<'memory'>[],
  timesteps: number,
): values.Headline['reach'] {
  const reaching = layers.filter(({ memory }) => tellsReach(memory));
  if (reaching.length === 0) {
    const [first] = layers.filter(({ memory }) => memory.verdict === 'exploding');
    return layers.length === 1 && layers.includes(first)
      ? { is: 'growth', growth: growth(first, first.memory, timesteps) }
      : null;
  }
  const lags = reaching.map(({ memory }) => memory.lag1pct ?? Infinity);
  const [least, most] = [Math.min(...lags), Math.max(...lags)];
  if (least === Infinity) return { is: 'more', timesteps };
  const [{ memory, lagLog10 }] = reaching;
  const isThin = reaching.length === 1 && memory.verdict === 'thin' && lagLog10 !== undefined;
  return {
    ...{ is: 'lags', least, most, timesteps },
    left: isThin ? leftAtEnd({ lagLog10 }) : undefined,
  };
}

/** The tails measured elsewhere in the text; null where there are none. @param all see `headline` */
export function toldTails(
  layers: readonly LayerWith<'memory'>[],
  all: number = layers.length,
): values.TailsOverWindows | null {
  const told = layers.flatMap(({ layer, memory: { tailOverWindows: found } }) =>
    found ? [{ layer: all === 1 ? null : layer, ...found }] : [],
  );
  if (told.length === 0) return null;
  const [{ windows, sources }] = told;
  return { windows, sources, tails: told };
}

/** Where rows begin anew within the window: how many there are at lag 0, and at the last lag. */
export function withinRecords(layers: readonly LayerReport[]): values.WithinRecords | null {
  const rows = layers.find(({ lagRows }) => lagRows !== undefined && lagRows.length > 0)?.lagRows;
  return rows ? { rows: rows[0], left: rows[rows.length - 1], lag: rows.length - 1 } : null;
}
