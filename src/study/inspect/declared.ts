/** What probes declare that there is to see, as sections of the page and of the terminal's report: one way for all of them. */
import type { DeclaredProbe } from '../../probe/declaration.js';
import { PROBE_NAMES, TRAINING_PROBES, type ProbeName } from '../../probe/training.js';
import { chosenLayers, type Seen, type View } from '../../probe/view.js';
import { declaredChart } from '../../ui/charts/declared.js';
import {
  cellIn,
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
  cell: cellIn(data),
  course: (layer, key) => courseOf(data, layer, key),
});

/** A section of the page; folded but for those that lead. */
export const declared =
  (name: ProbeName, build: typeof folded = folded): Section =>
  (data, words) => {
    const shown = shownOf(name, data, words, true);
    if (!shown) return null;
    const { heading, explains, finding, labels } = shown.words;
    const { about, said: sentences, pictures } = shown.value;
    return build(
      heading,
      soft(`${explains(about)} ${words.inspect.findings.source(shown.from)}`),
      said(sentences.map(finding)),
      grid(
        pictures.map(({ title, charts }) => {
          const told = finding(title);
          const drawn = charts.map((chart) => declaredChart(chart, told, labels, words));
          // The charts of a single picture stand side by side.
          const isSingle = pictures.length === 1 && drawn.length > 1;
          return figure(told, null, ...(isSingle ? [grid(drawn)] : drawn));
        }),
      ),
    );
  };

/** What is said of a probe, as a title and sentences; of one with nothing to say none. */
export function declaredFindings(
  name: ProbeName,
  data: InspectionData,
  words: Words,
): { readonly title: string; readonly sentences: readonly string[] } {
  const shown = shownOf(name, data, words);
  if (!shown) return { title: '', sentences: [] };
  const { said: all, pictures } = shown.value;
  const findings = [...all, ...pictures.map(({ title }) => title)];
  return { title: shown.words.heading, sentences: findings.map(shown.words.finding) };
}

/** Those that have no place of their own on the page and in the terminal's report. */
const ELSEWHERE: readonly ProbeName[] = ['split', 'saturation', 'activation', 'audit'];
export const FURTHER = PROBE_NAMES.filter((name) => !ELSEWHERE.includes(name));
export const declaredSections: readonly Section[] = FURTHER.map((name) => declared(name));
