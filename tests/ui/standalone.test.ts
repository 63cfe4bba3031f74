/** Charts as files of their own. */
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { lineChart } from '../../src/ui/charts/lines.js';
import { shareRamp } from '../../src/ui/charts/heats.js';
import { en } from '../../src/words/en/words.js';
import { picturesOf } from '../../src/ui/charts/standalone.js';

const chart = (alt: string, label = 'a') =>
  lineChart({
    alt,
    numbers: en.numbers,
    x: { label: 'lag' },
    y: { label: 'share', scale: 'share' },
    series: [
      {
        label,
        points: [
          { x: 0, y: 0 },
          { x: 1, y: -3 },
        ],
      },
    ],
  }).text;

describe('pictures of a page', () => {
  const page = `<p>text</p>${chart('O gradiente, à distância "k": 10⁻⁸ d\'água')}${shareRamp(-4, en).text}${chart('…', '<b>&"')}`;
  const pictures = picturesOf(page);

  test('are its charts, by number and by what they show; the key of a map is none', () => {
    expect(pictures.map(({ name }) => name)).toEqual([
      '01-o-gradiente-a-distancia-k-10-dagua.svg',
      '02-chart.svg',
    ]);
  });

  test('in the dark have a dark ground, and another colour for each of the light one', () => {
    const colours = (svg: string): string[] => svg.match(/#[0-9a-f]{6}/gi) ?? [];
    const [[bright], [dark]] = [pictures, picturesOf(page, 'dark')].map((all) =>
      all.map(({ svg }) => colours(svg)),
    );
    expect(dark).toHaveLength(bright.length);
    expect(dark.every((colour, i) => colour !== bright[i])).toBe(true);
    expect(Number.parseInt(dark[0].slice(1, 3), 16) < 0x80).not.toBe(
      Number.parseInt(bright[0].slice(1, 3), 16) < 0x80,
    );
  });

  test('need nothing of the page, and are whole XML', () => {
    for (const { svg } of pictures) {
      expect(svg).not.toMatch(/var\(|currentColor|&nbsp;/);
      expect(svg.match(/xmlns="/g)?.length).toBeGreaterThanOrEqual(1);
      // A reader of XML stops where an attribute stands twice.
      for (const [tag] of svg.matchAll(/<\w[^>]*>/g)) {
        const names = [...tag.matchAll(/ ([\w:-]+)="/g)].map(([, name]) => name);
        expect(new Set(names).size, tag).toBe(names.length);
      }
      const { document } = parseHTML(svg);
      expect(document.querySelectorAll('b')).toHaveLength(0);
      expect(svg.trimEnd().endsWith('</svg>')).toBe(true);
    }
  });
});
