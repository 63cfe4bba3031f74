/**
 * The probes of a training run, cheap ones first: one table, from which the options, their help and the trainer take
 * them. `light` is made to cost at most 3% of a run's time, `full` at most 25% (scripts/bench-probes.ts).
 */
import type { Probe, Survey, UpdateProbe } from '../bptt/probing.js';
import { activation } from './activation.js';
import { audit } from './audit.js';
import { lag } from './lag.js';
import { listen } from './listen.js';
import { matrix } from './matrix.js';
import { recurrent } from './recurrent.js';
import { saturation } from './saturation.js';
import { split } from './split.js';
import { theory } from './theory.js';
import { total } from './total.js';
import { updates } from './updates.js';

export type TrainingProbe =
  Probe<object> | Survey<'audit'> | Survey<'matrix'> | Survey<'listen'> | UpdateProbe;

/** A probe and its schedule: it is due at every step that `every` divides; 0 is never. */
export interface ScheduledProbe {
  readonly probe: TrainingProbe;
  readonly every: number;
}

export const PRESETS = ['off', 'light', 'full'] as const;
export type Preset = (typeof PRESETS)[number];

interface Entry {
  readonly probe: TrainingProbe;
  /** Steps between two logs; 0 for none. */
  readonly light: number;
  readonly full: number;
}

/** Every probe of a training by name, and its steps in each preset. */
export const TRAINING_PROBES = {
  total: { probe: total, light: 10, full: 10 },
  lag: { probe: lag, light: 50, full: 50 },
  recurrent: { probe: recurrent, light: 0, full: 50 },
  saturation: { probe: saturation, light: 0, full: 50 },
  activation: { probe: activation, light: 0, full: 50 },
  split: {
    probe: split,
    light: 0,
    full: 50,
  },
  updates: { probe: updates, light: 0, full: 50 },
  theory: { probe: theory, light: 0, full: 500 },
  audit: { probe: audit, light: 0, full: 250 },
  matrix: { probe: matrix, light: 0, full: 250 },
  listen: { probe: listen, light: 0, full: 500 },
} as const satisfies Record<string, Entry>;

export type ProbeName = keyof typeof TRAINING_PROBES;
export const PROBE_NAMES = Object.keys(TRAINING_PROBES) as readonly ProbeName[];

/** `lag` → `lagEvery` */
export type EveryName = `${ProbeName}Every`;
export const everyName = (name: ProbeName): EveryName => `${name}Every`;

/** N, T and H of a run: what decides how much a probe costs beside a step. */
export interface RunSize {
  readonly batch: number;
  readonly window: number;
  readonly hidden: number;
}

/** A window's length and numbers, N·T·H, for which the table is made. Of fewer numbers a step costs little beside any probe. */
const [USUAL_WINDOW, FEWEST_NUMBERS] = [64, 8192];
const SPARSEST = 8;

/** The matrix takes a pass for every timestep, so beside a step it costs as much more as the window is longer. */
const lengthening = (name: ProbeName, { window }: RunSize): number =>
  name === 'matrix' ? Math.max(1, Math.ceil(window / USUAL_WINDOW)) : 1;
const smallness = ({ batch, window, hidden }: RunSize): number =>
  Math.min(SPARSEST, Math.max(1, 2 ** Math.ceil(Math.log2(FEWEST_NUMBERS / (batch * window * hidden)))));

/** Steps between two logs of a probe in a preset. In `full` as many as keep it to a quarter of the time. */
export function everyOf(name: ProbeName, preset: Preset, size: RunSize): number {
  if (preset === 'off') return 0;
  const every = TRAINING_PROBES[name][preset];
  return preset === 'full' ? every * lengthening(name, size) * smallness(size) : every;
}

/** The table with a run's own schedules. */
export const scheduled = (every: Readonly<Record<EveryName, number>>): ScheduledProbe[] =>
  PROBE_NAMES.map((name) => ({ probe: TRAINING_PROBES[name].probe, every: every[everyName(name)] }));
