/**
 * Everything a run has logged as one long table, for pandas, DuckDB or R: a row for each number. What each quantity
 * means stands in src/probe/README.md.
 */
import type { Extras, LayerReport } from '../../bptt/report.js';
import type { WindowProbe } from '../../probe/declaration.js';
import type { Figure } from '../../probe/log.js';
import { LAYER_PROBES, WINDOW_PROBES } from '../../probe/training.js';
import type { History } from '../../store/history.js';
import type { Measured } from '../inspection.js';

export const COLUMNS = ['step', 'layer', 'state', 'quantity', 'timestep', 'lag', 'value'] as const;

/** A column that does not apply is null; a null value is an exact 0 on a logarithmic scale, or a lag not reached. */
export interface Row {
  /** null for a window measured now */
  readonly step: number | null;
  readonly layer: number | null;
  /** h or c; the gate, activation, W_hh block, tensor or unit; null for the layer as a whole */
  readonly state: string | null;
  readonly quantity: string;
  readonly timestep: number | null;
  readonly lag: number | null;
  readonly value: number | null;
}

/** What its place adds to a figure; the rest of a row is null. */
const rowOf = (step: number | null, layer: number | null, figure: Figure): Row => ({
  ...{ step, layer, state: null, quantity: figure.quantity, timestep: null, lag: null },
  ...figure,
});

function* reportRows(step: number | null, layers: readonly LayerReport[], extras: Extras): Generator<Row> {
  for (const report of layers)
    for (const probe of LAYER_PROBES)
      for (const figure of probe.figures(report)) yield rowOf(step, report.layer, figure);
  for (const probe of WINDOW_PROBES)
    for (const figure of figuresOf(probe, extras)) yield rowOf(step, null, figure);
}

/** A probe's part of what was measured beside the layers, taken apart; nothing where it was not due. */
function figuresOf<Name extends keyof Extras>(
  { name, figures }: Pick<WindowProbe<Name>, 'name' | 'figures'>,
  extras: Extras,
): Iterable<Figure> {
  const found = extras[name];
  return found === undefined ? [] : figures(found);
}

/** Everything in a run's logs, in the order of its steps within each log. */
export function* historyRows({ updates, evaluations, gradients }: History): Generator<Row> {
  for (const update of updates)
    for (const quantity of ['lossNats', 'gradientNorm', 'clipScale', 'lr', 'elapsedMs'] as const)
      yield rowOf(update.step, null, { quantity, value: update[quantity] });
  for (const { step, validationLossNats } of evaluations)
    yield rowOf(step, null, { quantity: 'validationLossNats', value: validationLossNats });
  for (const line of gradients) yield* reportRows(line.step, line.layers, line);
}

/** The window measured now; its rows have no step. */
export const measuredRows = (measured: Measured): Generator<Row> =>
  reportRows(null, measured.layers, measured);
