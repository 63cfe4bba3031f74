/**
 * Everything a run has logged as one long table, for pandas, DuckDB or R: a row for each number. What each quantity
 * means stands in src/probe/README.md.
 */
import type { Extras, LayerReport, Memory, Triangle } from '../../bptt/report.js';
import type { History } from '../../store/history.js';
import type { Measured } from '../inspection.js';

export const COLUMNS = ['step', 'layer', 'state', 'quantity', 'timestep', 'lag', 'value'] as const;

/** A column that does not apply is null; a null value is an exact 0 on a logarithmic scale, or a lag not reached. */
export interface Row {
  /** null for a window measured now */
  readonly step: number | null;
  readonly layer: number | null;
  /** h or c; the gate, activation, W_hh block or tensor; null for the layer as a whole */
  readonly state: string | null;
  readonly quantity: string;
  readonly timestep: number | null;
  readonly lag: number | null;
  readonly value: number | null;
}

type Numbers = readonly (number | null)[];

/** Where a row belongs; the rest of it is filled in. */
type Place = Pick<Row, 'step' | 'layer'>;

function* listRows(
  place: Place,
  quantity: string,
  state: string | null,
  index: 'timestep' | 'lag',
  values: Numbers,
): Generator<Row> {
  for (const [i, value] of values.entries())
    yield { ...place, state, quantity, timestep: null, lag: null, [index]: i, value };
}

const oneRow = (place: Place, quantity: string, value: number | null, state: string | null = null): Row => ({
  ...place,
  state,
  quantity,
  timestep: null,
  lag: null,
  value,
});

function* memoryRows(place: Place, memory: Memory): Generator<Row> {
  const { halfLife, lag1pct, lag1e6, drop, tail, timeConstant, tailOverWindows } = memory;
  const figures = {
    ...{ halfLife, lag1pct, lag1e6, timeConstant },
    ...{ dropDecades: drop?.decades, dropLag: drop?.lag },
    ...{ tailDecadesPerStep: tail?.decadesPerStep, tailStandardError: tail?.standardError },
    ...(tailOverWindows && {
      tailOverWindowsDecadesPerStep: tailOverWindows.decadesPerStep,
      tailOverWindowsStandardError: tailOverWindows.standardError,
    }),
  };
  for (const [key, value] of Object.entries(figures)) yield oneRow(place, `memory.${key}`, value ?? null);
}

function* layerRows(step: number | null, report: LayerReport): Generator<Row> {
  const place = { step, layer: report.layer };
  const { total, totalLog10, lagLog10, recurrent, saturation, activation, memory, split, theory } = report;
  for (const state of ['h', 'c'] as const) {
    yield* listRows(place, 'total', state, 'timestep', total?.[state] ?? []);
    yield* listRows(place, 'totalLog10', state, 'timestep', totalLog10?.[state] ?? []);
    yield* listRows(place, 'lagLog10', state, 'lag', lagLog10?.[state] ?? []);
  }
  yield* listRows(place, 'recurrent', null, 'timestep', recurrent ?? []);
  for (const [name, values] of Object.entries(saturation ?? {}))
    yield* listRows(place, 'saturation', name, 'timestep', values);
  for (const [name, values] of Object.entries(activation ?? {}))
    yield* listRows(place, 'activation', name, 'timestep', values);
  if (memory) yield* memoryRows(place, memory);
  if (split) {
    for (const key of ['gates', 'weights', 'arriving'] as const)
      yield* listRows(place, `split.${key}`, null, 'lag', split[key] ?? []);
  }
  if (theory) {
    for (const { name, sigma1, spectralRadius } of theory.blocks ?? []) {
      yield oneRow(place, 'theory.sigma1', sigma1, name);
      yield oneRow(place, 'theory.spectralRadius', spectralRadius, name);
    }
    if (theory.boundLog10 !== null) yield oneRow(place, 'theory.boundLog10', theory.boundLog10);
    if (typeof theory.lyapunovDrift === 'number')
      yield oneRow(place, 'theory.lyapunovDrift', theory.lyapunovDrift);
    for (const [i, value] of theory.lyapunov.entries())
      yield oneRow(place, 'theory.lyapunov', value, String(i + 1));
  }
}

/** A triangle [s][t]: the timestep is t, the lag s − t. */
function* triangleRows(place: Place, quantity: string, triangle: Triangle): Generator<Row> {
  for (const [s, row] of triangle.entries())
    for (const [t, value] of row.entries())
      yield { ...place, state: null, quantity, timestep: t, lag: s - t, value };
}

function* extraRows(step: number | null, { updates, audit, matrix, listen }: Extras): Generator<Row> {
  const whole = { step, layer: null };
  for (const [tensor, ratio] of Object.entries(updates ?? {})) yield oneRow(whole, 'update', ratio, tensor);
  for (const [i, lag] of (audit?.cuts ?? []).entries()) {
    const cut = (layer: number | null, value: number | null | undefined): Row => ({
      ...oneRow({ step, layer }, 'audit', value ?? null),
      lag,
    });
    yield cut(null, audit?.share[i]);
    for (const [layer, shares] of (audit?.byLayer ?? []).entries()) yield cut(layer, shares.at(i));
  }
  for (const { layer, log10 } of matrix?.layers ?? []) yield* triangleRows({ step, layer }, 'matrix', log10);
  if (listen) {
    yield* triangleRows(whole, 'listen', listen.log10);
    yield* listRows(whole, 'probability', null, 'timestep', listen.probability ?? []);
  }
}

/** Everything in a run's logs, in the order of its steps within each log. */
export function* historyRows({ updates, evaluations, gradients }: History): Generator<Row> {
  for (const update of updates)
    for (const key of ['lossNats', 'gradientNorm', 'clipScale', 'lr', 'elapsedMs'] as const)
      yield oneRow({ step: update.step, layer: null }, key, update[key]);
  for (const { step, validationLossNats } of evaluations)
    yield oneRow({ step, layer: null }, 'validationLossNats', validationLossNats);
  for (const line of gradients) {
    for (const layer of line.layers) yield* layerRows(line.step, layer);
    yield* extraRows(line.step, line);
  }
}

/** The window measured now; its rows have no step. */
export function* measuredRows(measured: Measured): Generator<Row> {
  for (const layer of measured.layers) yield* layerRows(null, layer);
  yield* extraRows(null, measured);
}
