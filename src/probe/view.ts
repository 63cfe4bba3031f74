/**
 * What there is to see of a probe, as data: what is said of it (values that each language makes a sentence of) and its charts
 * (points, axes, and keys for what stands on them). Drawn in ui/, worded in words/.
 */
import type { Extras, LayerReport, LayerWith } from '../bptt/report.js';
import { recurrentSymbol, type Cell } from '../model/cells/cell.js';
import type { Triangle } from './log.js';

/** A key of the probe's own words, a layer, or a name that is the same in every language. */
export type Label<Key extends string = string> = Key | { readonly layer: number } | { readonly name: string };

export interface Axis<Key extends string = string> {
  readonly label: Key;
  /** `log`: a logarithmic axis; `log10`: its numbers are logarithms, told as what they are of; `share`: of shares. Else both linear. */
  readonly scale?: 'log' | 'log10' | 'share';
  /** How its figures are written; as they come where it is not said. */
  readonly figures?: 'count' | 'percent' | 'short';
  readonly domain?: readonly [number, number];
}

export interface ChartCurve<Key extends string = string> {
  readonly label: Label<Key>;
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
  /** What the others are set beside. */
  readonly isReference?: boolean;
}

export interface Axes<Key extends string> {
  readonly x: Axis<Key>;
  readonly y: Axis<Key>;
  /** Lines at one place of an axis. */
  readonly rules?: readonly { readonly x?: number; readonly y?: number; readonly label: Label<Key> }[];
}

export type Chart<Key extends string = string> = Axes<Key> &
  (
    | {
        readonly is: 'curves';
        readonly curves: readonly ChartCurve<Key>[];
        /** Of longer curves neighbours are drawn as one, their mean. */
        readonly mostPoints?: number;
      }
    | {
        readonly is: 'bars';
        readonly bars: readonly { readonly from: number; readonly to: number; readonly height: number }[];
      }
    /** A map of shares in log10, a row from above for each place of `y`; null: exactly 0. */
    | { readonly is: 'triangle'; readonly rows: Triangle }
  );

/** A text of which each character, once chosen, shows how strongly it listens to those before it: [s][t], log10. */
export interface Passage {
  readonly symbols: readonly string[];
  readonly log10: Triangle;
  readonly probability?: readonly (number | null)[] | undefined;
}

/** Figures by row, with the sentences beside them. */
export interface Table<Key extends string = string> {
  readonly columns: readonly Key[];
  readonly rows: readonly (readonly (string | number | { readonly layer: number })[])[];
}

/** All that a probe shows. */
export interface View<Finding = unknown, Key extends string = string, About = unknown> {
  /** What its explanation tells figures of. */
  readonly about: About;
  /** Said of all of it. */
  readonly said: readonly Finding[];
  readonly table?: Table<Key>;
  readonly passage?: Passage;
  /** Each titled by what it shows, or where that is said of all of them already, by its layer. */
  readonly pictures: readonly {
    readonly title: Finding | { readonly of: number };
    readonly charts: readonly Chart<Key>[];
  }[];
}

/** What is known beside what a probe has measured. */
export interface Seen {
  /** T; 0 where no window is known */
  readonly timesteps: number;
  /** null where it is none of those there are */
  readonly cell: Cell | null;
  /** How many layers there are. */
  readonly layers: number;
  /** The layers that have a quantity: as measured now, or else as last logged. */
  readonly latest: <K extends keyof LayerReport>(key: K) => readonly LayerWith<K>[];
  /** What was logged of a layer step by step, as far as `key` was. */
  readonly course: (
    layer: number,
    key: keyof LayerReport,
  ) => readonly { readonly step: number; readonly report: LayerReport }[];
}

/** Of a probe that reports of layers: of those that have the key. */
export interface LayerView<Finding, Key extends string, About = null> {
  readonly shows: keyof LayerReport;
  /** @returns null where there is nothing to be seen */
  view(layers: readonly LayerReport[], seen: Seen): View<Finding, Key, About> | null;
}

/** Of one that reports beside the layers. */
export interface WindowView<Name extends keyof Extras, Finding, Key extends string, About = null> {
  view(found: NonNullable<Extras[Name]>, seen: Seen): View<Finding, Key, About> | null;
}

/** What W_hh is called in the cell's formulas. */
export const recurrentOf = ({ cell }: Seen): string => (cell && recurrentSymbol(cell)) ?? 'W_hh';

/** Points by index: by lag, or from 1 on by timestep. */
export const pointsOf = (values: readonly (number | null)[], first: 0 | 1 = 0): ChartCurve['points'] =>
  values.map((y, i) => ({ x: first + i, y }));

/** Points at places of their own. */
export const pointsAt = (
  places: readonly number[],
  y: (place: number, index: number) => number | null,
): ChartCurve['points'] => places.map((x, i) => ({ x, y: y(x, i) }));

/** Layers that are drawn one by one: of many, the lowest, the top, and evenly spaced ones between. */
const MOST_LAYERS = 6;

export function chosenLayers<T>(layers: readonly T[]): T[] {
  if (layers.length <= MOST_LAYERS) return [...layers];
  return Array.from(
    { length: MOST_LAYERS },
    (_, i) => layers[Math.round((i * (layers.length - 1)) / (MOST_LAYERS - 1))],
  );
}
