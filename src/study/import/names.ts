/**
 * The tensors of somebody's PyTorch model, by what they are: whatever its modules are called, the recurrent ones have
 * PyTorch's own names within them (`weight_ih_l0` … of nn.RNN, nn.LSTM, nn.GRU; `weight_ih` … of their single cells).
 * Modules that a number alone tells apart (`lstm1`, `lstm2`; `cells.0`, `cells.1`) are layers in that order.
 */
import { failure } from '../../base/errors.js';
import { shownName } from '../../base/visible.js';
import type { OpenSafetensors } from '../../store/safetensors.js';

/** The names of a layer's tensors in the file; null for both biases where there are none. */
export interface ForeignLayer {
  readonly weightIh: string;
  readonly weightHh: string;
  readonly biasIh: string | null;
  readonly biasHh: string | null;
}

export interface ForeignNames {
  readonly layers: readonly ForeignLayer[];
  /** Tensors that are of no recurrent layer. */
  readonly others: readonly string[];
}

const RECURRENT =
  /^(?<module>.*?)(?<kind>weight|bias)_(?<side>ih|hh|hr)(?:_l(?<layer>\d{1,4}))?(?<back>_reverse)?$/;

/** A part of a layer (`weight_ih` …) → its name in the file. */
type Parts = Map<string, string>;

/** @throws DissipaError where there is no recurrent layer, or one that no model here has */
export function foreignNames({ shapes }: Pick<OpenSafetensors, 'shapes'>, where: string): ForeignNames {
  const modules = new Map<string, Map<number, Parts>>();
  const others: string[] = [];
  for (const name of shapes.keys()) {
    const parts = RECURRENT.exec(name)?.groups as Record<string, string | undefined> | undefined;
    if (parts === undefined) {
      others.push(name);
      continue;
    }
    const { module = '', kind = '', side = '' } = parts;
    if (parts.back !== undefined) throw failure('import.backward', { where, name: shownName(name) });
    if (side === 'hr') throw failure('import.projection', { where, name: shownName(name) });
    const layers = modules.get(module) ?? new Map<number, Parts>();
    modules.set(module, layers);
    const layer = Number(parts.layer ?? 0);
    layers.set(layer, (layers.get(layer) ?? new Map<string, string>()).set(`${kind}_${side}`, name));
  }
  if (modules.size === 0) throw failure('import.no-layers', { where, names: shownNames([...shapes.keys()]) });
  const inOrder = [...modules].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  // Of an encoder and a decoder, or of two models, nobody knows which is meant.
  const kinds = new Set(inOrder.map(([module]) => module.replace(/\d+/g, '#')));
  if (kinds.size > 1)
    throw failure('import.two-modules', { where, modules: shownNames(inOrder.map(([module]) => module)) });
  return { layers: inOrder.flatMap(([module, layers]) => layersOf(module, layers, where)), others };
}

function layersOf(module: string, byNumber: ReadonlyMap<number, Parts>, where: string): ForeignLayer[] {
  // Those of a single cell have no number in their names.
  const isCell = [...(byNumber.get(0)?.values() ?? [])].some((name) => /_[ih]h$/.test(name));
  const nameOfPart = (part: string, l: number): string =>
    shownName(`${module}${part}${isCell ? '' : `_l${l}`}`);
  const layers = Array.from({ length: Math.max(...byNumber.keys()) + 1 }, (_, l) => {
    const names = byNumber.get(l);
    const nameOf = (part: string): string => {
      const name = names?.get(part);
      if (name === undefined) throw failure('import.missing', { where, name: nameOfPart(part, l) });
      return name;
    };
    return {
      weightIh: nameOf('weight_ih'),
      weightHh: nameOf('weight_hh'),
      biasIh: names?.get('bias_ih') ?? null,
      biasHh: names?.get('bias_hh') ?? null,
    };
  });
  // PyTorch's modules have all of them or none.
  const biases = layers.flatMap(({ biasIh, biasHh }) => [biasIh, biasHh]);
  const there = biases.find((name) => name !== null);
  const gone = biases.indexOf(null);
  if (there !== undefined && gone !== -1)
    throw failure('import.one-bias', {
      where,
      name: nameOfPart(gone % 2 === 0 ? 'bias_ih' : 'bias_hh', gone >> 1),
      other: shownName(there),
    });
  return layers;
}

const MOST_NAMED = 6;

/** Some of many names, in a line that ends; `–` for none. */
export function shownNames(names: readonly string[]): string {
  if (names.length === 0) return '–';
  const more = names.length > MOST_NAMED ? ` … (+${names.length - MOST_NAMED})` : '';
  return `${names.slice(0, MOST_NAMED).map(shownName).join(', ')}${more}`;
}
