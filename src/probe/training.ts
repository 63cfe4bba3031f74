/**
 * The probes of a training run, cheap ones first: one table, from which the options, their help, the trainer, the reader of
 * logs and the tables take them. `light` is made to cost at most 3% of a run's time, `full` at most 25% (scripts/bench-probes.ts).
 */
import type { Probe, Survey, UpdateProbe } from '../bptt/probing.js';
import { activation } from './activation.js';
import { audit } from './audit.js';
import type { DeclaredProbe, LayerProbe, RunSize } from './declaration.js';
import { direction } from './direction.js';
import { lag } from './lag.js';
import { listen } from './listen.js';
import { matrix } from './matrix.js';
import { recurrent } from './recurrent.js';
import { saturation } from './saturation.js';
import { spectrum } from './spectrum.js';
import { split } from './split.js';
import { theory } from './theory.js';
import { total } from './total.js';
import { units } from './units.js';
import { updates } from './updates.js';

/** A probe of this project, or one's own. */
export type TrainingProbe = DeclaredProbe | Probe<object> | Survey | UpdateProbe;

/** A probe and its schedule: it is due at every step that `every` divides; 0 is never. */
export interface ScheduledProbe {
  readonly probe: TrainingProbe;
  readonly every: number;
}

export const PRESETS = ['off', 'light', 'full'] as const;
export type Preset = (typeof PRESETS)[number];

/** Every probe of a training by name. Each declares itself: its schedule in the presets, its log, its figures. */
export const TRAINING_PROBES = {
  ...{ total, lag, recurrent, saturation, activation, split, units, updates, theory, audit, direction },
  ...{ matrix, listen, spectrum },
} as const satisfies Readonly<Record<string, DeclaredProbe>>;

export type ProbeName = keyof typeof TRAINING_PROBES;
export const PROBE_NAMES = Object.keys(TRAINING_PROBES) as readonly ProbeName[];

/** Those that report of each layer, and those that report beside the layers. */
export const LAYER_PROBES: readonly LayerProbe[] =
  Object.values<DeclaredProbe>(TRAINING_PROBES).filter(isLayerProbe);
export const WINDOW_PROBES = Object.values<DeclaredProbe>(TRAINING_PROBES).filter(
  (probe) => !isLayerProbe(probe),
);
function isLayerProbe(probe: DeclaredProbe): probe is LayerProbe {
  return probe.from !== 'text' && probe.from !== 'update';
}

/** `lag` → `lagEvery` */
export type EveryName = `${ProbeName}Every`;
export const everyName = (name: ProbeName): EveryName => `${name}Every`;

/** Numbers in a window, N·T·H, for which the presets are made. Of fewer a step costs little beside any probe. */
const FEWEST_NUMBERS = 8192;
const SPARSEST = 8;

const smallness = ({ batch, window, hidden }: RunSize): number =>
  Math.min(SPARSEST, Math.max(1, 2 ** Math.ceil(Math.log2(FEWEST_NUMBERS / (batch * window * hidden)))));

/** Steps between two logs of a probe in a preset. In `full` as many as keep it to a quarter of the time. */
export function everyOf(name: ProbeName, preset: Preset, size: RunSize): number {
  if (preset === 'off') return 0;
  const { presets, dearer }: DeclaredProbe = TRAINING_PROBES[name];
  return preset === 'full' ? presets.full * (dearer?.(size) ?? 1) * smallness(size) : presets[preset];
}

/** The table with a run's own schedules. */
export const scheduled = (every: Readonly<Record<EveryName, number>>): ScheduledProbe[] =>
  PROBE_NAMES.map((name) => ({ probe: TRAINING_PROBES[name], every: every[everyName(name)] }));
