/**
 * The README's first picture, tanh beside LSTM and GRU by lag, out of a comparison that was made, in both languages and for
 * a light and a dark page: `npx tsx scripts/readme-pictures.ts DIR`, DIR being the folder of a `dissipa compare`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFiles } from '../src/store/files-node.js';
import { contendersLag } from '../src/study/compare/chart.js';
import { readComparison, resultsOf } from '../src/study/compare/comparison.js';
import { picturesOf, type Theme } from '../src/ui/charts/standalone.js';
import { wordsIn } from '../src/words/words.js';

const SHOWN = ['tanh', 'lstm', 'gru'] as const;
const THEMES: readonly Theme[] = ['light', 'dark'];

const [dir] = process.argv.slice(2) as [string | undefined];
if (dir === undefined) {
  console.error('usage: npx tsx scripts/readme-pictures.ts DIR');
  process.exit(2);
}
const folder = join(fileURLToPath(new URL('..', import.meta.url)), '.github');
const comparison = await readComparison(nodeFiles(), dir);
const results = SHOWN.flatMap((name) => resultsOf(comparison, name).slice(0, 1));
for (const language of ['en', 'pt'] as const) {
  const words = await wordsIn(language);
  const chart = contendersLag(results, 'end', words.compare.page.atEnd, words).text;
  for (const theme of THEMES) {
    const [{ svg }] = picturesOf(chart, theme);
    writeFileSync(join(folder, `lag-${language}-${theme}.svg`), svg);
  }
}
console.error(`wrote ${folder}`);
