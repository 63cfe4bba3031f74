/** Observable Plot without a browser's DOM: charts become SVG text, in the page's fonts and colours. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { viridis } from '../palette.js';
import { svgElement } from './element.js';
import { escapeHtml, raw, type Html } from '../html.js';
import { filled } from '../lines.js';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

export const WIDTH = 480;
/** What is left beside a frame for the figures of its axis: 2.5×10⁻⁵. */
export const MARGIN_LEFT = 62;

/** The svg element that a plot is, and what it can be asked. */
export type Drawn = ReturnType<typeof Plot.plot>;

/** A line's height, and a letter's width, about: it is larger where a page may be narrower than the picture, which then shrinks. In pixels. */
const LINE = 15;
const letterIn = (width: number): number => (width < WIDTH ? 7.2 : 8.2);
/** Words in lines as wide as the picture. */
const linesIn = (width: number, words: string): string[] =>
  filled(words.split(/\s+/), ' ', Math.floor(width / letterIn(width)), ({ length }) => length).split('\n');

/** Under the middle of its frame, but not beyond the picture's edges: lines, and where their middle is kept. */
function placeLabel(svg: Drawn, lines: readonly string[], width: number): void {
  const text = svg.querySelector('[data-mark="x-axis label"] text');
  const place = /translate\((.*),(.*)\)/.exec(text?.getAttribute('transform') ?? '');
  if (!text || !place) return;
  const [x, y] = place.slice(1).map(Number);
  const half = (letterIn(width) * Math.max(...lines.map((line) => line.length))) / 2;
  const inside = Math.max(Math.min(half, width / 2), Math.min(width - half, x));
  text.setAttribute('transform', `translate(${inside},${y})`);
}

/**
 * A chart as SVG. `label` is what a reader is told who cannot see it.
 * @param finish adds what Plot has no option for
 */
export function draw(label: string, options: Plot.PlotOptions, finish?: (svg: Drawn) => void): Html {
  const { width = WIDTH, height = 290, marginBottom = 44, x } = options;
  const lines = linesIn(width, x?.label ?? '');
  const more = LINE * (lines.length - 1);
  const svg = Plot.plot({
    document,
    marginLeft: MARGIN_LEFT,
    marginTop: 24,
    ...options,
    width,
    height: height + more,
    marginBottom: marginBottom + more,
    ...(x && { x: { ...x, ...(typeof x.label === 'string' && { label: lines.join('\n') }) } }),
    style: { fontSize: '13px', background: 'transparent', fontFamily: 'inherit' },
  });
  // Plot names its marks for readers, who are told nothing of them: a picture's parts have no role.
  for (const mark of svg.querySelectorAll('[aria-label]')) {
    mark.setAttribute('data-mark', mark.getAttribute('aria-label') ?? '');
    mark.removeAttribute('aria-label');
  }
  for (const axis of svg.querySelectorAll('[aria-description]')) axis.removeAttribute('aria-description');
  placeLabel(svg, lines, width);
  if (width >= WIDTH) svg.setAttribute('data-shrinks', '');
  finish?.(svg);
  // Names of curves may be hostile; in an attribute DOMs leave signs be that a careless reader takes for a tag.
  const text = svg.outerHTML.replace(/data-(?:curve|of)="[^"]*"/g, (attribute) =>
    attribute.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  );
  return raw(text.replace('<svg', `<svg role="img" aria-label="${escapeHtml(label)}"`));
}

/** A coloured rectangle of a heat map, in the units of the axes. */
export interface HeatCell {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  /** From 0 to 1; null for an exact 0. */
  readonly level: number | null;
}

/** Levels of colour: cells of one level share a path, a tenth of the size of as many rectangles. */
const SHADES = 48;

const shadeOf = (level: number): number => Math.min(SHADES - 1, Math.floor(level * SHADES));
const colourOf = (shade: number): string => viridis((shade + 0.5) / SHADES);
const NONE = 'var(--none)';

/** One decimal is a tenth of a pixel. */
const round = (value: number): number => Math.round(value * 10) / 10;
const pixel = (value: number): string => String(round(value));

/** The cells as a mark: a path for each colour. */
export const cells =
  (data: readonly HeatCell[]): Plot.RenderFunction =>
  (_index, scales, _values, _dimensions, context) => {
    const x = scales.x as unknown as (value: number) => number;
    const y = scales.y as unknown as (value: number) => number;
    // Without crisp edges and the thin stroke, neighbours show a hairline between them, some on screen and some on paper.
    const group = svgElement(context, 'g', { class: 'cells', 'shape-rendering': 'crispEdges' });
    const paths = new Map<string, string[]>();
    for (const { x1, x2, y1, y2, level } of data) {
      const colour = level === null ? NONE : colourOf(shadeOf(level));
      const [left, right] = [x(x1), x(x2)].sort((a, b) => a - b);
      const [top, bottom] = [y(y1), y(y2)].sort((a, b) => a - b);
      // From the rounded edges, so that neighbours meet exactly.
      const [width, height] = [pixel(round(right) - round(left)), pixel(round(bottom) - round(top))];
      const path = `M${pixel(left)},${pixel(top)}h${width}v${height}h-${width}z`;
      const parts = paths.get(colour);
      if (parts) parts.push(path);
      else paths.set(colour, [path]);
    }
    for (const [colour, parts] of paths) {
      const look = { fill: colour, stroke: colour, 'stroke-width': 0.4 };
      group.append(svgElement(context, 'path', { ...look, d: parts.join('') }));
    }
    return group;
  };

const RAMP_WIDTH = 280;

/** The ramp of a heat map's colours, with its unit and ticks. */
export function ramp(
  title: string,
  ticks: readonly { readonly level: number; readonly text: string }[],
): Html {
  const strips = Array.from({ length: SHADES }, (_, shade) => ({
    x1: shade / SHADES,
    x2: (shade + 1) / SHADES,
    y1: 0,
    y2: 1,
    level: (shade + 0.5) / SHADES,
  }));
  const lines = linesIn(RAMP_WIDTH, title);
  const above = LINE * lines.length;
  return draw(
    title,
    {
      width: RAMP_WIDTH,
      height: 31 + above,
      marginLeft: 22,
      marginRight: 16,
      marginTop: 3 + above,
      marginBottom: 18,
      x: {
        domain: [0, 1],
        label: null,
        ticks: ticks.map(({ level }) => level),
        tickFormat: (level: number) => ticks.find((tick) => tick.level === level)?.text ?? '',
        tickSize: 3,
      },
      y: { domain: [0, 1], axis: null },
      marks: [
        cells(strips),
        Plot.text([lines.join('\n')], {
          frameAnchor: 'top-left',
          dy: -1 - above,
          lineHeight: LINE / 13,
          text: (text: string) => text,
          fill: 'currentColor',
        }),
      ],
    },
    (svg) => {
      // A key to another picture, nothing to take along by itself.
      svg.setAttribute('data-small', '');
    },
  );
}
