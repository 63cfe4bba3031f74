/**
 * What a queue of a sweep costs a Redis on this machine: bytes of a job, jobs put in and taken out a second, and what an
 * idle worker holds. `npx tsx scripts/bench-queue.ts redis://127.0.0.1:6379 [jobs] [workers]`; the queue is emptied after.
 */
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { sweepPlan } from '../src/study/sweep/options.js';

const [address = 'redis://127.0.0.1:6379', jobs = '20000', workers = '50'] = process.argv.slice(2);
const connect = (): Redis => new Redis(address, { maxRetriesPerRequest: null });
const redis = connect();
const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
const { options } = sweepPlan({ grid: 'cell=gru hidden=64 seed=1' });

const queue = new Queue('bench', { connection: redis, prefix: 'dissipa-bench' });
await queue.obliterate({ force: true });
const count = Number(jobs);
const before = await used();
let started = performance.now();
for (let from = 0; from < count; from += 500) {
  const some = Array.from({ length: Math.min(500, count - from) }, (_, i) => ({
    name: 'training',
    data: {
      version: '0',
      text: 'f'.repeat(64),
      id: `x-${from + i}`,
      index: from + i,
      share: null,
      options: { ...options[0] },
    },
    opts: { jobId: `x-${from + i}` },
  }));
  await queue.addBulk(some);
}
const put = (count * 1000) / (performance.now() - started);
const perJob = ((await used()) - before) / count;

const idle = await used();
const others = await Promise.all(
  Array.from({ length: Number(workers) }, async (_, i) => {
    const worker = new Worker(`idle-${i}`, () => Promise.resolve(), {
      connection: connect(),
      prefix: 'dissipa-bench',
    });
    await worker.waitUntilReady();
    return worker;
  }),
);
const perWorker = ((await used()) - idle) / others.length;
for (const other of others) await other.close(true);

started = performance.now();
let taken = 0;
await new Promise<void>((resolve) => {
  const worker = new Worker(
    'bench',
    () => {
      if (++taken === count) setTimeout(resolve, 0);
      return Promise.resolve({ lossNats: 1 });
    },
    { connection: connect(), prefix: 'dissipa-bench', concurrency: 64 },
  );
  worker.on('error', () => undefined);
});
const done = (count * 1000) / (performance.now() - started);
await queue.obliterate({ force: true });
console.log(
  JSON.stringify({
    jobs: count,
    putPerSecond: put,
    donePerSecond: done,
    bytesPerJob: perJob,
    bytesPerIdleWorker: perWorker,
  }),
);
process.exit(0);
