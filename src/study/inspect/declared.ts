/** What probes declare that there is to see, as sections of the page and of the terminal's report: one way for all of them. */
import { findCell } from '../../model/cells/index.js';
import type { DeclaredProbe } from '../../probe/declaration.js';
import { PROBE_NAMES, TRAINING_PROBES, type ProbeName } from '../../probe/training.js';
import type { Seen, View } from '../../probe/view.js';
import { chosenLayers } from '../../ui/binning.js';
import { declaredChart } from '../../ui/charts/declared.js';
import {
  courseOf,
  extraOf,
  layersNow,
  layersWith,
  type Found,
  type InspectionData,
} from '../../ui/inspection.js';
import { figure, folded, grid, said, soft, type Section } from '../../ui/page/blocks.js';
import type { ViewWords } from '../../words/probes.js';
import type { Words } from '../../words/words.js';
import { timestepsOf } from './findings.js';

interface Shown extends Found<View> {
  readonly words: ViewWords;
}

/** What a probe shows of an inspection, and its words for it; null where there is nothing to see. */
function shownOf(name: ProbeName, data: InspectionData, words: Words, most = false): Shown | null {
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
  const value = most && Array.isArray(found.value) ? chosenLayers(found.value) : found.value;
  const view = probe.view(value, seenOf(data));
  const spoken = words.probes[name] as unknown as { readonly view: ViewWords };
  return view && { value: view, from: found.from, words: spoken.view };
}

const seenOf = (data: InspectionData): Seen => ({
  timesteps: timestepsOf(layersNow(data)),
  cell: findCell(String(data.model?.cell ?? data.history?.info.options['cell'])),
  course: (layer, key) => courseOf(data, layer, key),
});

/** A section of the page, folded. */
export const declared =
  (name: ProbeName): Section =>
  (data, words) => {
    const shown = shownOf(name, data, words, true);
    if (!shown) return null;
    const { heading, explains, finding, labels } = shown.words;
    const { about, said: sentences, pictures } = shown.value;
    return folded(
      heading,
      soft(`${explains(about)} ${words.inspect.findings.source(shown.from)}`),
      said(sentences.map(finding)),
      grid(
        pictures.map(({ title, charts }) => {
          const told = finding(title);
          return figure(told, null, ...charts.map((chart) => declaredChart(chart, told, labels, words)));
        }),
      ),
    );
  };

/** All that probes declare, as a title and sentences. */
export const declaredFindings = (
  data: InspectionData,
  words: Words,
): { readonly title: string; readonly sentences: readonly string[] }[] =>
  PROBE_NAMES.flatMap((name) => {
    const shown = shownOf(name, data, words);
    if (!shown) return [];
    const { heading, finding } = shown.words;
    const { said: all, pictures } = shown.value;
    return [{ title: heading, sentences: [...all, ...pictures.map(({ title }) => title)].map(finding) }];
  });

/** Sections for all that are not shown elsewhere on the page. */
export const declaredSections: readonly Section[] = PROBE_NAMES.map(declared);
