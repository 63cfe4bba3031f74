/** The page's sections, in the order they are read; each is null where its figures are missing. */
import { counted } from '../../base/words.js';
import { auditedWindow } from '../../probe/audit.js';
import { chosenLayers } from '../../ui/binning.js';
import {
  activationFinding,
  auditFinding,
  layersWithSplit,
  listenFinding,
  matrixFinding,
  saturationFinding,
  splitFinding,
  timestepsOf,
} from './findings.js';
import { extraOf, isGated, layersNow, layersWith } from '../../ui/inspection.js';
import { theoryFinding } from './theory.js';
import { short } from '../../words/numbers.js';
import { DEEPEST } from '../../ui/palette.js';
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
import { shareCourse } from '../../ui/charts/courses.js';
import * as figures from '../../ui/charts/figures.js';
import { floorOf, matrixMap, shareRamp } from '../../ui/charts/heats.js';
import { HEADINGS } from './headings.js';
import { passage } from '../../ui/page/passage.js';

export const parts: Section = (data) => {
  const found = layersWithSplit(data);
  if (!found) return null;
  const gated = isGated(data);
  return section(
    HEADINGS.parts,
    soft(
      `Each step back multiplies by the ${gated ? 'gates' : "activation's derivative"} and by W_hh, and what the layer above sends is added. In decades (powers of ten), added up from lag 0, the three make the lag curve. ${source(found)}`,
    ),
    grid(
      chosenLayers(found.value).map((layer) =>
        figure(splitFinding(layer, gated), null, figures.splitCurves(layer, gated)),
      ),
    ),
  );
};

export const theory: Section = (data) => {
  const found = layersWith(data, 'theory');
  if (!found) return null;
  return section(
    HEADINGS.theory,
    soft(
      `σ₁, the largest singular value of W_hh, bounds what one step can keep: for a vanilla cell σ₁γ (γ = 1 for tanh and ReLU, ¼ for sigmoid). The bound is a theorem for the top layer; lower layers get gradient from above as well. ${source(found)}`,
    ),
    beside(
      tableOf(
        ['layer', 'W_hh of', 'σ₁', 'spectral radius'],
        found.value.flatMap(({ layer, theory: { blocks } }) =>
          blocks.map(({ name, sigma1, spectralRadius }) => [
            String(layer),
            name,
            short(sigma1),
            short(spectralRadius),
          ]),
        ),
        [0, 1],
      ),
      said(chosenLayers(found.value).map((layer) => theoryFinding(layer, timestepsOf(layersNow(data))))),
    ),
  );
};

export const audit: Section = (data) => {
  const found = extraOf(data, 'audit');
  const finding = auditFinding(data);
  if (!found || finding === null) return null;
  return section(
    'What truncation discards',
    soft(
      `Training cuts the gradient off at the window's edge. On a window of ${counted(found.value.timesteps, 'timestep')}: the share of ∂ℓ/∂W, over all recurrent tensors, that comes from further back than a cut. ${source(found)}`,
    ),
    grid([figure(finding, null, figures.auditCurves(found.value, auditedWindow(found.value), finding))]),
  );
};

export const matrix: Section = (data) => {
  const found = extraOf(data, 'matrix');
  if (!found) return null;
  const relative = found.value.layers.flatMap(({ log10 }) =>
    log10.flatMap((row, s) => row.map((value) => (value === null ? null : value - (row.at(s) ?? 0)))),
  );
  const floor = floorOf(relative, DEEPEST);
  return section(
    'Every loss and every state',
    soft(
      `Row s: the gradient of loss s alone, at every timestep t before it, relative to t = s. The diagonal is lag 0; a bright band along it is the reach of the memory, and where it widens the text is remembered longer. ${source(found)}`,
    ),
    shareRamp(floor),
    grid(
      chosenLayers(found.value.layers).map(({ layer, log10 }) => {
        const title = matrixFinding(data, layer) ?? `Layer ${layer}`;
        return figure(title, null, matrixMap(log10, floor, title));
      }),
    ),
  );
};

export const saturation: Section = (data) => {
  const found = layersWith(data, 'saturation');
  if (!found) return null;
  return section(
    HEADINGS.saturation,
    soft(`The share of units on the flat part of their activation, by timestep. ${source(found)}`),
    grid(
      chosenLayers(found.value).map((layer) => {
        const title = saturationFinding(layer);
        return figure(
          title,
          null,
          figures.shareCurves(layer.saturation, title, 'share of saturated units'),
          shareCourse(data, layer.layer, 'saturation', 'share of saturated units'),
        );
      }),
    ),
  );
};

export const activation: Section = (data) => {
  const found = layersWith(data, 'activation');
  if (!found) return null;
  return section(
    "The gates' mean activation",
    soft(
      `Mean over rows and units, by timestep. A forget gate (z of a GRU) near 1 carries the state on. ${source(found)}`,
    ),
    grid(
      chosenLayers(found.value).map((layer) => {
        const title = activationFinding(layer);
        return figure(
          title,
          null,
          figures.shareCurves(layer.activation, title, 'mean activation'),
          shareCourse(data, layer.layer, 'activation', 'mean activation'),
        );
      }),
    ),
  );
};

export const listening: Section = (data) => {
  const found = extraOf(data, 'listen');
  if (!found || found.value.symbols.length === 0) return null;
  return section(
    'What each character listens to',
    soft(
      `‖∂ log p(character)/∂ input‖ for every character before the chosen one: the stronger the colour, the more the prediction would change. ${listenFinding(data) ?? ''} ${source(found)}`,
    ),
    passage(found.value),
  );
};
