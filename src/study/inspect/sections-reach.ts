/** The page's first section: how far back the gradient reaches. */
import type { LayerReport } from '../../bptt/report.js';
import { chosenLayers } from '../../probe/view.js';
import * as figures from '../../ui/charts/figures.js';
import { hasCurve, relativeCurve } from '../../probe/curve.js';
import { memoryFindings, timestepsOf } from './findings.js';
import { flagFindings } from '../../ui/flags.js';
import { markup, type Html } from '../../ui/html.js';
import { layersNow, layersWith } from '../../ui/inspection.js';
import type { Words } from '../../words/words.js';
import { toldTails, withinRecords } from './memory.js';
import { memoryRows, toldTimeConstant } from './memory-table.js';
import { beside, figure, said, section, soft, tableOf, type Section } from '../../ui/page/blocks.js';

/** How far back: the lag curves, the table, each layer in a sentence. */
export const reach: Section = (data, words) => {
  const { findings, memory, page } = words.inspect;
  const all = layersNow(data);
  const found = layersWith(data, 'lagLog10');
  const flags = flagFindings(all).map(memory.flag);
  if (!found) return flags.length === 0 ? null : section(page.headings.reach, said(flags));
  const timesteps = timestepsOf(all);
  const curves = found.value
    .filter(hasCurve)
    .filter((layer) => relativeCurve(layer).at(0) === 0 && timesteps > 1);
  const remembered = layersWith(data, 'memory')?.value ?? [];
  const sentences = memoryFindings(remembered, all.length).map(memory.sentence);
  const windows = toldTails(remembered, all.length);
  const within = withinRecords(remembered);
  return section(
    page.headings.reach,
    soft(`${page.reach} ${findings.source(found.from)}`),
    beside(
      curves.length === 0
        ? null
        : figure(page.byLag, null, figures.lagCurves(curves, sentences.join(' '), words)),
      said([
        ...(timesteps > 1 ? chosenLayers(sentences) : []),
        ...(windows === null ? [] : [memory.windows(windows)]),
        ...(within === null ? [] : [memory.within(within)]),
      ]),
      said(flags),
    ),
    timesteps > 1 ? memoryTable(all, timesteps, words) : null,
  );
};

function memoryTable(layers: readonly LayerReport[], timesteps: number, words: Words): Html | null {
  const rows = memoryRows(layers, words);
  if (rows.length === 0) return null;
  const { memory } = words.inspect;
  const constants = layers.flatMap((layer) =>
    layer.memory ? [toldTimeConstant({ ...layer, memory: layer.memory }, timesteps)] : [],
  );
  // The verdict beside the layer: on a narrow screen the last columns are out of sight.
  return tableOf(
    [memory.headLayer, memory.headVerdict, ...memory.head, memory.headConstant],
    rows.map(({ layer, cells, verdict, kind }, i) => {
      const constant = constants[i];
      return [
        layer,
        markup`<span class="${kind}">${verdict}</span>`,
        ...cells,
        constant === null ? '–' : memory.constant(constant),
      ];
    }),
    [0, 1],
  );
}
