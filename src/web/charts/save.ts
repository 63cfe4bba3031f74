/** A chart as a file: its page's styles written into it, as SVG or as PNG. */

const SVG = 'http://www.w3.org/2000/svg';

const STYLED = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity'],
  ...['font-family', 'font-size', 'font-weight', 'display'],
];

/** The chart by itself. */
function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  [svg, ...svg.querySelectorAll('*')].forEach((from, i) => {
    if (from.tagName === 'style') return;
    const style = getComputedStyle(from);
    for (const name of STYLED) {
      const value = style.getPropertyValue(name);
      if (value) copies[i].style.setProperty(name, value);
    }
  });
  copy.querySelector('.hair')?.remove();
  copy.setAttribute('xmlns', SVG);
  const ground = document.createElementNS(SVG, 'rect');
  const fill = getComputedStyle(document.body).backgroundColor;
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill }))
    ground.setAttribute(name, value);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** A screen of today shows two pixels for one. */
const SHARPNESS = 2;

export async function save(svg: SVGSVGElement, title: string, kind: 'svg' | 'png'): Promise<void> {
  const text = standalone(svg);
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
  if (kind === 'svg') {
    download(new Blob([text], { type: 'image/svg+xml' }), `${name}.svg`);
    return;
  }
  const image = new Image();
  // Set so, a page that is searched for addresses shows none.
  image.setAttribute('src', `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`);
  await image.decode();
  const { width, height } = svg.viewBox.baseVal;
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
