/** What may be said of the two curves, each sentence with its condition. */
import { mostOf } from '../../../base/figures.js';
import { relativeCurve } from '../../../probe/curve.js';
import type { PlaygroundWords } from '../../../words/en/playground.js';
import { SIDES } from '../settings.js';
import type { Bench } from './bench.js';
import { curvesOf, nameOf } from './charts.js';
import { lab } from './context.js';

const ONE_PERCENT = -2;

/** Of a net's curve. */
export function sentencesOf(w: PlaygroundWords, bench: Bench, step: number | null): string[] {
  const name = nameOf(w, bench);
  const top = bench.at(step)?.layers.at(-1);
  if (!top?.lagLog10) return [];
  if (top.memory?.verdict === 'not-finite') return [w.verdict.notFinite(name)];
  const curve = relativeCurve({ lagLog10: top.lagLog10 });
  const lost = curve.findIndex((value) => value === null || value <= ONE_PERCENT);
  const last = curve.length - 1;
  const end = curve[last];
  const said: string[] = [];
  const most = mostOf(curve.map((value) => value ?? -Infinity));
  if (most > Math.log10(2)) {
    const at = curve.indexOf(most);
    said.push(w.verdict.grown(name, most, at));
  } else if (lost > 0) said.push(w.verdict.gone(name, lost));
  else if (end !== null) said.push(w.verdict.kept(name, end, last));
  if (lost > 0) said.push(w.verdict.end(end ?? -Infinity, last));
  return said;
}

/** How far the two are from each other at the longest lag that both have. */
export function apartOf(w: PlaygroundWords, step: number | null): string | null {
  const [a, b] = SIDES.map((side) => curvesOf(lab.benches[side].at(step)).at(-1) ?? []);
  const lag = Math.min(a.length, b.length) - 1;
  const [x, y] = [a.at(lag) ?? null, b.at(lag) ?? null];
  if (lag < 1 || x === null || y === null || Math.abs(x - y) < 0.5) return null;
  return w.verdict.apart(Math.abs(x - y), lag);
}
