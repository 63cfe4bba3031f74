/** `inspect`: the gradients of one window of a text, by layer and timestep, in float64; and, where asked for, what costs more. */
import { failure } from '../../base/errors.js';
import { checkFinite } from '../../bptt/finite.js';
import { forward } from '../../bptt/forward.js';
import { loss, type WindowLoss } from '../../bptt/loss.js';
import { backwardWithProbes, type Probe, type Site } from '../../bptt/probing.js';
import type { Extras, LayerReport } from '../../bptt/report.js';
import type { Unrolled } from '../../bptt/unrolled.js';
import { windowOf } from '../../bptt/window.js';
import { scoped } from '../../kernels/scoped.js';
import { inFloat64 } from '../../model/float64.js';
import type { ModelShape } from '../../model/shape.js';
import { longestAudited } from '../../probe/audit.js';
import { withFlags } from '../../probe/flags.js';
import { lag } from '../../probe/lag.js';
import { listenTo, type Listening } from '../../probe/listen.js';
import { saturation } from '../../probe/saturation.js';
import { tailsOverWindows } from '../../probe/tail-windows.js';
import { LAYER_PROBES, WINDOW_PROBES, type ProbeName } from '../../probe/training.js';
import { asSymbols } from '../../text/symbols.js';
import { shortestText, type WindowSize } from '../../text/windows.js';
import type { Model } from '../model/model.js';

/** What every inspection finds of a layer, in float64. */
export type InspectedLayer = LayerReport & Required<Pick<LayerReport, Always>>;
type Always =
  'total' | 'totalLog10' | 'lagLog10' | 'memory' | 'recurrent' | 'saturation' | 'split' | 'units' | 'theory';

/** What the gradient of one window is. */
export interface Inspection {
  readonly model: ModelShape;
  readonly window: WindowSize;
  /** nats */
  readonly loss: WindowLoss;
  readonly layers: readonly InspectedLayer[];
}

/** An inspection with what costs passes of its own; a part the text is too short for is missing. */
export type DeepInspection = Inspection & Omit<Extras, 'updates'>;

/** What costs passes of its own, by probe. */
export type DeepOptions = Readonly<Partial<Omit<Record<ProbeName, boolean>, 'listen'>>> & {
  /** Characters from the text's beginning on that are listened to; 0 for none. */
  readonly listen?: number;
};

const DEEP: DeepOptions = {
  ...Object.fromEntries(
    [...LAYER_PROBES.filter(({ isDeep }) => isDeep), ...WINDOW_PROBES].map(({ name }) => [name, true]),
  ),
  listen: 200,
};

/** What is spread over a text is spread over so many of its first characters. */
const SPREAD = 2 ** 20;

/** How many characters of a text an inspection looks at, at most. */
export const charactersFor = (size: WindowSize): number =>
  Math.max(SPREAD, shortestText(size), longestAudited(size));

/** A text, or the ids of one. No more of it is looked at than `charactersFor` says. */
export type InspectedText = string | Uint16Array;

/**
 * One window, the carry zero: row n is characters n·T … n·T + T of the text, its targets one character on.
 * @throws DissipaError where the text is too short, has a character that the alphabet has not, or makes the states overflow
 */
export function inspect(model: Model, text: InspectedText, size: WindowSize, where: string): Inspection {
  return inspectDeep(model, text, size, where, {});
}

/**
 * The same, and what costs passes of its own: of the same window the matrix and the spectrum; of the text the audit and the
 * direction, on rows of 4T characters from its beginning on, and what the characters of its beginning listen to.
 */
export function inspectDeep(
  model: Model,
  text: InspectedText,
  size: WindowSize,
  where: string,
  deep: DeepOptions = DEEP,
): DeepInspection {
  const symbols = encodeFor(model, text, size, where);
  return scoped(model.network.kernels, () => inspected(model, symbols, size, where, deep));
}

function inspected(
  model: Model,
  symbols: Uint16Array,
  size: WindowSize,
  where: string,
  deep: DeepOptions,
): DeepInspection {
  const { rows, timesteps } = size;
  const { unrolled, windowLoss, reports } = probed(
    model,
    symbols,
    size,
    where,
    LAYER_PROBES.filter(({ name, isDeep }) => !isDeep || deep[name as ProbeName]),
  );
  const { network } = unrolled;
  const tails = tailsOverWindows(network, symbols, size);
  const layers = reports.map((layer, l) =>
    layer.memory ? { ...layer, memory: { ...layer.memory, tailOverWindows: tails[l] } } : layer,
  );
  const site: Site = {
    ...{
      unrolled,
      training: asSymbols(symbols),
      validation: NO_TEXT,
      symbols: model.alphabet.symbols,
      step: 0,
    },
    ...(deep.listen !== undefined && { passage: deep.listen }),
  };
  const beside = WINDOW_PROBES.flatMap((probe) => {
    const found = probe.from === 'text' && deep[probe.name] ? probe.measure(site) : null;
    return found === null ? [] : [[probe.name, found] as const];
  });
  return {
    model: network.shape,
    window: { timesteps, rows },
    loss: windowLoss,
    layers: layers as readonly LayerReport[] as readonly InspectedLayer[],
    ...Object.fromEntries(beside),
  };
}

const NO_TEXT = asSymbols(new Uint16Array());

/**
 * How far back the last loss's gradient reaches, by layer, and the share of units on the flat part: the lag curve of
 * `inspect`, without what else takes time and memory.
 */
export function reach(
  model: Model,
  text: InspectedText,
  size: WindowSize,
  where: string,
): readonly LayerReport[] {
  return measure(model, text, size, [lag, saturation], where);
}

/**
 * What probes of one's own, or some of those there are, say of one window, by layer: the carry zero, row n characters
 * n·T … n·T + T of the text.
 * @throws DissipaError as `inspect`
 */
export function measure<Result extends object>(
  model: Model,
  text: InspectedText,
  size: WindowSize,
  probes: readonly Probe<Result>[],
  where = 'text',
): readonly (LayerReport & Result)[] {
  const symbols = encodeFor(model, text, size, where);
  return scoped(model.network.kernels, () => probed(model, symbols, size, where, probes).reports);
}

interface Probed<Result> {
  readonly unrolled: Unrolled;
  readonly windowLoss: WindowLoss;
  readonly reports: (LayerReport & Result)[];
}

function probed<Result extends object>(
  model: Model,
  symbols: Uint16Array,
  size: WindowSize,
  where: string,
  probes: readonly Probe<Result>[],
): Probed<Result> {
  const unrolled = windowOf(inFloat64(model.network), symbols, size);
  forward(unrolled, size.timesteps);
  const windowLoss = loss(unrolled);
  checkFinite(unrolled, where);
  const reports = withFlags(unrolled, backwardWithProbes(unrolled, null, probes) ?? []);
  return { unrolled, windowLoss, reports };
}

/**
 * What each character of a passage listens to, read from a zero carry.
 * @param places the characters s to listen from; all where none are given
 * @throws DissipaError for fewer than two characters, or one that the alphabet has not
 */
export function listen(model: Model, passage: string, where: string, places?: readonly number[]): Listening {
  const { alphabet } = model;
  const ids = alphabet.encode(alphabet.symbolsIn(passage), where);
  if (ids.length < 2) throw failure('measure.short-passage', { where, characters: ids.length });
  return listening(model, ids, places);
}

const listening = (
  { network, alphabet }: Model,
  ids: Uint16Array,
  places?: readonly number[],
): Listening => ({
  symbols: Array.from(ids, (id) => alphabet.symbols[id]),
  ...listenTo(network, ids, places),
});

/** @throws DissipaError where the text does not fill the window, or has a character that the alphabet has not */
export function encodeFor(
  { alphabet }: Model,
  text: InspectedText,
  size: WindowSize,
  where: string,
): Uint16Array {
  const symbols = typeof text === 'string' ? alphabet.encode(alphabet.symbolsIn(text), where) : text;
  const needed = shortestText(size);
  if (symbols.length < needed)
    throw failure('measure.no-window', { where, characters: symbols.length, needed, ...size });
  return symbols;
}
