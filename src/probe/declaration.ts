/**
 * What a probe of this project says of itself beside how it measures: when it is due, what it logs and what becomes of that
 * in a table. Options, help, the reader of logs and the tables are made from it. A probe of one's own needs none of this.
 */
import type * as z from 'zod';
import type { Probe, Survey, UpdateProbe } from '../bptt/probing.js';
import type { Extras, LayerReport } from '../bptt/report.js';
import type { Figure } from './log.js';

/** N, T and H of a run: what decides how much a probe costs beside a step. */
export interface RunSize {
  readonly batch: number;
  readonly window: number;
  readonly hidden: number;
}

/** Steps between two logs, by preset; 0 for none. */
export interface Presets {
  readonly light: number;
  readonly full: number;
}

export interface Declared {
  readonly presets: Presets;
  /** `inspect` takes it only where it is asked for what costs passes of its own. */
  readonly isDeep?: boolean;
  /** How many times as seldom `full` takes it in a run of such a size; once for most. */
  readonly dearer?: (size: RunSize) => number;
}

/** A probe that reports of each layer. */
export interface LayerProbe extends Probe, Declared {
  /** Its keys in the report of a layer. */
  readonly log: Readonly<Partial<Record<keyof LayerReport, z.ZodType>>>;
  figures(report: LayerReport): Iterable<Figure>;
}

export interface Beside<Name extends keyof Extras> extends Declared {
  /** Its key beside the layers is its name. */
  readonly log: z.ZodType;
  figures(found: NonNullable<Extras[Name]>): Iterable<Figure>;
}

/** A probe that reports beside the layers: of a window and its text, or of an update. */
export type WindowProbe<
  Name extends keyof Extras,
  Kind extends Survey<Name> | UpdateProbe<Name> = Survey<Name>,
> = Kind & Beside<Name>;

/** Any of those. */
export type DeclaredProbe =
  | LayerProbe
  | { [Name in keyof Extras]-?: WindowProbe<Name, Survey<Name> | UpdateProbe<Name>> }[keyof Extras];
