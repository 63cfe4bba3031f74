/**
 * Memory as files of version 1 have it (gradients.jsonl, compare.json), with one slope for the whole curve in place of drop
 * and tail. It is measured anew from the lag curve beside it; the rows' own curves are not in a file, so that the
 * tail's standard error stays unknown.
 */
import { isRecord } from '../base/json-value.js';
import type { LayerReport } from '../bptt/report.js';
import type { ByState } from '../probe/log.js';
import { memoryOf } from '../probe/memory.js';
import { mean } from '../base/figures.js';

type Numbers = readonly (number | null)[];

/** A layer of version 1 as one of version 2. Without a lag curve to measure it from there is no memory. */
function withNewMemory<L extends object>(layer: L): L {
  const { memory, ...rest } = layer as Record<string, unknown>;
  if (memory === undefined) return layer;
  const lagLog10 = curveOf(rest['lagLog10']);
  return (
    lagLog10 === null ? rest : { ...layer, memory: memoryOf(lagLog10, { atZero: atZeroOf(rest) }) }
  ) as L;
}

/** A whole line of gradients.jsonl. */
export function lineWithNewMemory<T extends object>(line: T): T {
  const { layers } = line as { layers?: unknown };
  return Array.isArray(layers) ? { ...line, layers: layersWithNewMemory(layers) } : line;
}

/** Of what should be a list of layers; what is none is left to the check. */
export const layersWithNewMemory = (layers: unknown): unknown =>
  Array.isArray(layers)
    ? layers.map((layer: unknown) => (isRecord(layer) ? withNewMemory(layer) : layer))
    : layers;

/** null where it is no lag curve: whoever reads the file says so. */
function curveOf(found: unknown): ByState<number | null> | null {
  if (!isRecord(found)) return null;
  const [h, c] = [numbersOf(found['h']), numbersOf(found['c'])];
  return h === null || h.length === 0 ? null : { h, c };
}

const numbersOf = (found: unknown): Numbers | null =>
  Array.isArray(found) && found.every((one) => one === null || typeof one === 'number')
    ? (found as Numbers)
    : null;

/** The share of a ReLU layer's units at 0, where saturation was logged beside. */
function atZeroOf({ saturation }: Partial<Pick<LayerReport, 'saturation'>>): number | null {
  const shares = isRecord(saturation) ? numbersOf(saturation['relu']) : null;
  const known = shares?.filter((share) => share !== null) ?? [];
  return known.length === 0 ? null : mean(known);
}
