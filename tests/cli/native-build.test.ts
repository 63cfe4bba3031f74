/** A package comes without machine code: `engine --build` makes it once, in the user's cache, and it is found there. */
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { cachedAddon, type Machine } from '../../src/kernels/addon.js';
import { findCompiler } from '../../src/kernels/compile-node.js';
import { CLI_MS, temporaryFolder } from './dissipa.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const compiler = process.platform === 'win32' ? null : await findCompiler();
const HINT = /^the kernels run as wasm; .*`npx dissipa engine --build`/m;
const TRAIN = 'train text.txt --hidden 4 --batch 2 --window 8 --steps 2 --probe off'.split(' ');

/** The project without its native build, as it is packed. */
let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
  const isMachineCode = (path: string): boolean => path.endsWith('.node');
  cpSync(join(root, 'dist'), join(folder, 'dist'), {
    recursive: true,
    filter: (path) => !isMachineCode(path),
  });
  for (const name of ['package.json', 'corpus', 'node_modules'])
    symlinkSync(join(root, name), join(folder, name), name === 'package.json' ? 'file' : 'junction');
  writeFileSync(join(folder, 'text.txt'), 'uma casa pequena, com certeza. '.repeat(20));
});

interface Done {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], cache: string, env: Record<string, string> = {}): Promise<Done> {
  const child = spawn(process.execPath, [join(folder, 'dist/cli/main.js'), ...args], {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: cache, ...env },
  });
  const [out, err]: string[][] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout: out.join(''), stderr: err.join('') };
}
const engineOf = (stdout: string): string => (JSON.parse(stdout) as { inUse: { name: string } }).inUse.name;
const filesOf = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => /[^/\\]\.\w+$/.test(name));

describe.skipIf(!compiler)('with a C compiler', () => {
  test(
    'two builds at once compile once; what they leave is taken from then on',
    { timeout: 4 * CLI_MS },
    async () => {
      const cache = temporaryFolder();
      const before = await run([...TRAIN, '--out', 'first'], cache);
      expect(before.code, before.stderr).toBe(0);
      expect(before.stderr.match(new RegExp(HINT, 'gm'))).toHaveLength(1);

      const builds = await Promise.all([
        run(['engine', '--build', '--json'], cache),
        run(['engine', '--build', '--json'], cache),
      ]);
      for (const { code, stdout, stderr } of builds) {
        expect(code, stderr).toBe(0);
        expect(engineOf(stdout)).toMatch(/^native/);
      }
      const said = builds.map(({ stderr }) => stderr).join('');
      expect(said.match(/^built native kernels/gm)).toHaveLength(1);
      expect(said.match(/^native kernels are there already/gm)).toHaveLength(1);
      expect(filesOf(cache).map((path) => path.split(sep).at(-1))).toEqual(['native.node']);

      const after = await run([...TRAIN, '--out', 'second'], cache);
      expect(after.code).toBe(0);
      expect(after.stderr).not.toMatch(HINT);

      // Whoever may write the file may run code in this process.
      const [addon] = filesOf(cache);
      chmodSync(join(cache, addon), 0o777);
      expect(engineOf((await run(['engine', '--json'], cache)).stdout)).toMatch(/^wasm/);
    },
  );

  test('an engine that was asked for is not talked out of', { timeout: CLI_MS }, async () => {
    const args = [...TRAIN, '--engine', 'wasm', '--out', 'third'];
    expect((await run(args, temporaryFolder())).stderr).not.toMatch(HINT);
  });

  test('what the compiler complains of is said, and nothing is left', { timeout: CLI_MS }, async () => {
    const cache = temporaryFolder();
    const fake = join(temporaryFolder(), 'fake-cc');
    writeFileSync(
      fake,
      '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "kernels.c:1: error: no vectors" >&2\nexit 1\n',
    );
    chmodSync(fake, 0o755);
    const { code, stderr } = await run(['engine', '--build'], cache, { CC: fake });
    expect(code).toBe(1);
    expect(stderr).toContain('could not compile the native kernels (kernels.c:1: error: no vectors)');
    expect(filesOf(cache)).toEqual([]);
  });
});

test('without a C compiler it says what to do', { timeout: CLI_MS }, async () => {
  const cache = temporaryFolder();
  const { code, stdout, stderr } = await run(['engine', '--build'], cache, { CC: 'no-such-compiler' });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    process.platform === 'win32' ? /^engine --build: / : /^CC=no-such-compiler: no C compiler was found/,
  );
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

describe('the place in the cache', () => {
  const machine: Machine = { platform: 'linux', arch: 'x64', abi: '115', home: '/home/u', env: {} };
  const sources = { 'kernels.c': 'int one;' };
  const at = (changes: Partial<Machine> = {}, text = 'int one;'): string =>
    cachedAddon({ ...sources, 'kernels.c': text }, { ...machine, ...changes }).replaceAll('\\', '/');

  test('is another one for other sources, another ABI, another machine', () => {
    const all = [
      at(),
      at({}, 'int two;'),
      at({ abi: '127' }),
      at({ arch: 'arm64' }),
      at({ platform: 'darwin' }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(at()).toBe(at());
  });

  test("is the system's for caches", () => {
    expect(at()).toMatch(
      /^\/home\/u\/\.cache\/dissipa\/native\/linux-x64-node115-[0-9a-f]{32}\/native\.node$/,
    );
    expect(at({ env: { XDG_CACHE_HOME: '/var/c' } })).toMatch(/^\/var\/c\/dissipa\//);
    expect(at({ env: { XDG_CACHE_HOME: 'relative' } })).toMatch(/^\/home\/u\/\.cache\//);
    expect(at({ platform: 'darwin' })).toMatch(/^\/home\/u\/Library\/Caches\/dissipa\//);
    expect(at({ platform: 'win32', env: { LOCALAPPDATA: '/local' } })).toMatch(/^\/local\/dissipa\/cache\//);
  });
});
