/** The page's sections, in the order they are read; each is null where its figures are missing. */
import { chosenLayers } from '../../probe/view.js';
import { listenFinding, matrixFinding, timestepsOf } from './findings.js';
import { extraOf, layersNow, layersWith, recurrentIn } from '../../ui/inspection.js';
import { theoryFinding } from './theory.js';
import { DEEPEST } from '../../ui/palette.js';
import {
  beside,
  figure,
  folded,
  grid,
  said,
  section,
  soft,
  tableOf,
  type Section,
} from '../../ui/page/blocks.js';
import { floorOf, matrixMap, shareRamp } from '../../ui/charts/heats.js';
import { passage } from '../../ui/page/passage.js';
import { theoryRows } from './theory-table.js';

export const theory: Section = (data, words) => {
  const found = layersWith(data, 'theory');
  if (!found) return null;
  const { findings, page, tables } = words.inspect;
  const timesteps = timestepsOf(layersNow(data));
  const rows = theoryRows(found.value, words);
  const sentences = said(
    chosenLayers(found.value).map((layer) => findings.theory(theoryFinding(layer, timesteps))),
  );
  return folded(
    page.headings.theory,
    soft(`${page.theory} ${findings.source(found.from)}`),
    rows.length === 0
      ? sentences
      : beside(tableOf(tables.theory(recurrentIn(data)), rows, [0, 1]), sentences),
  );
};

export const matrix: Section = (data, words) => {
  const found = extraOf(data, 'matrix');
  if (!found) return null;
  const { findings, memory, page } = words.inspect;
  const relative = found.value.layers.flatMap(({ log10 }) =>
    log10.flatMap((row, s) => row.map((value) => (value === null ? null : value - (row.at(s) ?? 0)))),
  );
  const floor = floorOf(relative, DEEPEST);
  return folded(
    page.headings.matrix,
    soft(`${page.matrix} ${findings.source(found.from)}`),
    shareRamp(floor, words),
    grid(
      chosenLayers(found.value.layers).map(({ layer, log10 }) => {
        const finding = matrixFinding(data, layer);
        const title = finding === null ? memory.Layer(layer) : findings.matrix(finding);
        return figure(title, null, matrixMap(log10, floor, title, words));
      }),
    ),
  );
};

export const listening: Section = (data, words) => {
  const found = extraOf(data, 'listen');
  if (!found || found.value.symbols.length === 0) return null;
  const { findings, page } = words.inspect;
  const finding = listenFinding(data);
  return section(
    page.headings.listening,
    soft(
      [
        page.listening,
        ...(finding === null ? [] : [findings.listen(finding)]),
        findings.source(found.from),
      ].join(' '),
    ),
    passage(found.value, words),
  );
};
