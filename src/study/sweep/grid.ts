/**
 * The trainings of a sweep: axes, each an option and the values it takes, and the points of their grid, all of them or
 * some drawn at random.
 *
 *   cell=lstm,gru  hidden=64,128  lr=0.001:0.01:log4  seed=1..5
 *
 * A value list has commas between its parts: a value; `a..b` for all whole numbers from a to b; `a:b:n` for n numbers
 * evenly spaced from a to b; `a:b:logn` for n with equal ratios. With samples also `a:b` and `a:b:log`: anywhere between.
 */
import { misuse } from '../../base/errors.js';
import { nearest } from '../../base/nearest.js';
import { checkTyped, describeOptions, flagOf } from '../../base/options.js';
import { Rng } from '../../base/rng.js';
import { trainOptions } from '../../train/options.js';
import type { RangeFault } from './problems.js';

export type Value = string | number | boolean;

/** Anything between two numbers, uniformly, or uniformly in the logarithm. */
export interface Between {
  readonly from: number;
  readonly to: number;
  readonly isLog: boolean;
  readonly isWhole: boolean;
}

export interface GridAxis {
  /** Of a train option, as the library has it: `weightDecay`. */
  readonly name: string;
  readonly values: readonly Value[];
  /** Instead of values. */
  readonly between: Between | null;
}

/** A value for each axis, in their order. */
export type GridPoint = Readonly<Record<string, Value>>;

const OPTIONS = describeOptions(trainOptions);
/** What all trainings have in common: the text as it is read and held out, where they run, what is kept of them. */
const COMMON_GROUPS: readonly (string | undefined)[] = ['data', 'run', 'probes'];
const OWN_DATA: readonly string[] = ['window', 'batch'];

/** Options that an axis may stand for. */
export const AXIS_NAMES: readonly string[] = OPTIONS.filter(
  ({ name, group }) => OWN_DATA.includes(name) || !COMMON_GROUPS.includes(group),
).map(({ name }) => name);

const camel = (name: string): string =>
  name.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
/** Of one axis: more were a list that nobody meant. */
const MOST_VALUES = 1_000_000;

/**
 * @param text axes with spaces between them
 * @param isSampled ranges without a count are allowed
 * @throws UsageError for what is none
 */
export function parseGrid(text: string, isSampled: boolean): GridAxis[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) throw misuse('grid.empty', { where: '--grid' });
  const axes: GridAxis[] = [];
  for (const word of words) {
    const parts = /^([^=]+)=(.+)$/s.exec(word);
    if (parts === null) throw misuse('grid.form', { text: word });
    const [, given, list] = parts;
    const name = camel(given);
    checkName(name, given);
    if (axes.some((axis) => axis.name === name)) throw misuse('grid.twice', { name: given, value: null });
    axes.push(axisOf(name, list, isSampled));
  }
  return axes;
}

function checkName(name: string, given: string): void {
  if (AXIS_NAMES.includes(name)) return;
  if (OPTIONS.some((option) => option.name === name))
    throw misuse('grid.common', { name: given, flag: flagOf(name) });
  const names = AXIS_NAMES.map((one) => flagOf(one).slice(2));
  throw misuse('grid.unknown', { name: given, names, guess: nearest(given, names) ?? null });
}

function axisOf(name: string, list: string, isSampled: boolean): GridAxis {
  const type = OPTIONS.find((option) => option.name === name)?.type ?? 'string';
  const parts = list.split(',');
  const between = parts.length === 1 && type === 'number' ? betweenIn(name, list) : null;
  if (between !== null) {
    if (!isSampled) throw misuse('grid.continuous', { name, text: list });
    return { name, values: [], between };
  }
  // No number of a list begins with a 0 that says nothing: `0,01` is meant as a fraction.
  if (type === 'number' && parts.some((part, i) => i > 0 && /^0\d/.test(part)))
    throw misuse('grid.comma', { name, text: list, point: withPoints(parts) });
  for (const part of parts) checkTyped(trainOptions, name, part);
  const values = parts.flatMap((part) => valuesIn(name, part, type));
  const seen = new Set<Value>();
  for (const value of values) {
    if (seen.has(value)) throw misuse('grid.twice', { name, value: String(value) });
    seen.add(value);
  }
  return { name, values, between: null };
}

/** `0`, `001`, `0`, `01` → `0.001,0.01`: where a part is a fraction's, it goes with the one before it. */
function withPoints(parts: readonly string[]): string {
  const numbers: string[] = [];
  let isWhole = false;
  for (const part of parts) {
    const isFraction: boolean =
      isWhole && /^\d+$/.test(part) && (part.startsWith('0') || numbers.at(-1) === '0');
    if (isFraction) numbers.push(`${numbers.pop() ?? ''}.${part}`);
    else numbers.push(part);
    isWhole = !isFraction && /^\d+$/.test(part);
  }
  return numbers.join(',');
}

const isWhole = (...texts: readonly string[]): boolean => texts.every((text) => /^[-+]?\d+$/.test(text));

/** `0.001:0.01`, `0.001:0.01:log` */
function betweenIn(name: string, text: string): Between | null {
  const parts = text.split(':');
  const isLog = parts.length === 3 && parts[2] === 'log';
  if (parts.length !== 2 && !isLog) return null;
  const [from, to] = parts;
  const between = { from: Number(from), to: Number(to), isLog, isWhole: isWhole(from, to) };
  const isRange = NUMBER.test(from) && NUMBER.test(to) && between.from < between.to;
  if (!isRange || (between.isLog && between.from <= 0))
    throw misuse('grid.range', { name, text, why: faultOf(text) });
  return between;
}

function valuesIn(name: string, text: string, type: 'number' | 'string' | 'boolean'): Value[] {
  if (type === 'string') {
    if (text === '') throw misuse('grid.range', { name, text, why: faultOf(text) });
    return [text];
  }
  if (type === 'boolean') {
    if (text !== 'true' && text !== 'false') throw misuse('grid.range', { name, text, why: faultOf(text) });
    return [text === 'true'];
  }
  if (NUMBER.test(text)) return [Number(text)];
  const found = wholeNumbers(text) ?? spaced(text);
  if (found === null) throw misuse('grid.range', { name, text, why: faultOf(text) });
  return found;
}

/** What is wrong with a range that is written as one; null for what is none. */
function faultOf(text: string): RangeFault | null {
  const parts = text.includes('..') ? text.split('..') : text.split(':');
  const [first = '', last = '', step = ''] = parts;
  if (parts.length < 2 || !NUMBER.test(first) || !NUMBER.test(last)) return null;
  const [from, to] = [Number(first), Number(last)];
  if (from === to) return 'same';
  const count = text.includes('..') ? to - from + 1 : Number(step.replace(/^log/, '') || NaN);
  if (count > MOST_VALUES) return 'many';
  if (step.startsWith('log') && !(from > 0 && to > 0)) return 'log';
  if (count === 0 || count === 1) return 'single';
  // `0.01:0.001:4` is as good as the other way round.
  return from > to && (step === '' || step === 'log') ? 'down' : null;
}

/** `1..5` */
function wholeNumbers(text: string): number[] | null {
  const parts = /^([-+]?\d+)\.\.([-+]?\d+)$/.exec(text);
  if (parts === null) return null;
  const [, from, to] = parts;
  const count = Number(to) - Number(from) + 1;
  if (!(count >= 1 && count <= MOST_VALUES)) return null;
  return Array.from({ length: count }, (_, i) => Number(from) + i);
}

/** `0.001:0.01:log4`, `64:256:4`; of whole numbers the nearest ones. */
function spaced(text: string): number[] | null {
  const parts = /^([^:]+):([^:]+):(log)?(\d+)$/.exec(text);
  if (parts === null) return null;
  const [, first, last, log = '', digits] = parts;
  if (!NUMBER.test(first) || !NUMBER.test(last)) return null;
  const [from, to, count] = [Number(first), Number(last), Number(digits)];
  if (!(count >= 2 && count <= MOST_VALUES) || from === to) return null;
  if (log !== '' && !(from > 0 && to > 0)) return null;
  const at = (share: number): number =>
    log === '' ? from + share * (to - from) : from * (to / from) ** share;
  const values = Array.from({ length: count }, (_, i) => rounded(at(i / (count - 1))));
  // The ends are as they were given.
  [values[0], values[count - 1]] = [from, to];
  return isWhole(first, last) ? [...new Set(values.map(Math.round))] : values;
}

/** Six digits: 0.00464159, not 0.004641588833612779, so that a figure can be read and typed. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/** Points of the whole grid. */
export const gridSize = (axes: readonly GridAxis[]): number =>
  axes.reduce((product, { values }) => product * values.length, 1);

/** All points, the last axis fastest. */
export function* gridPoints(axes: readonly GridAxis[]): Generator<GridPoint> {
  const total = gridSize(axes);
  for (let index = 0; index < total; index++) yield pointAt(axes, index);
}

function pointAt(axes: readonly GridAxis[], index: number): GridPoint {
  let rest = index;
  const point: Record<string, Value> = {};
  for (const { name, values } of [...axes].reverse()) {
    point[name] = values[rest % values.length];
    rest = Math.floor(rest / values.length);
  }
  return Object.fromEntries(axes.map(({ name }) => [name, point[name]]));
}

/**
 * Points drawn at random, no two alike: of a grid of values by their places in it, in order; else each coordinate by itself.
 * @throws UsageError where there are not so many
 */
export function samplePoints(axes: readonly GridAxis[], samples: number, seed: number): GridPoint[] {
  const rng = Rng.fromSeed(seed);
  if (axes.every(({ between }) => between === null)) {
    const total = gridSize(axes);
    if (samples > total) throw misuse('grid.few', { jobs: total, samples });
    return chosen(total, samples, rng).map((index) => pointAt(axes, index));
  }
  const points = new Map<string, GridPoint>();
  for (let tries = 0; points.size < samples; tries++) {
    if (tries > 100 * samples) throw misuse('grid.few', { jobs: points.size, samples });
    const point = Object.fromEntries(axes.map((axis) => [axis.name, drawn(axis, rng)]));
    points.set(JSON.stringify(point), point);
  }
  return [...points.values()];
}

function drawn({ values, between }: GridAxis, rng: Rng): Value {
  if (between === null) return values[Math.floor(rng.uniform() * values.length)];
  const { from, to, isLog, isWhole: whole } = between;
  const share = rng.uniform();
  if (whole && !isLog) return from + Math.floor(share * (to - from + 1));
  const value = isLog ? from * (to / from) ** share : from + share * (to - from);
  return whole ? Math.round(value) : rounded(value);
}

/** So many of the numbers below `total`, each as likely, in order (Floyd 1987). */
function chosen(total: number, count: number, rng: Rng): number[] {
  const found = new Set<number>();
  for (let last = total - count; last < total; last++) {
    const one = Math.floor(rng.uniform() * (last + 1));
    found.add(found.has(one) ? last : one);
  }
  return [...found].sort((a, b) => a - b);
}
