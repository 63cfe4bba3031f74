/**
 * Section 9: the flat curve that misleads. The total gradient ‖∂L/∂h_t‖, to which every timestep adds a loss of its own,
 * beside that of the last loss alone, over the same timesteps of the same network.
 */
import { log10 } from '../../../base/elementary.js';
import { relativeCurve } from '../../../probe/curve.js';
import { orNull } from '../curve.js';
import type { Log10 } from '../../../words/lesson/curve.js';
import { net, type Measuring } from '../doing.js';
import type { Nets } from '../nets.js';
import { claimPart, verdictOf } from '../outcome.js';
import { sound, type Stages, type ClaimVerdict } from '../../../words/lesson/outcome.js';
import {
  type MisleadingFigures,
  type MisleadingPart,
  MISLEADING_CELLS,
  type Misleading,
  totalRange,
} from '../../../words/lesson/misleading.js';

/** Decades within which a curve counts as level, and that the other one must fall by. */
export const LEVEL_WITHIN = 1;

export const FALLS_BY = 2;

export const misleadingNets = MISLEADING_CELLS.map((cell) => net(cell));

export function* measureMisleading(nets: Nets): Measuring<MisleadingFigures> {
  const found: MisleadingFigures['nets'][number][] = [];
  for (const cell of MISLEADING_CELLS) {
    const run = yield* nets.get(net(cell));
    const stages = nets.stages(run, (contents) => {
      const [layer] = nets.inspect(contents);
      return compared(layer.total.h, relativeCurve(layer));
    });
    found.push({ cell, ...stages });
  }
  return { nets: found, ...misleadingVerdict(found) };
}

/** @param total by timestep; @param byLag log10, relative to lag 0 */
export function compared(total: readonly number[], byLag: readonly Log10[]): Misleading {
  const end = total[total.length - 1];
  const shares = total.map((norm) => (norm > 0 && end > 0 ? log10(norm / end) : null));
  const numbers = shares.map((value) => value ?? -Infinity);
  return {
    total: shares,
    last: [...byLag].reverse(),
    totalLog10: { smallest: orNull(Math.min(...numbers)), largest: orNull(Math.max(...numbers)) },
    leftLog10: byLag.at(-1) ?? null,
  };
}

export const isLevel = (one: Pick<Misleading, 'totalLog10'>): boolean => totalRange(one) <= LEVEL_WITHIN;

const hasFallen = ({ leftLog10 }: Pick<Misleading, 'leftLog10'>): boolean =>
  (leftLog10 ?? -Infinity) <= -FALLS_BY;

/** Of each network, before and after, where the last loss's gradient has fallen: its total is level all the same. */
export const misleadingVerdict = (
  found: readonly ({ readonly cell: MisleadingPart } & Stages<
    Pick<Misleading, 'totalLog10' | 'leftLog10'>
  >)[],
): ClaimVerdict<MisleadingPart> =>
  verdictOf(
    found.map((one) => claimPart<MisleadingPart>(one.cell, sound(one).filter(hasFallen).map(isLevel))),
  );
