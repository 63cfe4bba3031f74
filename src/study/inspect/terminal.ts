/** The whole inspection in a terminal: sections of prose and of charts, each left out where its figures are missing. */
import type { Ansis } from 'ansis';
import type { LayerReport } from '../../bptt/report.js';
import { windowInWords } from '../../text/windows.js';
import { visibleInLine } from '../../base/visible.js';
import { counted } from '../../base/words.js';
import { thinned } from '../../ui/binning.js';
import {
  activationFinding,
  auditFinding,
  clippingFinding,
  courseFinding,
  layersWithSplit,
  listenFinding,
  matrixFinding,
  memoryFindings,
  saturationFinding,
  splitFinding,
  timestepsOf,
  totalFinding,
  updatesFinding,
} from './findings.js';
import { heatText } from '../../ui/terminal/heat-text.js';
import {
  extraOf,
  isGated,
  layersNow,
  layersWith,
  loggedLayers,
  type InspectionData,
  type LayerWith,
} from '../../ui/inspection.js';
import { flagFindings } from '../../ui/flags.js';
import { lagChart } from '../../ui/terminal/lag-chart.js';
import { headline, windowsFinding } from './memory.js';
import { MEMORY_HEAD, memoryRows } from './memory-table.js';
import { count, mean, percent, short } from '../../words/numbers.js';
import { plain } from '../../ui/palette.js';
import { theoryFinding } from './theory.js';
import { sparkline, table } from '../../ui/terminal/table.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';

const SPARKS = 40;
const MOST_MAPS = 3;

interface Section {
  readonly title: string;
  /** With an empty line between two; empty ones are left out, and so is a section of nothing else. */
  readonly blocks: readonly Block[];
}

/** Drawn as it is, or sentences, to be wrapped line by line. */
type Block = string | readonly string[];

const sentences = (texts: readonly (string | null)[]): readonly string[] =>
  texts.flatMap((text) => (text === null || text === '' ? [] : [text]));

/** @param width of its prose */
export function terminalReport(
  data: InspectionData,
  colours: Ansis = plain,
  width: number = textWidth(),
): string {
  const prose = (texts: readonly string[]): string => texts.map((text) => wrap(text, width)).join('\n');
  const sections = [
    reach(data, colours),
    course(data, colours),
    beside(data),
    split(data),
    theory(data),
    shares(data, 'saturation', 'Saturation by timestep (0 to 100%)', saturationFinding),
    shares(data, 'activation', 'Mean activation of the gates by timestep (0 to 1)', activationFinding),
    beyond(data),
    updates(data),
  ];
  return [
    prose(facts(data, colours)),
    ...sections.flatMap(({ title, blocks }) => {
      const told = blocks
        .map((block) => (typeof block === 'string' ? block : prose(block)))
        .filter((block) => block !== '');
      return told.length === 0 ? [] : [[colours.bold(wrap(title, width)), ...told].join('\n\n')];
    }),
  ]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}

function facts({ name, model, measured, history }: InspectionData, colours: Ansis): readonly string[] {
  const last = history?.updates.at(-1);
  const lines = [
    colours.bold(visibleInLine(name)),
    model && `${model.cell} ${model.layers}×${model.hidden}, ${counted(model.symbols, 'symbol')}`,
    measured &&
      `measured on ${windowInWords(measured.window)} of ${visibleInLine(measured.text)}: ` +
        `loss ${measured.loss.window.toFixed(4)} nats, of the last timestep ${measured.loss.last.toFixed(4)}`,
    history &&
      last &&
      `logs up to step ${count(last.step)}, ${counted(count(history.gradients.length), 'line')} of gradients`,
  ];
  return lines.filter((line) => typeof line === 'string');
}

function reach(data: InspectionData, colours: Ansis): Section {
  const found = layersWith(data, 'memory');
  const layers = found?.value ?? [];
  const all = layersNow(data);
  const timesteps = timestepsOf(all);
  return {
    title: "How much of the last loss's gradient is left, by timesteps travelled back",
    blocks: [
      found ? [`${headline(layers, timesteps, all.length)} (${found.from})`] : [],
      lagChart(layers, colours),
      ...(timesteps === 1
        ? []
        : [
            memoryTable(all),
            sentences([...memoryFindings(layers, all.length), windowsFinding(layers, all.length)]),
          ]),
      flagFindings(all),
    ],
  };
}

function memoryTable(layers: readonly LayerReport[]): string {
  const rows = memoryRows(layers).map(({ layer, cells, verdict }) => [layer, ...cells, verdict]);
  const head = ['layer', ...MEMORY_HEAD, 'verdict'];
  return rows.length === 0 ? '' : table([head, ...rows], [0, head.length - 1]);
}

function course(data: InspectionData, colours: Ansis): Section {
  const layers = loggedLayers(data, 'lagLog10');
  // The lowest and the top one tell the story; a map of each of many would not be read.
  const drawn = layers.length > MOST_MAPS ? [layers[0], layers[layers.length - 1]] : layers;
  return {
    title: 'The same, step by step of the training',
    blocks: drawn.flatMap((layer) => [
      [courseFinding(data, layer) ?? `Layer ${layer}:`],
      heatText(data, layer, colours),
    ]),
  };
}

const beside = (data: InspectionData): Section => {
  const finding = totalFinding(data);
  const why = finding?.hides
    ? ' Every timestep adds a loss of its own, so the total does not show what is lost.'
    : '';
  return {
    title: finding?.hides ? 'Why the total gradient does not show it' : 'The total gradient beside it',
    blocks: [finding === null ? [] : [`${finding.sentence}${why}`]],
  };
};

function split(data: InspectionData): Section {
  const layers = layersWithSplit(data)?.value ?? [];
  return {
    title: 'Where it goes, in decades (powers of ten) a step back',
    blocks: [sentences(layers.map((layer) => splitFinding(layer, isGated(data))))],
  };
}

function theory(data: InspectionData): Section {
  const layers = layersWith(data, 'theory')?.value ?? [];
  const rows = layers.flatMap(({ layer, theory: { blocks } }) =>
    blocks.map(({ name, sigma1, spectralRadius }) => [
      String(layer),
      name,
      short(sigma1),
      short(spectralRadius),
    ]),
  );
  return {
    title: 'Theory beside measurement',
    blocks: [
      rows.length === 0 ? '' : table([['layer', 'W_hh of', 'σ₁', 'spectral radius'], ...rows], [0, 1]),
      sentences(layers.map((layer) => theoryFinding(layer, timestepsOf(layersNow(data))))),
    ],
  };
}

/** A quantity from 0 to 1 by name and timestep: a sentence a layer, and a row of bars each. */
function shares<K extends 'saturation' | 'activation'>(
  data: InspectionData,
  key: K,
  title: string,
  finding: (layer: LayerWith<K>) => string,
): Section {
  const layers = layersWith(data, key)?.value ?? [];
  const rows = layers.flatMap((layer) =>
    Object.entries(layer[key] as Readonly<Record<string, readonly number[]>>).map(([name, byTimestep]) => [
      String(layer.layer),
      name,
      key === 'saturation' ? percent(mean(byTimestep)) : mean(byTimestep).toFixed(2),
      sparkline(thinned(byTimestep, SPARKS)),
    ]),
  );
  return {
    title,
    blocks: [
      rows.length === 0 ? '' : table([['layer', 'of', 'mean', 'first timestep to last'], ...rows], [0, 1, 3]),
      layers.length > 1 ? [] : sentences(layers.map(finding)),
    ],
  };
}

function beyond(data: InspectionData): Section {
  const matrix = extraOf(data, 'matrix')?.value.layers ?? [];
  return {
    title: 'Beyond the last loss and the window',
    blocks: [
      sentences([
        auditFinding(data),
        ...matrix.map(({ layer }) => matrixFinding(data, layer)),
        listenFinding(data),
      ]),
    ],
  };
}

const updates = (data: InspectionData): Section => ({
  title: 'Clipping and updates',
  blocks: [sentences([clippingFinding(data), updatesFinding(data)])],
});
