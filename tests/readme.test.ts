/** What the README shows works: its example is checked by the compiler and run, its commands' flags exist. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import { flagOf } from '../src/base/options.js';
import { corpusFlags } from '../src/cli/commands/corpus.js';
import { compareFlags } from '../src/cli/commands/compare.js';
import { checkFlags } from '../src/cli/commands/check.js';
import { engineFlags } from '../src/cli/commands/engine.js';
import { evaluateFlags } from '../src/cli/commands/evaluate.js';
import { exportFlags } from '../src/cli/commands/export.js';
import { importFlags } from '../src/cli/commands/import.js';
import { inspectFlags } from '../src/cli/commands/inspect.js';
import { lessonFlags } from '../src/cli/commands/lesson.js';
import { playgroundFlags } from '../src/cli/commands/playground.js';
import { sampleFlags } from '../src/cli/commands/sample.js';
import { sweepFlags } from '../src/cli/commands/sweep.js';
import { trainFlags } from '../src/cli/commands/train.js';
import { workerFlags } from '../src/cli/commands/worker.js';
import { runSync } from './run-sync.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const inPortuguese = readFileSync(join(root, 'README.pt-BR.md'), 'utf8');
/** All that users and contributors read, as paths. */
const pages = ['', 'src', 'corpus', 'checkpoints'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder === 'src', encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path)),
);

describe('the examples', () => {
  const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  // A folder in which 'dissipa' is this project as npm would install it.
  const folder = mkdtempSync(join(tmpdir(), 'dissipa-readme-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/dissipa'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** What each prints, as far as it is known before. */
  const OUTPUTS: readonly ((lines: readonly string[]) => void)[] = [
    (lines) => {
      const steps = lines.slice(0, 20).map((line) => line.split(' ').map(Number));
      expect(steps.map(([step]) => step)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      const losses = steps.map(([, loss]) => loss);
      expect(losses.every((loss) => loss > 0 && loss < 4)).toBe(true);
      expect(losses[19]).toBeLessThan(losses[0]);
      expect(lines.slice(20).join()).toMatch(/^18 symbols, \d\.\d+ bits per character held out$/);
    },
    (lines) => {
      const [layer, ...peaks] = lines.join().split(' ').map(Number);
      expect([layer, peaks.length]).toEqual([0, 16]);
      // What is sent back from the last timestep: all others have what is left of it.
      expect(Math.max(...peaks)).toBe(peaks[15]);
      expect(Math.min(...peaks)).toBeGreaterThan(0);
    },
    (lines) => {
      const [difference, gradient] = lines[0].split(' ').map(Number);
      expect(gradient).not.toBe(0);
      expect(Math.abs(difference / gradient - 1)).toBeLessThan(1e-4);
      expect(lines.slice(1)).toEqual(['preserved']);
    },
  ];

  test('each is known here', () => {
    expect(examples).toHaveLength(OUTPUTS.length);
  });

  test.each(examples.map((code, i) => ({ code, i })))(
    'example $i passes the compiler, and runs',
    { timeout: 120_000 },
    ({ code, i }) => {
      const path = join(folder, `example-${i}.ts`);
      writeFileSync(path, code);
      const options: ts.CompilerOptions = {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        strict: true,
        noUnusedLocals: true,
        // The declarations of what dissipa itself depends on are not the reader's concern.
        skipLibCheck: true,
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        outDir: folder,
      };
      const compiled = ts.createProgram([path], options);
      const complaints = [...ts.getPreEmitDiagnostics(compiled), ...compiled.emit().diagnostics];
      const told = complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
      expect(told).toEqual([]);

      const { stdout, stderr } = runSync(process.execPath, [join(folder, `example-${i}.js`)]);
      expect(stderr).toBe('');
      OUTPUTS[i](stdout.trimEnd().split('\n'));
    },
  );
});

describe('the commands', () => {
  const tables = {
    train: trainFlags,
    sample: sampleFlags,
    evaluate: evaluateFlags,
    inspect: inspectFlags,
    corpus: corpusFlags,
    check: checkFlags,
    lesson: lessonFlags,
    compare: compareFlags,
    engine: engineFlags,
    playground: playgroundFlags,
    export: exportFlags,
    import: importFlags,
    sweep: sweepFlags,
    worker: workerFlags,
  };
  const commandsOf = (text: string) =>
    [...text.matchAll(/npx dissipa (\w+)([^\n`]*)/g)].map(([line, command, rest]) => ({
      line,
      command,
      flags: [...rest.matchAll(/ (--[a-z0-9-]+)/g)].map(([, flag]) => flag),
    }));
  const commands = pages
    .filter((page) => /README/.test(page))
    .flatMap((page) =>
      commandsOf(readFileSync(join(root, page), 'utf8')).map((shown) => ({ ...shown, page })),
    );

  test.each([
    ['README.md', readme],
    ['README.pt-BR.md', inPortuguese],
  ])('%s shows each', (_, text) => {
    const shown = commandsOf(text).map(({ command }) => command);
    expect(new Set(shown)).toEqual(new Set(Object.keys(tables)));
  });

  test.each(commands)('$page: $line', ({ command, flags }) => {
    const table = tables[command as keyof typeof tables];
    const known = [...Object.keys(table.shape).map(flagOf), '--help', '--lang'];
    expect(known).toEqual(expect.arrayContaining(flags));
  });

  test('the files that they send a reader to are there', () => {
    const paths = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/`(?:npx tsx )?((?:src|scripts)\/[\w./-]+)`/g)].map(
        ([, path]) => ({ page, path }),
      ),
    );
    expect(new Set(paths.map(({ page }) => page)).size).toBeGreaterThan(10);
    for (const { page, path } of paths) expect(existsSync(join(root, path)), `${page}: ${path}`).toBe(true);
  });
});

/** What of a layer's report is told of. */
interface Top {
  readonly lagLog10: { readonly h: readonly number[] };
  readonly memory: {
    readonly lag1pct: number;
    readonly drop: { readonly decades: number; readonly lag: number };
    readonly tail: { readonly decadesPerStep: number };
  };
  readonly units: { readonly timeConstants: readonly (number | null)[] };
}

test('what both say of the shipped models is what is measured of them', { timeout: 120_000 }, () => {
  const topOf = (model: { readonly name: string; readonly layers: number }): Top => {
    const args = [
      'dist/cli/main.js',
      'inspect',
      `checkpoints/${model.name}.safetensors`,
      '--window',
      '512',
      '--rows',
      '8',
      '--json',
    ];
    const { stdout, stderr } = runSync(process.execPath, args, { cwd: root });
    expect(stderr).toBe('');
    return (JSON.parse(stdout) as { layers: Top[] }).layers[model.layers - 1];
  };
  const lstm = topOf({ name: 'lstm-2x176', layers: 2 });
  const tanh = topOf({ name: 'tanh-1x128', layers: 1 });
  const far = ({ lagLog10 }: Top) => `10^−${(-lagLog10.h[511]).toFixed(1)}`;
  const kept = ({ memory }: Top) => 10 ** memory.tail.decadesPerStep;
  const constants = lstm.units.timeConstants.map((steps) => steps ?? Infinity).sort((a, b) => a - b);
  const facts = [
    [String(lstm.memory.lag1pct), String(tanh.memory.lag1pct), String(lstm.memory.drop.lag)],
    [`${Math.round(lstm.memory.drop.decades)}`, far(lstm), far(tanh)],
    [`${Math.round(100 * (1 - kept(lstm)))}%`, `${Math.round(100 * (1 - kept(tanh)))}%`],
    [0.5, 0.9].map((share) => String(Math.floor(constants[Math.floor(share * constants.length)]))),
  ].flat();
  expect(facts.join(' ')).not.toMatch(/NaN|null|undefined/);
  for (const [text, begin, point] of [
    [readme, "A gated net's curve", '.'],
    [inPortuguese, 'A curva de uma rede com portas', ','],
  ] as const) {
    const [passage] = text.slice(text.indexOf(begin)).split('\n## ');
    for (const fact of facts)
      expect(passage, fact).toMatch(
        new RegExp(`(?<!\\d)${fact.replace('.', point).replaceAll('^', '\\^')}(?!\\d)`),
      );
  }
});

describe('links', () => {
  /** As the site that shows them makes an anchor of a heading. */
  const anchorsOf = (text: string): string[] =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    );

  test.each(pages)('of %s lead somewhere', (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|<(?:img|source)[^>]* src(?:set)?="([^"]+)"/g)];
    for (const [, link = '', picture = ''] of links) {
      const [path, anchor = null] = (link || picture).split('#');
      if (/^https?:/.test(path)) continue;
      const target = path === '' ? join(root, page) : join(root, dirname(page), path);
      expect(existsSync(target), `${page}: ${path}`).toBe(true);
      if (anchor !== null) expect(anchorsOf(readFileSync(target, 'utf8')), link).toContain(anchor);
    }
  });
});
