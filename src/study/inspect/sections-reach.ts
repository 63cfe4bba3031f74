/** The page's first sections: how far back the gradient reaches, and the total gradient beside it. */
import { counted } from '../../base/words.js';
import type { LayerReport } from '../../bptt/report.js';
import { chosenLayers } from '../../ui/binning.js';
import * as figures from '../../ui/charts/figures.js';
import { floorOf } from '../../ui/charts/heats.js';
import { hasCurve, relativeCurve } from '../../ui/curve.js';
import { memoryFindings, timestepsOf, totalFinding } from './findings.js';
import { flagFindings } from '../../ui/flags.js';
import { markup, type Html } from '../../ui/html.js';
import { layersNow, layersWith } from '../../ui/inspection.js';
import { windowsFinding } from './memory.js';
import { MEMORY_HEAD, memoryRows, timeConstantOf } from './memory-table.js';
import {
  beside,
  figure,
  grid,
  said,
  section,
  soft,
  source,
  tableOf,
  type Section,
} from '../../ui/page/blocks.js';
import { HEADINGS } from './headings.js';

const TITLE = "How much of the last loss's gradient is left";

/** How far back: the lag curves, the table, each layer in a sentence. */
export const reach: Section = (data) => {
  const all = layersNow(data);
  const found = layersWith(data, 'lagLog10');
  const flags = flagFindings(all);
  if (!found) return flags.length === 0 ? null : section(TITLE, said(flags));
  const timesteps = timestepsOf(all);
  const curves = found.value
    .filter(hasCurve)
    .filter((layer) => relativeCurve(layer).at(0) === 0 && timesteps > 1);
  const remembered = layersWith(data, 'memory')?.value ?? [];
  const sentences = memoryFindings(remembered, all.length);
  const windows = windowsFinding(remembered, all.length);
  return section(
    TITLE,
    soft(
      `The gradient of the last timestep's loss alone, followed back through time: the norm √(‖∂h‖² + ‖∂c‖²) of each layer's state k timesteps back, relative to lag 0, on a logarithmic scale. ${source(found)}`,
    ),
    beside(
      curves.length === 0
        ? null
        : figure('By lag, all layers', null, figures.lagCurves(curves, sentences.join(' '))),
      said([...(timesteps > 1 ? chosenLayers(sentences) : []), ...(windows === null ? [] : [windows])]),
      said(flags),
    ),
    timesteps > 1 ? memoryTable(all, timesteps) : null,
  );
};

function memoryTable(layers: readonly LayerReport[], timesteps: number): Html | null {
  const rows = memoryRows(layers);
  if (rows.length === 0) return null;
  const constants = layers.flatMap((layer) =>
    layer.memory ? [timeConstantOf({ ...layer, memory: layer.memory }, timesteps)] : [],
  );
  // The verdict beside the layer: on a narrow screen the last columns are out of sight.
  return tableOf(
    ['layer', 'verdict', ...MEMORY_HEAD, 'a factor e in'],
    rows.map(({ layer, cells, verdict }, i) => [
      layer,
      markup`<span class="${verdict}">${verdict}</span>`,
      ...cells,
      constants[i] === '–' ? '–' : counted(constants[i], 'step'),
    ]),
    [0, 1],
  );
}

/** Total beside lag, and why the level curve misleads. */
export const totalAndLag: Section = (data) => {
  const [totals, lags] = [layersWith(data, 'total'), layersWith(data, 'lagLog10')];
  const finding = totalFinding(data);
  if (!totals || !lags || finding === null) return null;
  const both = lags.value.flatMap((layer) => {
    const found = totals.value.find((one) => one.layer === layer.layer);
    return found ? [{ ...layer, total: found.total, totalLog10: found.totalLog10 }] : [];
  });
  const floor = floorOf(both.flatMap(relativeCurve), -12);
  return section(
    finding.hides ? HEADINGS.total : HEADINGS.totalBeside,
    soft(finding.sentence),
    soft(
      `The total ‖∂L/∂h_t‖ is what most tools plot. Every timestep has a loss of its own, and each adds a fresh gradient there${finding.hides ? ': the sum stays level however little of it has come from far away' : ''}. Only the gradient of one loss, followed back, shows what is lost on the way.`,
    ),
    grid(
      chosenLayers(both).map((layer) => {
        const title = `Layer ${layer.layer}`;
        return figure(
          title,
          null,
          figures.totalBesideLag(layer, floor, `${title}: total and last loss's gradient by timestep`),
        );
      }),
    ),
  );
};
