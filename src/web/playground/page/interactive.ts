/** What can be done with a chart: read its values under the pointer or by keys, hide a curve, take it along as a picture. */
import { axisOf, cornersOf, nearestTo, valueAt } from '../../../ui/charts/reading.js';

export interface ChartTools {
  readonly name: string;
  readonly share: (log10: number) => string;
  readonly number: (value: number) => string;
  readonly words: {
    readonly svg: string;
    readonly png: string;
    readonly save: (what: string) => string;
    readonly curves: string;
  };
}

const SVG = 'http://www.w3.org/2000/svg';

/** Makes the chart in `element`, now and whenever it is drawn anew, readable and portable. @returns how to end it */
export function interactive(element: HTMLElement, tools: ChartTools): () => void {
  const hidden = new Set<string>();
  const bar = document.createElement('div');
  bar.className = 'chart-bar';
  const curves = document.createElement('span');
  curves.className = 'curves';
  curves.setAttribute('role', 'group');
  curves.setAttribute('aria-label', tools.words.curves);
  const tip = document.createElement('output');
  tip.className = 'tip';
  tip.hidden = true;
  bar.append(curves);
  for (const kind of ['svg', 'png'] as const) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = tools.words[kind];
    button.setAttribute('aria-label', `${tools.words.save(tools.words[kind])}: ${tools.name}`);
    button.onclick = () => {
      const svg = element.querySelector('svg');
      if (svg) void save(svg, tools.name, kind);
    };
    bar.append(button);
  }
  element.after(bar, tip);
  let names = '';
  const hide = (): void => {
    for (const curve of curvesIn(element)) {
      const isHidden = hidden.has(curve.dataset.curve ?? '');
      curve.style.display = isHidden ? 'none' : '';
    }
  };
  const drawn = (): void => {
    const labels = [...new Set([...curvesIn(element)].map((curve) => curve.dataset.curve ?? ''))].filter(
      Boolean,
    );
    if (labels.join('\n') !== names) {
      names = labels.join('\n');
      curves.replaceChildren(
        ...(labels.length < 2 ? [] : labels).map((label) => {
          const button = document.createElement('button');
          button.type = 'button';
          button.className = 'quiet curve';
          button.textContent = label;
          button.setAttribute('aria-pressed', String(!hidden.has(label)));
          const path = [...curvesIn(element)].find((curve) => curve.dataset.curve === label);
          const line = document.createElement('i');
          line.style.borderTopColor = path?.getAttribute('stroke') ?? 'currentColor';
          button.prepend(line);
          button.onclick = () => {
            if (hidden.has(label)) hidden.delete(label);
            else hidden.add(label);
            button.setAttribute('aria-pressed', String(!hidden.has(label)));
            hide();
          };
          return button;
        }),
      );
    }
    hide();
  };
  const leave = (): void => {
    tip.hidden = true;
    element.querySelector('.hair')?.remove();
  };
  const point = (event: PointerEvent): void => {
    const svg = element.querySelector('svg');
    if (svg) read(svg, event, hidden, tools, tip, element);
  };
  element.addEventListener('drawn', drawn);
  element.addEventListener('pointermove', point);
  element.addEventListener('pointerleave', leave);
  return () => {
    element.removeEventListener('drawn', drawn);
    element.removeEventListener('pointermove', point);
    element.removeEventListener('pointerleave', leave);
    bar.remove();
    tip.remove();
  };
}

const curvesIn = (element: Element): NodeListOf<SVGGElement> =>
  element.querySelectorAll<SVGGElement>('[data-curve]');

function read(
  svg: SVGSVGElement,
  { clientX }: PointerEvent,
  hidden: ReadonlySet<string>,
  tools: ChartTools,
  tip: HTMLElement,
  element: HTMLElement,
): void {
  const [x, y] = [axisOf(svg.getAttribute('data-x')), axisOf(svg.getAttribute('data-y'))];
  const box = svg.getBoundingClientRect();
  const scale = (svg.viewBox.baseVal.width || box.width) / box.width;
  if (!x || !y) return;
  const at = (clientX - box.left) * scale;
  const [left, right] = [Math.min(...x.pixels), Math.max(...x.pixels)];
  element.querySelector('.hair')?.remove();
  if (at < left - 8 || at > right + 8) {
    tip.hidden = true;
    return;
  }
  const isLog10 = svg.hasAttribute('data-y-log10');
  let place: number | null = null;
  const lines: string[] = [];
  for (const curve of curvesIn(svg)) {
    const name = curve.dataset.curve ?? '';
    if (hidden.has(name)) continue;
    const corners = cornersOf(
      [...curve.querySelectorAll('path')].map((path) => path.getAttribute('d') ?? '').join(''),
    );
    const corner: { readonly x: number; readonly y: number } | null = nearestTo(corners, place ?? at);
    if (!corner || (place !== null && Math.abs(corner.x - place) > 12 * scale)) continue;
    place ??= corner.x;
    const value = valueAt(y, corner.y);
    lines.push(`${name}: ${isLog10 ? tools.share(value) : tools.number(value)}`);
  }
  if (place === null) return;
  const hair = document.createElementNS(SVG, 'line');
  hair.setAttribute('class', 'hair');
  const [top, bottom] = [Math.min(...y.pixels), Math.max(...y.pixels)];
  for (const [name, value] of Object.entries({ x1: place, x2: place, y1: top, y2: bottom }))
    hair.setAttribute(name, String(value));
  svg.append(hair);
  tip.textContent = [tools.number(Math.round(valueAt(x, place) * 100) / 100), ...lines].join('\n');
  tip.hidden = false;
  const from = element.getBoundingClientRect();
  const left0 = place / scale + box.left - from.left;
  const isRight = left0 > from.width * 0.6;
  tip.style.left = `${element.offsetLeft + left0 + (isRight ? -12 : 12)}px`;
  tip.style.top = `${element.offsetTop + 24}px`;
  tip.style.transform = isRight ? 'translateX(-100%)' : '';
}

const STYLED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'display',
];

/** The chart by itself, its page's styles written into it. */
export function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const pairs = [svg, ...svg.querySelectorAll('*')].map(
    (from, i) => [from, [copy, ...copy.querySelectorAll('*')][i]] as const,
  );
  for (const [from, to] of pairs) {
    if (from.tagName === 'style') continue;
    const style = getComputedStyle(from);
    for (const name of STYLED) {
      const value = style.getPropertyValue(name);
      if (value) (to as SVGElement).style.setProperty(name, value);
    }
  }
  copy.querySelector('.hair')?.remove();
  copy.setAttribute('xmlns', SVG);
  const paper = getComputedStyle(document.body).backgroundColor;
  const ground = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: paper }))
    ground.setAttribute(name, value);
  copy.insertBefore(ground, copy.firstChild);
  return new XMLSerializer().serializeToString(copy);
}

/** A screen of today shows two pixels for one. */
const SHARPNESS = 2;

async function save(svg: SVGSVGElement, name: string, kind: 'svg' | 'png'): Promise<void> {
  const text = standalone(svg);
  const picture = new Blob([text], { type: 'image/svg+xml' });
  if (kind === 'svg') {
    download(picture, `${name}.svg`);
    return;
  }
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const { width, height } = svg.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * SHARPNESS);
  canvas.height = Math.round(height * SHARPNESS);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    if (blob) download(blob, `${name}.png`);
  });
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}
