/** The page's sections, in the order they are read; each is null where its figures are missing. */
import { auditedWindow } from '../../probe/audit.js';
import { FLAT_BELOW } from '../../probe/saturation.js';
import { chosenLayers } from '../../ui/binning.js';
import { auditFinding, listenFinding, matrixFinding, meansOf, timestepsOf } from './findings.js';
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
import { shareCourse } from '../../ui/charts/courses.js';
import * as figures from '../../ui/charts/figures.js';
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

export const audit: Section = (data, words) => {
  const found = extraOf(data, 'audit');
  const finding = auditFinding(data);
  if (!found || finding === null) return null;
  const { findings, page } = words.inspect;
  const title = findings.audit(finding);
  return folded(
    page.headings.audit,
    soft(`${page.audit(found.value.timesteps)} ${findings.source(found.from)}`),
    grid([figure(title, null, figures.auditCurves(found.value, auditedWindow(found.value), title, words))]),
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

export const saturation: Section = (data, words) => {
  const found = layersWith(data, 'saturation');
  if (!found) return null;
  const { findings, page } = words.inspect;
  const label = words.charts.saturated;
  return folded(
    page.headings.saturation,
    soft(`${page.saturation} ${findings.source(found.from)}`),
    grid(
      chosenLayers(found.value).map(({ layer, saturation: shares }) => {
        const title = findings.saturation(meansOf(layer, shares), FLAT_BELOW);
        return figure(
          title,
          null,
          figures.shareCurves(shares, title, label, words),
          shareCourse(data, layer, 'saturation', label, words),
        );
      }),
    ),
  );
};

export const activation: Section = (data, words) => {
  const found = layersWith(data, 'activation');
  if (!found) return null;
  const { findings, page } = words.inspect;
  const label = words.charts.activation;
  return folded(
    page.headings.activation,
    soft(`${page.activation} ${findings.source(found.from)}`),
    grid(
      chosenLayers(found.value).map(({ layer, activation: means }) => {
        const title = findings.activation(meansOf(layer, means));
        return figure(
          title,
          null,
          figures.shareCurves(means, title, label, words),
          shareCourse(data, layer, 'activation', label, words),
        );
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
