/**
 * The script of every static page: its charts tell their values, hide a curve, and are taken along. Without it they are as
 * they are. The build makes one script of it (src/ui/page/chart-script.ts), which a page's policy knows by its hash.
 */
import { languageFrom } from '../../base/language.js';
import { CHARTS } from '../../words/bundled.js';
import { interactive } from './interactive.js';

const { tools, numbers } = CHARTS[languageFrom([document.documentElement.lang])];

for (const svg of document.querySelectorAll<SVGSVGElement>('svg[role=img]:not([data-small])')) {
  const box = document.createElement('div');
  box.className = 'chart-box';
  // What belongs to a chart ends where the chart does, however much room there is beside it.
  box.style.maxWidth = `${svg.viewBox.baseVal.width}px`;
  const place = document.createElement('div');
  svg.replaceWith(box);
  place.append(svg);
  box.append(place);
  interactive(place, {
    name: svg.getAttribute('aria-label') ?? '',
    numbers,
    words: tools,
  });
}
