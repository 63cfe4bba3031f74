/** The page's sections, in the order they are read; each is null where its figures are missing. */
import { counted } from '../../base/words.js';
import { auditedWindow } from '../../probe/audit.js';
import { chosenLayers } from '../binning.js';
import {
  activationFinding,
  auditFinding,
  layersWithSplit,
  listenFinding,
  matrixFinding,
  memoryFindings,
  saturationFinding,
  splitFinding,
  theoryFinding,
  timestepsOf,
  totalFinding,
} from '../findings.js';
import { extraOf, layersWith, type LayerWith } from '../inspection.js';
import { relativeCurve } from '../memory.js';
import { short, signed } from '../numbers.js';
import { DEEPEST } from '../palette.js';
import { isGated } from '../inspection.js';
import { beside, figure, grid, said, section, soft, source, tableOf, type Section } from './blocks.js';
import { shareCourse } from '../charts/courses.js';
import * as figures from '../charts/figures.js';

import { floorOf, matrixMap, shareRamp } from '../charts/heats.js';
import { markup } from '../html.js';
import { HEADINGS } from './headings.js';
import { passage } from './passage.js';

/** How far back: the lag curves, the table, each layer in a sentence. */
export const reach: Section = (data) => {
  const found = layersWith(data, 'lagLog10');
  if (!found) return null;
  const hasWayBack = timestepsOf(found.value) > 1;
  const layers = found.value.filter(
    (layer) => relativeCurve(layer).at(0) === 0 && layer.lagLog10.h.length > 1,
  );
  const sentences = memoryFindings(found.value);
  const lag = (value: number | null | undefined): string => (typeof value === 'number' ? String(value) : '–');
  const withMemory = found.value.filter(
    (layer): layer is LayerWith<'lagLog10' | 'memory'> => layer.memory !== undefined,
  );
  return section(
    "How much of the last loss's gradient is left",
    soft(
      `The gradient of the last timestep's loss alone, followed back through time: the norm √(‖∂h‖² + ‖∂c‖²) of each layer's state k timesteps back, relative to lag 0, on a logarithmic scale. ${source(found)}`,
    ),
    beside(
      layers.length === 0
        ? null
        : figure('By lag, all layers', null, figures.lagCurves(layers, sentences.join(' '))),
      withMemory.length === 0 || !hasWayBack
        ? null
        : tableOf(
            ['layer', 'half left at lag', '1% at', '10⁻⁶ at', 'decades/step', 'verdict'],
            withMemory.map(({ layer, memory: { halfLife, lag1pct, lag1e6, slope, verdict } }) => [
              String(layer),
              lag(halfLife),
              lag(lag1pct),
              lag(lag1e6),
              slope === null ? '–' : signed(slope),
              markup`<span class="${verdict}">${verdict}</span>`,
            ]),
            [0, 5],
          ),
      said(hasWayBack ? chosenLayers(sentences) : []),
    ),
  );
};

/** Total beside lag, and why the level curve misleads. */
export const totalAndLag: Section = (data) => {
  const [totals, lags] = [layersWith(data, 'total'), layersWith(data, 'lagLog10')];
  const finding = totalFinding(data);
  if (!totals || !lags || finding === null) return null;
  const both = lags.value.flatMap((layer) => {
    const total = totals.value.find((one) => one.layer === layer.layer)?.total;
    return total ? [{ ...layer, total }] : [];
  });
  const floor = floorOf(both.flatMap(relativeCurve), -12);
  return section(
    HEADINGS.total,
    soft(finding),
    soft(
      'The total ‖∂L/∂h_t‖ is what most tools plot. Every timestep has a loss of its own, and each adds a fresh gradient there: the sum stays level however little of it has come from far away. Only the gradient of one loss, followed back, shows what is lost on the way.',
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
      said(chosenLayers(found.value).map(theoryFinding)),
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
