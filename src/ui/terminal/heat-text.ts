/** A heat map of characters: the lag curve's course over the training, for a terminal. */
import { widthOf } from './width.js';
import { wrap } from './wrap.js';
import { rgb } from 'd3-color';
import type { Ansis } from 'ansis';
import { lagCourse } from '../course.js';
import type { InspectionData } from '../inspection.js';
import { power } from '../../words/numbers.js';
import type { Words } from '../../words/words.js';
import { DEEPEST, levelOf, plain, viridis } from '../palette.js';

const [LEAST_COLUMNS, MOST_COLUMNS] = [8, 64];
const ROWS = 16;
/** Of the rows' names, at least. */
const MARGIN = 9;

/** From nearly nothing to everything; the first is not a space, so that no line is shorter than another. */
const SHADES = ['·', '░', '▒', '▓', '█'];

/** Whole decades that a shade stands for, so that all but the faintest reach down to `floor`. */
const decadesOf = (floor: number): number => Math.ceil(-floor / (SHADES.length - 1));

function shadeOf(value: number, decades: number): string {
  const below = Math.max(0, Math.ceil(-value / decades) - 1);
  return SHADES[Math.max(0, SHADES.length - 1 - below)];
}

/**
 * One layer: a column for a logged step (or the mean of several), a row for a lag (or several), shaded by what is
 * left of the last loss's gradient. Empty where a run has logged nothing of it.
 */
export function heatText(
  data: InspectionData,
  layer: number,
  { charts: { text } }: Words,
  colours: Ansis = plain,
  width = Infinity,
): string {
  const rows = lagCourse(data, layer, 1, ROWS)?.rows ?? [];
  const names = rows.map(({ firstLag, lastLag }) =>
    text.lag(firstLag === lastLag ? String(firstLag) : `${firstLag}–${lastLag}`),
  );
  const margin = Math.max(MARGIN, ...names.map(widthOf));
  const room = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, width - margin - 1));
  const course = lagCourse(data, layer, room, ROWS);
  if (!course) return '';
  const { columns } = course;
  const lowest = Math.min(
    -1,
    ...columns.flatMap(({ values }) => values.map((value) => Math.floor(value ?? DEEPEST))),
  );
  const floor = Math.max(DEEPEST, lowest);
  const cell = (value: number | null): string => {
    if (colours.level < 2) return value === null ? SHADES[0] : shadeOf(value, decadesOf(floor));
    return inViridis(colours, value === null ? 0 : levelOf(value, floor, 0), '█');
  };
  const lines = names.map(
    (name, row) => `${name.padStart(margin)} ${columns.map(({ values }) => cell(values[row])).join('')}`,
  );
  const [from, to] = [columns[0].firstStep, columns[columns.length - 1].lastStep];
  const [first, last] = [text.step(from), from === to ? '' : text.step(to)];
  const gap = Math.max(1, columns.length - first.length - last.length);
  const axis = `${' '.repeat(margin + 1)}${first}${' '.repeat(gap)}${last}`.trimEnd();
  return `${lines.join('\n')}\n${axis}\n${legend(floor, text, colours, margin + 1, width)}`;
}

/** @param margin columns before it, where there is room for them */
function legend(
  floor: number,
  text: Words['charts']['text'],
  colours: Ansis,
  margin: number,
  width: number,
): string {
  const below = text.left;
  if (colours.level >= 2) {
    const [lowest, highest] = [`${below}≤${power(floor)}`, power(0)];
    const room = width - widthOf(lowest) - widthOf(highest) - 2;
    const indent = room - margin >= LEAST_COLUMNS ? margin : 0;
    const length = Math.max(LEAST_COLUMNS, Math.min(24, room - indent));
    const ramp = Array.from({ length }, (_, i) => inViridis(colours, i / (length - 1), '█')).join('');
    return `${' '.repeat(indent)}${lowest} ${ramp} ${highest}`;
  }
  const parts = [...SHADES]
    .reverse()
    .map((shade, i) =>
      i === SHADES.length - 1
        ? `${shade} ${text.less}`
        : `${shade} ${text.to} ${power(-(i + 1) * decadesOf(floor))}`,
    );
  const whole = `${below}${parts.join('  ')}`;
  return margin + widthOf(whole) <= width ? ' '.repeat(margin) + whole : wrap(whole, width);
}

function inViridis(colours: Ansis, level: number, text: string): string {
  const { r, g, b } = rgb(viridis(level));
  return colours.rgb(r, g, b)(text);
}
