/** What is read and what is drawn stands out from what it is on, in both themes and on paper: WCAG 2.1, AA. */
import { rgb } from 'd3-color';
import { describe, expect, test } from 'vitest';
import { STYLE } from '../../src/ui/page/style.js';
import { PLAYGROUND_STYLE } from '../../src/web/playground/page/style.js';

const luminance = (colour: string): number => {
  const { r, g, b } = rgb(colour);
  const [R, G, B] = [r, g, b].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * R + 0.7152 * G + 0.0722 * B;
};
const contrast = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

type Colours = ReadonlyMap<string, string>;
const variablesIn = (rules: string): Colours =>
  new Map([...rules.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})/gi)].map(([, name, colour]) => [name, colour]));

/** The `:root` rules of a sheet: outside any media query, and inside one. */
function themesOf(sheet: string): { light: Colours; dark: Colours; print: Colours } {
  const roots = [...sheet.matchAll(/:root\s*\{([^}]*)\}/g)].map(([, rules]) => variablesIn(rules));
  const [light, dark = new Map(), print = new Map()] = roots;
  return { light, dark: new Map([...light, ...dark]), print: new Map([...light, ...print]) };
}

const pages = themesOf(STYLE);
const playground = themesOf(PLAYGROUND_STYLE);
const THEMES: readonly (readonly [string, Colours])[] = [
  ['light', new Map([...pages.light, ...playground.light])],
  ['dark', new Map([...pages.dark, ...playground.dark])],
  ['print', pages.print],
];

describe.each(THEMES)('%s', (_, colours) => {
  const of = (name: string): string => colours.get(name) ?? expect.fail(`no --${name}`);

  test.each(['ink', 'soft', 'accent', 'bad', 'good', 'warn'])(
    '--%s can be read, on paper and on a panel',
    (name) => {
      for (const ground of ['paper', 'panel'])
        expect(contrast(of(name), of(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('every curve can be seen', () => {
    const curves = [...colours.keys()].filter((name) => /^(?:c|s)\d+$|^net-/.test(name));
    expect(curves.length).toBeGreaterThanOrEqual(7 + 12);
    for (const name of curves) expect(contrast(of(name), of('paper')), name).toBeGreaterThanOrEqual(3);
  });
});
