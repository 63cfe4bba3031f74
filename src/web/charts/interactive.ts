/** What can be done with a chart: read its values under the pointer or by keys, hide a curve, take it along as a picture. */
import { axisOf, cornersOf, nearestTo, valueAt, type ScaledAxis } from '../../ui/charts/reading.js';
import type { Words } from '../../words/words.js';
import { save } from './save.js';

type ChartWords = Words['charts']['tools'];

export interface ChartTools {
  readonly name: string;
  readonly numbers: Pick<Words['numbers'], 'share' | 'short' | 'percent' | 'count'>;
  readonly words: ChartWords;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Pixels beyond the frame that still read its edge; and pixels within which a curve has a value. */
const [OUTSIDE, NEAR] = [8, 12];

/**
 * Makes the chart in `element` readable and portable: now, and where it is drawn anew, at each event `drawn`.
 * @returns how to end it
 */
export function interactive(element: HTMLElement, tools: ChartTools): () => void {
  const hidden = new Set<string>();
  const bar = make('div', 'chart-bar');
  const keys = make('span', 'curves');
  keys.setAttribute('role', 'group');
  keys.setAttribute('aria-label', tools.words.curves);
  const tip = make('output', 'tip');
  tip.hidden = true;
  const files = make('span', 'files');
  files.append(...(['svg', 'png'] as const).map((kind) => saving(element, tools, kind)));
  bar.append(keys, files);
  element.after(bar, tip);

  /** Where it is read: a place on the x-axis, in its units. */
  let at: number | null = null;
  let hasFocus = false;
  let names = '';
  const leave = (): void => {
    tip.hidden = true;
    element.querySelector('.hair')?.remove();
  };
  const hide = (): void => {
    for (const part of element.querySelectorAll<SVGElement>('[data-curve], [data-of]'))
      part.style.display = hidden.has(part.dataset.curve ?? part.dataset.of ?? '') ? 'none' : '';
  };
  const drawn = (): void => {
    const svg = element.querySelector('svg');
    if (!svg) return;
    // Only a chart that can be read is worth a stop.
    svg.setAttribute('tabindex', svg.hasAttribute('data-x') ? '0' : '-1');
    if (hasFocus) svg.focus({ preventScroll: true });
    const labels = [...new Set(curvesIn(svg).map((curve) => curve.dataset.curve ?? ''))].filter(Boolean);
    if (labels.join('\n') !== names) {
      names = labels.join('\n');
      const toggle = (label: string, button: HTMLButtonElement): void => {
        if (!hidden.delete(label)) hidden.add(label);
        button.setAttribute('aria-pressed', String(!hidden.has(label)));
        hide();
      };
      keys.replaceChildren(
        ...(labels.length < 2 ? [] : labels).map((label) => keyOf(svg, label, !hidden.has(label), toggle)),
      );
    }
    hide();
    if (at !== null && !tip.hidden) show();
  };
  /** Shows the values where it is read. */
  const show = (): void => {
    leave();
    const svg = element.querySelector('svg');
    const axes = svg && axesOf(svg);
    if (!svg || !axes || at === null) return;
    const found = valuesAt(svg, axes, pixelOf(axes.x, at), hidden, tools);
    if (found === null) return;
    const hair = document.createElementNS(SVG, 'line');
    hair.setAttribute('class', 'hair');
    const [top, bottom] = [Math.min(...axes.y.pixels), Math.max(...axes.y.pixels)];
    for (const [name, value] of Object.entries({ x1: found.pixel, x2: found.pixel, y1: top, y2: bottom }))
      hair.setAttribute(name, String(value));
    svg.append(hair);
    tip.textContent = found.lines.join('\n');
    tip.hidden = false;
    const [box, from] = [svg.getBoundingClientRect(), element.getBoundingClientRect()];
    const left = found.pixel / scaleOf(svg) + box.left - from.left;
    const isRight = left > from.width * 0.6;
    tip.style.left = `${element.offsetLeft + left + (isRight ? -12 : 12)}px`;
    tip.style.top = `${element.offsetTop + 24}px`;
    tip.style.transform = isRight ? 'translateX(-100%)' : '';
  };
  const point = ({ clientX }: PointerEvent): void => {
    const svg = element.querySelector('svg');
    const axes = svg && axesOf(svg);
    if (!svg || !axes) return;
    const pixel = (clientX - svg.getBoundingClientRect().left) * scaleOf(svg);
    const [left, right] = [Math.min(...axes.x.pixels), Math.max(...axes.x.pixels)];
    if (pixel < left - OUTSIDE || pixel > right + OUTSIDE) {
      leave();
      return;
    }
    at = valueAt(axes.x, pixel);
    show();
  };
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const svg = element.querySelector('svg');
    const axes = svg && axesOf(svg);
    if (by === undefined || !svg || !axes) return;
    const pixels = curvesIn(svg).flatMap((curve) => cornersIn(curve).map(({ x }) => x));
    const places = [...new Set(pixels)].sort((a, b) => a - b);
    if (places.length === 0) return;
    event.preventDefault();
    const here =
      at === null
        ? null
        : nearestTo(
            places.map((x) => ({ x })),
            pixelOf(axes.x, at),
          );
    const next = here === null ? 0 : places.indexOf(here.x) + by;
    at = valueAt(axes.x, places[Math.max(0, Math.min(places.length - 1, next))]);
    show();
  };
  const enter = (event: FocusEvent): void => {
    hasFocus = event.target instanceof SVGSVGElement;
  };
  const blur = (event: FocusEvent): void => {
    // Of what is drawn anew the focus comes back.
    if (!element.contains(event.target as Node)) return;
    hasFocus = false;
    leave();
  };
  const listeners = [
    ['drawn', drawn],
    ['pointermove', point],
    ['pointerleave', leave],
    ['keydown', move],
    ['focusin', enter],
    ['focusout', blur],
  ] as const satisfies readonly (readonly [string, (event: never) => void])[];
  for (const [name, listener] of listeners) element.addEventListener(name, listener as EventListener);
  drawn();
  return () => {
    for (const [name, listener] of listeners) element.removeEventListener(name, listener as EventListener);
    bar.remove();
    tip.remove();
  };
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function saving(element: HTMLElement, { name, words }: ChartTools, kind: 'svg' | 'png'): HTMLButtonElement {
  const button = make('button', 'quiet');
  button.type = 'button';
  button.textContent = words[kind];
  button.setAttribute('aria-label', `${words.saveAs(words[kind])}: ${name}`);
  button.onclick = () => {
    const svg = element.querySelector('svg');
    if (svg) void save(svg, name, kind);
  };
  return button;
}

/** A curve's button: pressed while it is shown, its line and mark before its name. */
function keyOf(
  svg: SVGSVGElement,
  label: string,
  isShown: boolean,
  toggle: (label: string, button: HTMLButtonElement) => void,
): HTMLButtonElement {
  const button = make('button', 'quiet curve');
  button.type = 'button';
  button.textContent = label;
  button.setAttribute('aria-pressed', String(isShown));
  const curve = curvesIn(svg).find((one) => one.dataset.curve === label);
  const key = document.createElementNS(SVG, 'svg');
  key.setAttribute('viewBox', '0 0 26 12');
  key.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', 'M0,6H26');
  for (const name of ['stroke', 'stroke-width', 'stroke-dasharray']) {
    const value = curve?.getAttribute(name);
    if (value) line.setAttribute(name, value);
  }
  key.append(line);
  const beside = [...svg.querySelectorAll<SVGElement>('[data-of]')].find((one) => one.dataset.of === label);
  const mark = beside?.querySelector('[data-marker]')?.cloneNode() as SVGElement | undefined;
  mark?.setAttribute('transform', 'translate(13,6)');
  if (mark) key.append(mark);
  button.prepend(key);
  button.onclick = () => {
    toggle(label, button);
  };
  return button;
}

const curvesIn = (svg: Element): SVGGElement[] => [...svg.querySelectorAll<SVGGElement>('[data-curve]')];
const cornersIn = (curve: Element): ReturnType<typeof cornersOf> =>
  cornersOf([...curve.querySelectorAll('path')].map((path) => path.getAttribute('d') ?? '').join(''));

/** Units of the chart in a pixel of the screen. */
const scaleOf = (svg: SVGSVGElement): number => {
  const { width } = svg.getBoundingClientRect();
  return (svg.viewBox.baseVal.width || width) / width;
};

interface Axes {
  readonly x: ScaledAxis;
  readonly y: ScaledAxis;
}

function axesOf(svg: SVGSVGElement): Axes | null {
  const [x, y] = [axisOf(svg.getAttribute('data-x')), axisOf(svg.getAttribute('data-y'))];
  return x && y ? { x, y } : null;
}

function pixelOf({ isLog, values: [a, b], pixels: [p, q] }: ScaledAxis, value: number): number {
  const share = isLog ? Math.log(value / a) / Math.log(b / a) : (value - a) / (b - a);
  return p + share * (q - p);
}

/** How a value of an axis is told: as the axis tells its own. */
function telling(svg: SVGSVGElement, axis: 'x' | 'y', { numbers }: ChartTools): (value: number) => string {
  const { share, short, percent, count } = numbers;
  const kind = svg.getAttribute(`data-${axis}-log10`);
  if (kind === 'share') return share;
  if (svg.hasAttribute(`data-${axis}-percent`)) return (value) => percent(Number(value.toFixed(4)));
  if (svg.hasAttribute(`data-${axis}-whole`)) return (value) => count(Math.round(value));
  // Pixels are no more exact than that.
  const rounded = (value: number): string => short(Number(value.toPrecision(4)));
  return kind === null ? rounded : (log10) => rounded(10 ** log10);
}

/** The curves' values where the first of them has a corner nearest to `pixel`; null where none has any. */
function valuesAt(
  svg: SVGSVGElement,
  { x, y }: Axes,
  pixel: number,
  hidden: ReadonlySet<string>,
  tools: ChartTools,
): { readonly pixel: number; readonly lines: readonly string[] } | null {
  const [tellX, tellY] = [telling(svg, 'x', tools), telling(svg, 'y', tools)];
  const shown = curvesIn(svg)
    .map((curve) => ({ name: curve.dataset.curve ?? '', corners: cornersIn(curve) }))
    .filter(({ name, corners }) => !hidden.has(name) && corners.length > 0);
  const place = nearestTo(
    shown.flatMap(({ corners }) => corners),
    pixel,
  )?.x;
  if (place === undefined) return null;
  const lines = shown.flatMap(({ name, corners }) => {
    const corner = nearestTo(corners, place);
    return corner && Math.abs(corner.x - place) <= NEAR
      ? [`${name === '' ? '' : `${name}: `}${tellY(valueAt(y, corner.y))}`]
      : [];
  });
  return { pixel: place, lines: [tellX(Math.round(valueAt(x, place) * 1000) / 1000), ...lines] };
}
