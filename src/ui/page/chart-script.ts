/**
 * What every page's charts can do where scripts run: tell their values under the pointer or by the arrow keys, hide a
 * curve, and be taken along as SVG or PNG with the page's styles written into them. It reads what `lineChart` has written
 * on the svg (charts/reading.ts says how); without it the charts are as they are. Plain text, for a page's policy knows it
 * by its hash.
 */
export const CHART_SCRIPT = `
(() => {
  const NS = 'http://www.w3.org/2000/svg';
  const lang = document.documentElement.lang || 'en';
  const plain = (value) => value.toLocaleString(lang, { maximumSignificantDigits: 3 });
  const raised = (n) => [...String(n)].map((sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)]).join('');
  const share = (log10) => log10 < -4 || log10 > 3 ? '10' + raised(Math.round(log10)) : plain(100 * 10 ** log10) + '%';
  const axisOf = (text) => {
    const [kind, ...numbers] = (text || '').split(' ');
    const [a, b, p, q] = numbers.map(Number);
    if (numbers.length !== 4 || p === q) return null;
    return { from: Math.min(p, q), to: Math.max(p, q), value: (pixel) => {
      const part = (pixel - p) / (q - p);
      return kind === 'log' ? a * (b / a) ** part : a + (b - a) * part;
    } };
  };
  const make = (tag, className, parent, text = '') => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    parent.append(element);
    return element;
  };
  const STYLED = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-family', 'font-size', 'font-weight', 'display'];
  const standalone = (svg) => {
    const copy = svg.cloneNode(true);
    const [froms, tos] = [svg, copy].map((one) => [one, ...one.querySelectorAll('*')]);
    froms.forEach((from, i) => {
      if (from.tagName === 'style') return;
      const style = getComputedStyle(from);
      for (const name of STYLED) if (style.getPropertyValue(name)) tos[i].style.setProperty(name, style.getPropertyValue(name));
    });
    copy.querySelector('.hair')?.remove();
    copy.setAttribute('xmlns', NS);
    const ground = document.createElementNS(NS, 'rect');
    for (const [name, value] of [['width', '100%'], ['height', '100%'], ['fill', getComputedStyle(document.body).backgroundColor]])
      ground.setAttribute(name, value);
    copy.prepend(ground);
    return new XMLSerializer().serializeToString(copy);
  };
  const download = (blob, name) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const save = async (svg, name, kind) => {
    const text = standalone(svg);
    if (kind === 'svg') return download(new Blob([text], { type: 'image/svg+xml' }), name + '.svg');
    const image = new Image();
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
    await image.decode();
    const { width, height } = svg.viewBox.baseVal;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && download(blob, name + '.png'));
  };
  for (const svg of document.querySelectorAll('svg[role=img]:not([data-small])')) {
    const name = svg.getAttribute('aria-label') || 'chart';
    const box = document.createElement('div');
    box.className = 'chart-box';
    svg.replaceWith(box);
    box.append(svg);
    const tip = make('output', 'tip', box);
    tip.hidden = true;
    const bar = make('div', 'chart-bar', box);
    const chosen = make('span', 'curves', bar);
    const curves = [...svg.querySelectorAll('[data-curve]')];
    const named = curves.filter((curve) => curve.dataset.curve);
    if (named.length > 1)
      for (const curve of named) {
        const button = make('button', 'quiet curve', chosen, curve.dataset.curve);
        button.type = 'button';
        button.setAttribute('aria-pressed', 'true');
        const line = document.createElement('i');
        line.style.borderTopColor = curve.getAttribute('stroke') || 'currentColor';
        button.prepend(line);
        button.onclick = () => {
          const isShown = curve.style.display === 'none';
          curve.style.display = isShown ? '' : 'none';
          button.setAttribute('aria-pressed', String(isShown));
        };
      }
    for (const kind of ['svg', 'png']) {
      const button = make('button', 'quiet', bar, kind.toUpperCase());
      button.type = 'button';
      button.setAttribute('aria-label', kind.toUpperCase() + ': ' + name);
      button.onclick = () => save(svg, name.replace(/[^\\p{L}\\p{N}]+/gu, '-').slice(0, 60), kind);
    }
    const [x, y] = ['x', 'y'].map((axis) => axisOf(svg.getAttribute('data-' + axis)));
    if (!x || !y) continue;
    const say = svg.hasAttribute('data-y-log10') ? share : plain;
    const corners = curves.map((curve) => ({
      curve,
      points: [...curve.querySelectorAll('path')].flatMap((path) =>
        [...(path.getAttribute('d') || '').matchAll(/[ML]\\s*(-?[\\d.e-]+)[ ,]+(-?[\\d.e-]+)/gi)].map(([, px, py]) => ({ x: +px, y: +py }))),
    }));
    const places = [...new Set(corners.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b);
    let at = -1;
    const leave = () => {
      tip.hidden = true;
      svg.querySelector('.hair')?.remove();
    };
    const show = (pixel) => {
      leave();
      const shown = corners.filter(({ curve, points }) => points.length > 0 && curve.style.display !== 'none');
      const lines = shown.flatMap(({ curve, points }) => {
        const near = points.reduce((best, one) => (Math.abs(one.x - pixel) < Math.abs(best.x - pixel) ? one : best));
        if (Math.abs(near.x - pixel) > 12) return [];
        return [(curve.dataset.curve ? curve.dataset.curve + ': ' : '') + say(y.value(near.y))];
      });
      if (lines.length === 0) return;
      const hair = document.createElementNS(NS, 'line');
      hair.setAttribute('class', 'hair');
      for (const [key, value] of [['x1', pixel], ['x2', pixel], ['y1', y.from], ['y2', y.to]]) hair.setAttribute(key, value);
      svg.append(hair);
      tip.textContent = [plain(x.value(pixel)), ...lines].join('\\n');
      tip.hidden = false;
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const isRight = pixel > (x.from + x.to) / 2;
      tip.style.left = pixel * scale + (isRight ? -12 : 12) + 'px';
      tip.style.transform = isRight ? 'translateX(-100%)' : '';
    };
    const nearest = (pixel) => places.reduce((best, place, i) => (Math.abs(place - pixel) < Math.abs(places[best] - pixel) ? i : best), 0);
    svg.addEventListener('pointermove', (event) => {
      const rect = svg.getBoundingClientRect();
      const pixel = ((event.clientX - rect.left) * svg.viewBox.baseVal.width) / rect.width;
      if (pixel < x.from - 8 || pixel > x.to + 8 || places.length === 0) return leave();
      at = nearest(pixel);
      show(places[at]);
    });
    svg.addEventListener('pointerleave', leave);
    svg.addEventListener('blur', leave);
    svg.setAttribute('tabindex', '0');
    svg.addEventListener('keydown', (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by || places.length === 0) return;
      event.preventDefault();
      at = Math.max(0, Math.min(places.length - 1, at + by));
      show(places[at]);
    });
  }
})();
`;
