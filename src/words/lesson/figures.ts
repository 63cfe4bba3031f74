/** The figures of all sections, by name. */
import type { Doing } from './doing.js';
import type { DepthFigures } from './depth.js';
import type { FreezingFigures } from './freezing.js';
import type { MethodsFigures } from './methods.js';
import type { MisleadingFigures } from './misleading.js';
import type { ProductFigures } from './product.js';
import type { RecallFigures } from './recall.js';
import type { RegionsFigures } from './regions.js';
import type { RemediesFigures } from './remedies.js';
import type { SensitivityFigures } from './sensitivity.js';
import type { SquashingFigures } from './squashing.js';

/** The sections' figures, in the lesson's order. */
export interface LessonFigures {
  readonly sensitivity: SensitivityFigures;
  readonly squashing: SquashingFigures;
  readonly regions: RegionsFigures;
  readonly depth: DepthFigures;
  readonly freezing: FreezingFigures;
  readonly product: ProductFigures;
  readonly methods: MethodsFigures;
  readonly remedies: RemediesFigures;
  readonly misleading: MisleadingFigures;
  readonly recall: RecallFigures;
}

export type SectionName = keyof LessonFigures;

export const SECTIONS = [
  'sensitivity',
  'squashing',
  'regions',
  'depth',
  'freezing',
  'product',
  'methods',
  'remedies',
  'misleading',
  'recall',
] as const satisfies readonly SectionName[];

/** How far a lesson is. */
export interface LessonProgress {
  readonly section: SectionName;
  readonly doing: Doing;
  /** Share of all there is to do, from 0 to 1. */
  readonly done: number;
}
