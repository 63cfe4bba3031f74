/** The package as others get it: what is in it, what it brings along, and that it works where nothing else is. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dissipa-package-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ENTRIES = ['index', 'browser', 'inspect', 'compare', 'report'];
/** What npm is given on this system. */
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const run = async (
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(command, args, {
    cwd,
    shell: command.endsWith('.cmd'),
    maxBuffer: 2 ** 26,
    // A test's own settings would be handed on, and so would those of the npm that runs it.
    env: {
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV)/i.test(name)),
      ),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  });

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** The project packed, with runs and builds of its user's lying about. */
async function pack(): Promise<Packed> {
  const project = join(folder, 'project');
  mkdirSync(project);
  for (const name of [
    'dist',
    'corpus',
    'checkpoints',
    'package.json',
    'README.md',
    'README.pt-BR.md',
    'LICENSE',
    'CHANGELOG.md',
  ])
    cpSync(join(root, name), join(project, name), { recursive: true });
  mkdirSync(join(project, 'checkpoints/my-run'));
  writeFileSync(join(project, 'checkpoints/my-run/best.safetensors'), 'mine');
  writeFileSync(join(project, 'checkpoints/mine.safetensors'), 'mine');
  writeFileSync(join(project, 'dist/kernels/native.node'), 'of this machine');
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const told = JSON.parse((await run(NPM, args, project)).stdout) as Packed[] | Record<string, Packed>;
  return Object.values(told)[0];
}

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
});

const readmesIn = (folder: string): string[] =>
  readdirSync(join(root, folder)).filter((name) => /^README.*\.md$/.test(name));

describe('what is packed', () => {
  test('of models those that the project made, and no machine code', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('checkpoints/')).sort()).toEqual(
      [...readmesIn('checkpoints'), 'lstm-2x176.safetensors', 'tanh-1x128.safetensors'].map(
        (name) => `checkpoints/${name}`,
      ),
    );
    // Who reads one of them in the package finds it in every language.
    for (const folder of ['.', 'corpus', 'checkpoints']) {
      expect(readmesIn(folder).length).toBeGreaterThan(1);
      expect(paths).toEqual(
        expect.arrayContaining(readmesIn(folder).map((name) => posix.join(folder, name))),
      );
    }
    expect(paths.filter((path) => /\.(node|tsbuildinfo|digest|o)$/.test(path))).toEqual([]);
    // What `engine --build` compiles, and what the bundled packages ask for.
    const sources = readdirSync(join(root, 'src/kernels/c')).map((name) => `dist/kernels/c/${name}`);
    expect(paths.filter((path) => /^dist\/kernels\/c\/[^/]+$/.test(path)).sort()).toEqual(sources.sort());
    expect(paths).toContain('dist/kernels/c/node-api/node_api.h');
    expect(paths).toContain('dist/THIRD-PARTY-NOTICES.txt');
  });

  test('nothing runs when it is installed', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(scripts).not.toHaveProperty(name);
  });

  test('every package in the bundle has its licence written down', () => {
    const notices = readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of [
      'brain.js',
      'natural',
      '@observablehq/plot',
      'linkedom',
      'd3-scale',
      'zod',
      'node-api-headers',
    ])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\([\\w.-]+\\)$`, 'm'));
  });
});

describe('in a browser', () => {
  const bundle = (contents: string): ReturnType<typeof build> =>
    build({
      stdin: { contents, resolveDir: root, sourcefile: 'user.js' },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      outfile: join(folder, 'bundle.mjs'),
      metafile: true,
      logLevel: 'silent',
    });

  test.each(ENTRIES.slice(1))('dissipa/%s has nothing of Node in it', async (entry) => {
    const { metafile } = await bundle(`export * from 'dissipa/${entry}'`);
    expect(
      Object.values(metafile?.inputs ?? {}).flatMap(({ imports }) =>
        imports.filter(({ external, path }) => external && path !== '<runtime>'),
      ),
    ).toEqual([]);
  });

  test('what is not asked for is left out, and errors still have words', async () => {
    await bundle(`export { parseTrainOptions } from 'dissipa/browser'`);
    const path = join(folder, 'bundle.mjs');
    expect(readFileSync(path, 'utf8')).not.toContain('AGFzbQ');
    const { parseTrainOptions } = (await import(pathToFileURL(path).href)) as {
      parseTrainOptions: (given: object) => unknown;
    };
    expect(() => parseTrainOptions({ hidden: 'many' })).toThrow(
      /hidden: is many, expected a (whole )?number/,
    );
  });
});

describe('installed in an empty folder', { timeout: 600_000 }, () => {
  const home = join(folder, 'home');
  let unreachable: string | null = null;
  beforeAll(async () => {
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{"type":"module"}');
    writeFileSync(join(home, 'text.txt'), 'O rato roeu a roupa do rei de Roma, e a rainha riu. '.repeat(200));
    const install = ['install', '--no-audit', '--no-fund', '--fetch-retries=0', '--fetch-timeout=20000'];
    const tarball = join(folder, packed.filename);
    // Without the net where everything is in npm's cache.
    try {
      await run(NPM, [...install, '--offline', tarball], home);
    } catch {
      await run(NPM, [...install, '--prefer-offline', tarball], home).catch((error: unknown) => {
        const said = (error as { stderr?: string }).stderr ?? '';
        if (!/ENOTCACHED|ENOTFOUND|ECONN|EAI_AGAIN|ETIMEDOUT|network|E40[13]/i.test(said)) throw error;
        unreachable = 'no registry can be reached, and npm has not all packages in its cache';
      });
    }
  }, 600_000);

  const dissipa = async (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
    run(process.execPath, [join(home, 'node_modules/dissipa/dist/cli/main.js'), ...args], home);

  test('it brings fewer than 40 packages and 40 MB', (context) => {
    context.skip(unreachable !== null, unreachable ?? '');
    const lock = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')) as { packages: object };
    expect(Object.keys(lock.packages).length - 1).toBeLessThan(40);
    const files = readdirSync(join(home, 'node_modules'), { recursive: true, encoding: 'utf8' });
    const bytes = files
      .map((file) => statSync(join(home, 'node_modules', file)))
      .filter((stat) => stat.isFile());
    expect(bytes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(40e6);
  });

  test('it trains, inspects and compares', async (context) => {
    context.skip(unreachable !== null, unreachable ?? '');
    const small = '--hidden 8 --batch 4 --window 16'.split(' ');
    const trained = await dissipa('train', 'text.txt', ...small, '--steps', '20', '--out', 'run');
    expect(readdirSync(join(home, 'run'))).toContain('best.safetensors');
    // There is no machine code in it; where a compiler would help, a line says so.
    if (process.platform !== 'win32') expect(trained.stderr).toMatch(/^the kernels run as wasm; /m);

    const inspected = await dissipa('inspect', 'run', '--text', 'text.txt', '--window', '16', '--json');
    expect(JSON.parse(inspected.stdout)).toMatchObject({ model: { cell: 'tanh', hidden: 8 } });
    await dissipa('inspect', 'run', '--text', 'text.txt', '--window', '16', '--html', 'page.html');
    expect(readFileSync(join(home, 'page.html'), 'utf8')).toContain('<svg');

    // brain.js trains, and natural counts the words of what each writes.
    await dissipa(
      'compare',
      'text.txt',
      '--only',
      'tanh,brainjs',
      ...small,
      '--characters',
      '2000',
      '--out',
      'sides',
    );
    const { results } = JSON.parse(readFileSync(join(home, 'sides/compare.json'), 'utf8')) as {
      results: unknown[];
    };
    expect(results).toHaveLength(2);
  });

  test.each(ENTRIES)('its entry %s loads', async (entry) => {
    if (unreachable !== null) return;
    const name = entry === 'index' ? 'dissipa' : `dissipa/${entry}`;
    const args = ['--input-type=module', '-e', `console.log(Object.keys(await import('${name}')).length)`];
    const { stdout, stderr } = await run(process.execPath, args, home);
    expect(stderr).toBe('');
    expect(Number(stdout)).toBeGreaterThan(3);
  });
});
