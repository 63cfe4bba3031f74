/** The whole inspection in a terminal: sections of prose and of charts, each left out where its figures are missing. */
import type { Ansis } from 'ansis';
import type { LayerReport } from '../../bptt/report.js';
import { visibleInLine } from '../../base/visible.js';
import type { ProbeName } from '../../probe/training.js';
import { thinned } from '../../ui/binning.js';
import { clippingFinding, courseFinding, memoryFindings, timestepsOf } from './findings.js';
import { heatText } from '../../ui/terminal/heat-text.js';
import { layersNow, layersWith, loggedLayers, type InspectionData } from '../../ui/inspection.js';
import { flagFindings } from '../../ui/flags.js';
import { lagChart } from '../../ui/terminal/lag-chart.js';
import { layerNumber } from '../../words/inspect.js';
import { mean } from '../../base/figures.js';
import type { Words } from '../../words/words.js';
import { declaredFindings, FURTHER } from './declared.js';
import { headlineOf } from './headline.js';
import { toldTails, withinRecords } from './memory.js';
import { memoryRows } from './memory-table.js';
import { plain } from '../../ui/palette.js';
import { sparkline, table } from '../../ui/terminal/table.js';
import { widthOf } from '../../ui/terminal/width.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';

const [LEAST_SPARKS, MOST_SPARKS] = [8, 40];
const MOST_MAPS = 3;

interface Section {
  readonly title: string;
  /** With an empty line between two; empty ones are left out, and so is a section of nothing else. */
  readonly blocks: readonly Block[];
}

/** Drawn as it is, or sentences, to be wrapped line by line. */
type Block = string | readonly string[];

/** A finding in words, where there is one. */
const told = <Finding>(finding: Finding | null, say: (finding: Finding) => string): string[] =>
  finding === null ? [] : [say(finding)];

/**
 * An inspection as text.
 * @param width of its prose and tables
 */
export function terminalReport(
  data: InspectionData,
  words: Words,
  colours: Ansis = plain,
  width: number = textWidth(),
): string {
  const prose = (texts: readonly string[]): string => texts.map((text) => wrap(text, width)).join('\n');
  const of = (name: ProbeName, isExplained = false): Section => {
    const { title, explains, table, sentences } = declaredFindings(name, data, words, width);
    return {
      title,
      blocks: [table, [...sentences, ...(isExplained && sentences.length > 0 ? [explains] : [])]],
    };
  };
  const sections = [
    reach(data, words, colours, width),
    course(data, words, colours, width),
    of('total', true),
    of('split'),
    of('theory'),
    shares(data, words, 'saturation', width),
    shares(data, words, 'activation', width),
    of('audit'),
    of('matrix'),
    of('listen'),
    ...FURTHER.map((name) => of(name)),
    clipping(data, words),
  ];
  return [
    prose(facts(data, words, colours)),
    ...sections.flatMap(({ title, blocks }) => {
      const shown = blocks
        .map((block) => (typeof block === 'string' ? block : prose(block)))
        .filter((block) => block !== '');
      return shown.length === 0 ? [] : [[colours.bold(wrap(title, width)), ...shown].join('\n\n')];
    }),
  ]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}

function facts(
  { name, model, measured, history }: InspectionData,
  { inspect }: Words,
  colours: Ansis,
): readonly string[] {
  const last = history?.updates.at(-1);
  const lines = [
    colours.bold(visibleInLine(name)),
    model && inspect.facts.model(model.cell, model.layers, model.hidden, model.symbols),
    measured && inspect.facts.measured(measured.window, visibleInLine(measured.text), measured.loss),
    history && last && inspect.facts.logs(last.step, history.gradients.length),
  ];
  return lines.filter((line) => typeof line === 'string');
}

function reach(data: InspectionData, words: Words, colours: Ansis, width: number): Section {
  const found = layersWith(data, 'memory');
  const layers = found?.value ?? [];
  const all = layersNow(data);
  const { findings, memory, terminal } = words.inspect;
  const isLong = timestepsOf(all) !== 1;
  return {
    title: terminal.reach,
    blocks: [
      found ? [`${headlineOf(data, words)} (${findings.from(found.from)})`] : [],
      lagChart(layers, words, colours, width),
      ...(isLong
        ? [
            memoryTable(all, words, width),
            [
              ...memoryFindings(layers, all.length).map(memory.sentence),
              ...told(toldTails(layers, all.length), memory.windows),
              ...told(withinRecords(layers), memory.within),
            ],
          ]
        : []),
      flagFindings(all).map(memory.flag),
    ],
  };
}

function memoryTable(layers: readonly LayerReport[], words: Words, width: number): string {
  const rows = memoryRows(layers, words).map(({ layer, cells, verdict }) => [layer, ...cells, verdict]);
  const { memory } = words.inspect;
  const head = [memory.headLayer, ...memory.head, memory.headVerdict];
  return rows.length === 0 ? '' : table([head, ...rows], [0, head.length - 1], width);
}

function course(data: InspectionData, words: Words, colours: Ansis, width: number): Section {
  const layers = loggedLayers(data, 'lagLog10');
  // The lowest and the top one tell the story; a map of each of many would not be read.
  const drawn = layers.length > MOST_MAPS ? [layers[0], layers[layers.length - 1]] : layers;
  const { findings, memory, terminal } = words.inspect;
  return {
    title: terminal.course,
    blocks: drawn.flatMap((layer) => {
      const finding = courseFinding(data, layer);
      return [
        [finding === null ? `${memory.Layer(layer)}:` : findings.course(finding)],
        heatText(data, layer, words, colours, width),
      ];
    }),
  };
}

/** A quantity from 0 to 1 by name and timestep: a sentence of a single layer, and a row of bars each. */
function shares(
  data: InspectionData,
  words: Words,
  key: 'saturation' | 'activation',
  width: number,
): Section {
  const layers = (layersWith(data, key)?.value ?? []).map((layer) => ({
    layer: layer.layer,
    byName: layer[key],
  }));
  const { tables, terminal } = words.inspect;
  const { count, fixed, percent } = words.numbers;
  const [layerHead, nameHead] = tables.shares;
  // Beside the two columns that say what a row is.
  const named = [layerHead, [nameHead, ...layers.flatMap(({ byName }) => Object.keys(byName))]]
    .map((texts) => Math.max(...[texts].flat().map(widthOf)) + 2)
    .reduce((sum, one) => sum + one, 0);
  const sparks = Math.max(LEAST_SPARKS, Math.min(MOST_SPARKS, width - named));
  const rows = layers.flatMap(({ layer, byName }) =>
    Object.entries(byName).map(([name, byTimestep]) => [
      count(layerNumber(layer)),
      name,
      key === 'saturation' ? percent(mean(byTimestep)) : fixed(mean(byTimestep), 2),
      sparkline(thinned(byTimestep, sparks)),
    ]),
  );
  return {
    title: terminal[key],
    blocks: [
      rows.length === 0 ? '' : table([tables.shares, ...rows], [0, 1, 3], width),
      layers.length > 1 ? [] : declaredFindings(key, data, words).sentences,
    ],
  };
}

const clipping = (data: InspectionData, { inspect: { findings, terminal } }: Words): Section => ({
  title: terminal.clipping,
  blocks: [told(clippingFinding(data), findings.clipping)],
});
