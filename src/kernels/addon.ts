/**
 * The compiled kernels as a file: how the C sources are compiled, and where what came of it lies. Beside this module
 * in a checkout, whose build puts it there; else in the user's cache, where `dissipa engine --build` leaves it, under a
 * key of all that it depends on: another version of the sources, of Node's ABI or of the machine finds no file.
 */
import { sha256 } from '../base/digest.js';
import { generatedHeaders } from './c-header.js';

export const FLAGS: readonly string[] = [
  '-O3',
  '-std=gnu11',
  '-fPIC',
  '-fno-math-errno',
  '-fno-trapping-math',
  '-fvisibility=hidden',
  '-Wall',
  '-Wextra',
  '-Wno-psabi',
];

/** By set of instructions: the flags that allow them, and the vectors' width. One file holds all of an architecture. */
export const setsOf = (arch: string): Readonly<Record<string, readonly string[]>> =>
  arch === 'x64'
    ? {
        avx512: ['-march=x86-64-v4', '-mprefer-vector-width=512', '-DVECTOR_BYTES=64'],
        avx2: ['-march=x86-64-v3', '-DVECTOR_BYTES=32'],
        baseline: ['-DVECTOR_BYTES=16'],
      }
    : { baseline: ['-DVECTOR_BYTES=16'] };

export const linkFlags = (platform: string): readonly string[] =>
  platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-pthread'];

/** The sources want a compiler's vector extensions and POSIX threads. */
export const canBeCompiledOn = (platform: string): boolean => platform !== 'win32';

/** Those that the table of calls makes among them. @throws the system's error where the sources are not there */
export function readSources(): Readonly<Record<string, string>> {
  const { readdirSync, readFileSync } = process.getBuiltinModule('node:fs');
  const names = readdirSync(sourceFolder()).filter((name) => /\.[ch]$/.test(name));
  const own = names.sort().map((name) => [name, readFileSync(`${sourceFolder()}${name}`, 'utf8')] as const);
  return { ...Object.fromEntries(own), ...generatedHeaders() };
}

/** Ends with a separator. */
export const sourceFolder = (): string => pathOf('./c/');
/** Where a package has the headers of Node-API: not every installation of Node comes with them. */
export const headerFolder = (): string => pathOf('./c/node-api/');
export const besideThisModule = (): string => pathOf('./native.node');

const pathOf = (path: string): string =>
  process.getBuiltinModule('node:url').fileURLToPath(new URL(path, import.meta.url));

/** The user's folder for what can be made again. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Of Node's: an addon of another is not loaded. */
  readonly abi: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const thisMachine = (): Machine => ({
  platform: process.platform,
  arch: process.arch,
  abi: process.versions.modules,
  home: process.getBuiltinModule('node:os').homedir(),
  env: process.env,
});

/** Where this machine's addon lies once it is built, made from `sources`. */
export function cachedAddon(sources = readSources(), machine = thisMachine()): string {
  const { platform, arch, abi } = machine;
  const made = JSON.stringify([sources, FLAGS, setsOf(arch), linkFlags(platform)]);
  const key = `${platform}-${arch}-node${abi}-${sha256().add(made).hex().slice(0, 32)}`;
  return process.getBuiltinModule('node:path').join(cacheFolder(machine), 'native', key, 'native.node');
}

function cacheFolder({ platform, home, env }: Machine): string {
  const path = process.getBuiltinModule('node:path');
  const join = (...parts: string[]): string => path.join(...parts);
  // The specification of these folders has a relative one ignored.
  const own = env.XDG_CACHE_HOME;
  if (own !== undefined && path.isAbsolute(own)) return join(own, 'dissipa');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'dissipa');
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'dissipa', 'cache');
  return join(home, '.cache', 'dissipa');
}

/** Where an addon is, the likeliest first; one in the cache that another user may have put there is none. */
export function addonPaths(): string[] {
  const { existsSync, statSync } = process.getBuiltinModule('node:fs');
  const paths = [besideThisModule()].filter((path) => existsSync(path));
  try {
    const path = cachedAddon();
    const { uid, mode } = statSync(path);
    const isOurs = process.getuid === undefined || uid === process.getuid() || uid === 0;
    if (isOurs && (mode & 0o022) === 0) paths.push(path);
  } catch {
    // No sources, no home, or nothing there: all the same to who asks.
  }
  return paths;
}
