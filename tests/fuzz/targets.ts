/** Every reader of files, and a sound file for each: whatever the bytes, it answers, or says in a DissipaError what is wrong. */
import { gzipSync } from 'node:zlib';
import { Ansis } from 'ansis';
import { DissipaError } from '../../src/base/errors.js';
import { unpacked } from '../../src/cli/sources.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/store/checkpoint.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import { readHistory } from '../../src/store/history.js';
import { IdSpool, isIntact, readIdFileFacts } from '../../src/store/id-file.js';
import { logHeader, readLog } from '../../src/store/json-lines.js';
import { METRICS_FORMAT } from '../../src/store/run-files.js';
import { decodeRunInfo, encodeRunInfo } from '../../src/store/run-info.js';
import { decodeSafetensors, encodeSafetensors } from '../../src/store/safetensors.js';
import { readComparison } from '../../src/study/compare/comparison.js';
import { comparisonReport } from '../../src/study/compare/terminal.js';
import { decodeText } from '../../src/text/decode.js';
import { wordsIn } from '../../src/words/words.js';
import { makeCheckpoint, RUN_INFO, utf8 } from '../store/fixtures.js';
import { everyone } from '../study/compare/example.js';

const words = await wordsIn('en');

export interface Target {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  readonly read: (bytes: Uint8Array) => unknown;
}

const METRICS = utf8(
  `${logHeader(METRICS_FORMAT)}{"step":1,"lossNats":4.17,"gradientNorm":0.5,"clipScale":1,"lr":0.01,"elapsedMs":2.5}\n` +
    '{"step":2,"validationLossNats":4.1,"predictions":99,"isBest":true}\n',
);
const memory = { halfLife: 1, lag1pct: 3, lag1e6: null, drop: { decades: 1, lag: 2 } };
const GRADIENTS = utf8(
  `{"format":"dissipa.gradients","version":2}\n${JSON.stringify({
    step: 1,
    layers: [
      {
        ...{ layer: 0, total: { h: [1, 2], c: null }, lagLog10: { h: [-1, null], c: null } },
        ...{ recurrent: [1, 2], saturation: { tanh: [0, 1] } },
        memory: { ...memory, tail: null, timeConstant: 2, verdict: 'thin' },
      },
    ],
  })}\n`,
);

/** A long text's ids, as a run keeps them. */
async function idFile(): Promise<Uint8Array> {
  const files = memoryFiles();
  const spool = new IdSpool(() => files.create('t'), 2);
  await spool.add(Uint16Array.of(0, 1, 2, 1, 0));
  const facts = { key: 'k', symbols: ['a', 'b', 'c'], counts: [2, 2, 1], facts: { texts: [], digest: '' } };
  await spool.finish('text.ids', facts);
  return files.read('text.ids');
}

const withFile = async <T>(
  path: string,
  bytes: Uint8Array,
  read: (files: ReturnType<typeof memoryFiles>) => T,
) => {
  const files = memoryFiles();
  await files.makeFolder('d');
  await files.write(path, bytes);
  return read(files);
};

export const TARGETS: readonly Target[] = [
  {
    name: 'safetensors',
    seeds: [
      encodeSafetensors({
        tensors: new Map([['w', { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }]]),
        metadata: new Map([['format', 'x']]),
      }),
    ],
    read: (bytes) => decodeSafetensors(bytes, 'file'),
  },
  {
    name: 'checkpoint',
    seeds: [encodeCheckpoint(makeCheckpoint()), encodeCheckpoint(makeCheckpoint(2, false))],
    read: (bytes) => decodeCheckpoint(bytes, 'file'),
  },
  { name: 'run.json', seeds: [encodeRunInfo(RUN_INFO)], read: (bytes) => decodeRunInfo(bytes, 'file') },
  {
    name: 'metrics.jsonl',
    seeds: [METRICS],
    read: (bytes) => readLog(bytes, 'file', METRICS_FORMAT).keepThrough(1),
  },
  {
    name: 'gradients.jsonl',
    seeds: [GRADIENTS, utf8(new TextDecoder().decode(GRADIENTS).replace('"version":2', '"version":1'))],
    read: (bytes) =>
      withFile('d/gradients.jsonl', bytes, async (files) => {
        await files.write('d/run.json', encodeRunInfo(RUN_INFO));
        return readHistory(files, 'd');
      }),
  },
  {
    name: 'compare.json',
    seeds: [utf8(JSON.stringify(everyone()))],
    read: (bytes) =>
      withFile('d/compare.json', bytes, async (files) =>
        comparisonReport(await readComparison(files, 'd'), words, new Ansis(0), 80),
      ),
  },
  {
    name: 'text.ids',
    seeds: [await idFile()],
    read: (bytes) =>
      withFile('text.ids', bytes, async (files) => {
        const facts = await readIdFileFacts(files, 'text.ids');
        return facts && isIntact(files, 'text.ids', facts);
      }),
  },
  {
    name: 'a text',
    seeds: [
      utf8('O rio corre para o mar, e a carta chega tarde: é só isto.\n'),
      Uint8Array.of(0xff, 0xfe, 65, 0, 10, 0),
    ],
    read: (bytes) => decodeText(bytes, 'file'),
  },
  {
    name: 'gzip',
    seeds: [gzipSync('o rio corre para o mar')],
    read: async (bytes) => {
      async function* pieces(): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(bytes);
      }
      let length = 0;
      for await (const piece of unpacked('a.gz', pieces())) if ((length += piece.length) > 2 ** 26) break;
    },
  },
];

/** @throws what is no DissipaError: a defect */
export async function survive({ read }: Target, bytes: Uint8Array): Promise<'read' | 'refused'> {
  try {
    await read(bytes);
    return 'read';
  } catch (error) {
    if (error instanceof DissipaError) return 'refused';
    throw error;
  }
}
