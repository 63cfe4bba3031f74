/**
 * The README's pictures of curves, in every language, for a light and a dark page:
 * `npx tsx scripts/readme-pictures.ts COMPARISON RUN`. Out of the folder of a `dissipa compare`: tanh beside LSTM and GRU
 * by lag. Out of that of a run: its layers' lag curves, and the course of the lag at which 1% is left.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFiles } from '../src/store/files-node.js';
import { contendersLag } from '../src/study/compare/chart.js';
import { readComparison, resultsOf } from '../src/study/compare/comparison.js';
import { picturesOf, type Theme } from '../src/ui/charts/standalone.js';
import { LANGUAGES } from '../src/base/language.js';
import { wordsIn } from '../src/words/words.js';

const SHOWN = ['tanh', 'lstm', 'gru'] as const;
const THEMES: readonly Theme[] = ['light', 'dark'];

const [dir, run] = process.argv.slice(2) as [string | undefined, string | undefined];
if (dir === undefined || run === undefined) {
  console.error('usage: npx tsx scripts/readme-pictures.ts COMPARISON RUN');
  process.exit(2);
}
const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'dissipa-pictures-'));
const comparison = await readComparison(nodeFiles(), dir);
const results = SHOWN.flatMap((name) => resultsOf(comparison, name).slice(0, 1));
for (const language of LANGUAGES) {
  const words = await wordsIn(language);
  const page = join(scratch, `${language}.html`);
  const command = ['inspect', run, '--html', page, '--lang', language];
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), ...command], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const compared = contendersLag(results, 'end', words.compare.page.atEnd, words).text;
  const inspected = readFileSync(page, 'utf8');
  for (const theme of THEMES) {
    const write = (name: string, svg: string): void => {
      writeFileSync(join(root, `.github/${name}-${language}-${theme}.svg`), svg);
    };
    write('lag', picturesOf(compared, theme)[0].svg);
    const pictures = picturesOf(inspected, theme);
    write('layers', pictures[0].svg);
    const course = pictures.find(({ svg }) => svg.includes(words.inspect.page.memoryByStep));
    if (course === undefined) throw new Error(`${run} has no course`);
    write('course', course.svg);
  }
}
rmSync(scratch, { recursive: true });
