/** What probes declare that there is to see, as sections of the page and of the terminal's report: one way for all of them. */
import type { DeclaredProbe } from '../../probe/declaration.js';
import { PROBE_NAMES, TRAINING_PROBES, type ProbeName } from '../../probe/training.js';
import { chosenLayers, type Chart, type Seen, type View } from '../../probe/view.js';
import { declaredChart } from '../../ui/charts/declared.js';
import { floorOf, shareRamp } from '../../ui/charts/heats.js';
import {
  cellIn,
  courseOf,
  extraOf,
  layersNow,
  layersWith,
  type Found,
  type InspectionData,
} from '../../ui/inspection.js';
import type { Html } from '../../ui/html.js';
import { beside, figure, folded, grid, said, soft, tableOf, type Section } from '../../ui/page/blocks.js';
import { passage } from '../../ui/page/passage.js';
import { DEEPEST } from '../../ui/palette.js';
import { table } from '../../ui/terminal/table.js';
import { layerNumber } from '../../words/inspect.js';
import type { Labels, ViewWords } from '../../words/probes.js';
import type { Words } from '../../words/words.js';
import { timestepsOf } from './findings.js';

interface Shown extends Found<View> {
  readonly words: ViewWords;
  readonly heading: string;
  readonly labels: Labels<string>;
}

/** What a probe shows of an inspection, and its words for it; null where there is nothing to see. */
function shownOf(name: ProbeName, data: InspectionData, words: Words): Shown | null {
  // By its own type each probe takes what it logs and has words for what it shows; here any of them may come.
  const probe = TRAINING_PROBES[name] as DeclaredProbe & {
    readonly shows?: 'units';
    readonly view?: (found: unknown, seen: Seen) => View | null;
  };
  if (!probe.view) return null;
  const found: Found<unknown> | null = probe.shows
    ? layersWith(data, probe.shows)
    : extraOf(data, name as 'direction');
  if (!found) return null;
  const view = probe.view(found.value, seenOf(data));
  if (!view) return null;
  const { view: spoken } = words.probes[name] as unknown as { readonly view: ViewWords };
  const heading = spoken.headingOf?.(view.about) ?? spoken.heading;
  const labels = typeof spoken.labels === 'function' ? spoken.labels(view.about) : spoken.labels;
  return { value: view, from: found.from, words: spoken, heading, labels };
}

/** A table in words: its head, its rows, and which columns stand to the left. */
function tableIn({ value: { table: shown }, labels }: Shown, { numbers }: Words) {
  if (!shown || shown.rows.length === 0) return null;
  const rows = shown.rows.map((row) =>
    row.map((cell) =>
      typeof cell === 'object'
        ? numbers.count(layerNumber(cell.layer))
        : typeof cell === 'number'
          ? numbers.short(cell)
          : cell,
    ),
  );
  const left = shown.rows[0].flatMap((cell, i) => (typeof cell === 'number' ? [] : [i]));
  return { head: shown.columns.map((label) => labels[label]), rows, left };
}

const seenOf = (data: InspectionData): Seen => ({
  timesteps: timestepsOf(layersNow(data)),
  layers: layersNow(data).length,
  cell: cellIn(data),
  latest: (key) => layersWith(data, key)?.value ?? [],
  course: (layer, key) => courseOf(data, layer, key),
});

/** A section of the page; folded but for those that lead. */
export const declared =
  (name: ProbeName, build: typeof folded = folded): Section =>
  (data, words) => {
    const shown = shownOf(name, data, words);
    if (!shown) return null;
    const { explains, finding } = shown.words;
    const { about, said: all, pictures } = shown.value;
    const inTable = tableIn(shown, words);
    const sentences = said(chosenLayers(all).map(finding));
    const drawn = chosenLayers(pictures);
    const depths = drawn.flatMap(({ charts }) => charts.flatMap(depthsOf));
    const floor = depths.length === 0 ? null : floorOf(depths, DEEPEST);
    const explanation = soft(`${explains(about)} ${words.inspect.findings.source(shown.from)}`);
    const figures = drawn.map((picture) => pictureOf(picture, shown, floor, words));
    // A chart alone would leave half of a wide page empty: what is to be said stands there.
    if (drawn.length === 1 && drawn[0].charts.length === 1 && !inTable && !shown.value.passage)
      return build(
        shown.heading,
        floor === null ? null : shareRamp(floor, words),
        beside(grid(figures), explanation, sentences),
      );
    return build(
      shown.heading,
      explanation,
      inTable ? beside(tableOf(inTable.head, inTable.rows, inTable.left), sentences) : sentences,
      shown.value.passage ? passage(shown.value.passage, words) : null,
      floor === null ? null : shareRamp(floor, words),
      figures.length === 0 ? null : grid(figures),
    );
  };

/** What the maps of a section have to tell apart. */
const depthsOf = (chart: Chart): (number | null)[] => (chart.is === 'triangle' ? chart.rows.flat() : []);

/** Titled by its layer: what it shows is said elsewhere. */
const isOfLayer = (title: unknown): title is { readonly of: number } =>
  typeof title === 'object' && title !== null && 'of' in title;

function pictureOf(
  { title, charts }: View['pictures'][number],
  { value: { pictures }, words: { finding }, heading, labels }: Shown,
  floor: number | null,
  words: Words,
): Html {
  const told = isOfLayer(title) ? words.inspect.memory.Layer(title.of) : finding(title);
  const drawn = charts.map((chart) => {
    const alt = isOfLayer(title) ? `${told}: ${heading}` : told;
    return declaredChart(chart, alt, labels, words, floor ?? DEEPEST);
  });
  // The charts of a single picture stand side by side.
  const isSingle = pictures.length === 1 && drawn.length > 1;
  return figure(told, null, ...(isSingle ? [grid(drawn)] : drawn));
}

/** What is said of a probe, as a title, a table and sentences; of one with nothing to say none. */
export function declaredFindings(
  name: ProbeName,
  data: InspectionData,
  words: Words,
  width?: number,
): {
  readonly title: string;
  readonly explains: string;
  readonly table: string;
  readonly sentences: readonly string[];
} {
  const shown = shownOf(name, data, words);
  if (!shown) return { title: '', explains: '', table: '', sentences: [] };
  const { said: all, pictures, about } = shown.value;
  const findings = [...all, ...pictures.map(({ title }) => title).filter((title) => !isOfLayer(title))];
  const inTable = tableIn(shown, words);
  return {
    title: shown.heading,
    explains: shown.words.explains(about),
    table: inTable ? table([inTable.head, ...inTable.rows], inTable.left, width) : '',
    sentences: findings.map(shown.words.finding),
  };
}

/** Those that have no place of their own on the page and in the terminal's report. */
const ELSEWHERE: readonly ProbeName[] = [
  ...(['total', 'split', 'listen', 'theory', 'matrix', 'audit', 'saturation', 'activation'] as const),
];
export const FURTHER = PROBE_NAMES.filter((name) => !ELSEWHERE.includes(name));
export const declaredSections: readonly Section[] = FURTHER.map((name) => declared(name));
