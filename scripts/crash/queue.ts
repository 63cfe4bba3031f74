/**
 * A study by a queue that is hit: `npx tsx scripts/crash/queue.ts [--study sweep|compare] [--jobs N] [--workers N] [--seed N]
 * [--namespace]` after a build. Workers are killed at random and begun anew, Redis too, once; then every result must be
 * there once, and the same bits as on one machine. With --namespace (root, Linux) half of the workers are on a second host:
 * a network namespace of its own, joined to this one by a virtual cable.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Rng } from '../../src/base/rng.js';

const { values } = parseArgs({
  options: {
    study: { type: 'string', default: 'sweep' },
    jobs: { type: 'string', default: '500' },
    workers: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '6399' },
    namespace: { type: 'boolean', default: false },
  },
});
const [jobs, count, port] = [Number(values.jobs), Number(values.workers), Number(values.port)];
const rng = Rng.fromSeed(Number(values.seed));
const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const cwd = mkdtempSync(join(tmpdir(), 'dissipa-queue-'));
const started = Date.now();
writeFileSync(
  join(cwd, 'text.txt'),
  'o rio corre para o mar, e a carta chega tarde; tudo se dissipa.\n'.repeat(60),
);

const NAMESPACE = 'dissipa-trial';
const [HERE, THERE] = ['10.231.17.1', '10.231.17.2'];
const host = values.namespace ? HERE : '127.0.0.1';
const address = `redis://:secret@${host}:${port}`;
function ip(line: string): void {
  const { status, stderr } = spawnSync('ip', line.split(' '), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${line}: ${stderr}`);
}

const children = new Set<ChildProcess>();
function begin(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', resolve));

const redis = (): ChildProcess => {
  const options = `--port ${port} --bind ${host} --requirepass secret --appendonly yes --appendfsync always --dir ${cwd}`;
  return begin('redis-server', [...options.split(' '), '--save', '']);
};
const worker = (i: number): ChildProcess => {
  const args = [process.execPath, program, 'worker', '--queue', address, '--jobs', '1'];
  const isThere = values.namespace && i % 2 === 1;
  const whole = isThere ? ['ip', 'netns', 'exec', NAMESPACE, ...args] : args;
  return begin(whole[0], whole.slice(1));
};

interface Study {
  /** Between two kills, and up to four times that: a worker makes several trainings, or several checkpoints, in a life. */
  readonly pauseMs: number;
  readonly given: readonly string[];
  /** Of a folder, each that is there, without the seconds it took. */
  readonly resultsIn: (dir: string) => readonly string[];
}
const withoutSeconds = (result: object): string =>
  JSON.stringify(result, (key, value: unknown) => (/seconds$/i.test(key) ? 0 : value));
const SIZES = '--batch 2 --window 8 --engine wasm';
const CELLS = 'tanh,sigmoid,relu,lstm,gru';
const STUDIES: Readonly<Record<string, Study>> = {
  sweep: {
    pauseMs: 1000,
    given: [
      ...['sweep', 'text.txt', '--grid', `hidden=2..6 seed=1..${Math.ceil(jobs / 5)}`],
      ...`${SIZES} --steps 120 --checkpoint-every 20`.split(' '),
    ],
    resultsIn: (dir) =>
      readFileSync(join(cwd, dir, 'results.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => withoutSeconds(JSON.parse(line) as object)),
  },
  compare: {
    pauseMs: 3000,
    given: [
      ...['compare', 'text.txt', '--only', CELLS, '--seeds', String(Math.ceil(jobs / 5))],
      ...`${SIZES} --hidden 16 --characters 600000`.split(' '),
    ],
    resultsIn: (dir) => {
      const { results } = JSON.parse(readFileSync(join(cwd, dir, 'compare.json'), 'utf8')) as {
        results: (object | null)[];
      };
      return results.flatMap((result) => (result === null ? [] : [withoutSeconds(result)]));
    },
  },
};
const wanted = Object.hasOwn(STUDIES, values.study) ? STUDIES[values.study] : null;
if (wanted === null)
  throw new Error(`--study: is ${values.study}, expected ${Object.keys(STUDIES).join(' or ')}`);
const { given, resultsIn, pauseMs } = wanted;
const study = (...more: string[]): ChildProcess => begin(process.execPath, [program, ...given, ...more]);
const resultsSoFar = (dir: string): readonly string[] => {
  try {
    return resultsIn(dir);
  } catch {
    return [];
  }
};

let [kills, restarts] = [0, 0];
try {
  if (values.namespace) {
    ip(`netns add ${NAMESPACE}`);
    ip(`link add dissipa0 type veth peer name dissipa1 netns ${NAMESPACE}`);
    ip(`addr add ${HERE}/24 dev dissipa0`);
    ip('link set dissipa0 up');
    ip(`-n ${NAMESPACE} addr add ${THERE}/24 dev dissipa1`);
    ip(`-n ${NAMESPACE} link set dissipa1 up`);
  }
  let server = redis();
  await setTimeout(1000);
  const workers = Array.from({ length: count }, (_, i) => worker(i));
  const asked = study('--out', 'queued', '--queue', address);
  const all = ended(asked);
  let code: number | null | undefined;
  void all.then((found) => (code = found));
  while (code === undefined) {
    await setTimeout(pauseMs * (1 + 3 * rng.uniform()));
    const i = Math.floor(rng.uniform() * count);
    workers[i].kill('SIGKILL');
    kills++;
    workers[i] = worker(i);
    if (restarts === 0 && resultsSoFar('queued').length > jobs / 2) {
      restarts++;
      const gone = ended(server);
      server.kill('SIGKILL');
      await gone;
      server = redis();
    }
    process.stderr.write(`${resultsSoFar('queued').length} of ${jobs}, ${kills} kills\n`);
  }
  const here = await ended(study('--out', 'here'));
  const queued = [...resultsSoFar('queued')].sort();
  const alone = [...resultsSoFar('here')].sort();
  const isSame = code === 0 && here === 0 && JSON.stringify(queued) === JSON.stringify(alone);
  const same = queued.filter((line) => alone.includes(line)).length;
  process.stdout.write(
    `${alone.length} trainings, ${queued.length} results by the queue, ${same} the same bits; ${count} workers${values.namespace ? ', half of them on a second host' : ''}; ${kills} kills, Redis killed ${restarts} time(s); ${Math.round((Date.now() - started) / 1000)} s\n`,
  );
  process.exitCode = isSame ? 0 : 1;
} finally {
  for (const child of children) child.kill('SIGKILL');
  if (values.namespace) spawnSync('ip', ['netns', 'del', NAMESPACE]);
  if (process.exitCode === 0) rmSync(cwd, { recursive: true });
}
