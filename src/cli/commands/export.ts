/** `dissipa export RUN --pytorch DIR`: a run's newest checkpoint, its text and a script, for PyTorch to go on with. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { DissipaError, failure, misuse, shownError } from '../../base/errors.js';
import { shownName, visibleInLine } from '../../base/visible.js';
import {
  checkpointPieces,
  OtherFormatError,
  readCheckpoint,
  type Checkpoint,
} from '../../store/checkpoint.js';
import { FileError, joinPath, type FileStore } from '../../store/files.js';
import { strictJson } from '../../store/json.js';
import { listSteps, RUN, stepName } from '../../store/run-files.js';
import { decodeRunInfo, type RunInfo } from '../../store/run-info.js';
import { temporaryName } from '../../store/temporary.js';
import { exportedRun } from '../../study/export/plan.js';
import { Alphabet } from '../../text/alphabet.js';
import { piecesOf } from '../../text/symbols.js';
import { parseTrainingState } from '../../train/state.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import type { Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { readingOf, readSameText, type TextInIds } from '../ids.js';
import { ontoOf } from '../origin.js';
import { shellWord } from '../../base/shell-word.js';
import { checkTextsAreThere } from '../sources.js';
import { namedFlag } from './model.js';

export const exportFlags = z.strictObject({
  pytorch: namedFlag('files', 'folder'),
  text: namedFlag('data', 'file'),
});

/** A part of the package. */
const SCRIPT = fileURLToPath(new URL('../../study/export/train.py', import.meta.url));
const [CHECKPOINT, TEXT, TRAIN] = ['checkpoint.safetensors', 'text.u16', 'train.py'];

interface Newest {
  readonly path: string;
  readonly checkpoint: Checkpoint;
}

/** @returns the exit code */
export async function exportRun(env: Environment, dir: string, argv: Given): Promise<number> {
  const { pytorch: out, text } = readFlags(exportFlags, argv);
  if (out === undefined) throw misuse('export.no-target', { none: true });
  const { files } = env;
  const { words } = env;
  const info = await infoOf(files, dir);
  await checkIsNew(files, out);
  const { path, checkpoint } = await newestOf(files, dir, (reason) => {
    env.err(`${words.exporting.passedOver(shownError(reason))}\n`);
  });
  const read = await textOf(env, dir, info, checkpoint, path, text);
  const ids = read.symbolsIn(dir);
  const run = exportedRun(checkpoint, ids, path);

  await files.makeFolder(out);
  const write = async (name: string, pieces: Iterable<Uint8Array>): Promise<void> => {
    const file = await files.create(joinPath(out, await temporaryName(env.processes, name)));
    try {
      for (const piece of pieces) await file.write(piece);
      await file.finish(joinPath(out, name));
    } finally {
      await file.discard();
    }
  };
  await write(CHECKPOINT, checkpointPieces(checkpoint));
  await write(TEXT, bytesOf(piecesOf(ids)));
  await write(TRAIN, [await readFile(SCRIPT)]);
  // Last, so that a folder with it is complete.
  await write(RUN, [new TextEncoder().encode(`${strictJson(run)}\n`)]);

  const script = shellWord(joinPath(out, TRAIN));
  const best = shellWord(joinPath(out, 'best.safetensors'));
  const { exporting, numbers } = words;
  const width = textWidth(env.outColumns);
  env.out(
    `${wrap(exporting.written(visibleInLine(out), visibleInLine(path), numbers.count(ids.length)), width)}\n\n` +
      `${wrap(exporting.goOn, width)}\n  python3 ${script}\n  torchrun --nproc_per_node 4 ${script}\n\n` +
      `${wrap(exporting.back, width)}\n  npx dissipa inspect ${best} --text ${shellWord(text ?? info.texts.at(0)?.path ?? 'TEXT')}\n`,
  );
  return 0;
}

function* bytesOf(pieces: Iterable<Uint16Array>): Generator<Uint8Array> {
  for (const piece of pieces) yield new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
}

/** @throws DissipaError where it is not the folder of a run */
async function infoOf(files: FileStore, dir: string): Promise<RunInfo> {
  const path = joinPath(dir, RUN);
  const kind = await files.kind(dir);
  if (kind !== 'folder' || (await files.kind(path)) !== 'file')
    throw failure('export.no-run', { where: dir, kind });
  return decodeRunInfo(await files.read(path), path);
}

const MOST_NAMED = 3;

/** @throws DissipaError where anything is there already */
async function checkIsNew(files: FileStore, dir: string): Promise<void> {
  const kind = await files.kind(dir);
  if (kind === 'none') return;
  if (kind !== 'folder') throw failure('export.no-folder', { dir });
  const names = await files.list(dir);
  if (names.length === 0) return;
  const named = names.slice(0, MOST_NAMED).map(shownName).join(', ');
  throw failure('export.not-empty', { dir, names: names.length > MOST_NAMED ? `${named}, …` : named });
}

/** The newest that is whole; it may be of a run that is in training. @throws DissipaError where there is none */
async function newestOf(
  files: FileStore,
  dir: string,
  passOver: (reason: DissipaError) => void,
): Promise<Newest> {
  let first: DissipaError | null = null;
  for (const step of (await listSteps(files, dir)).reverse()) {
    const path = joinPath(dir, stepName(step));
    try {
      const checkpoint = readCheckpoint(files, path);
      parseTrainingState(checkpoint.training?.state, path);
      return { path, checkpoint };
    } catch (error) {
      if (!(error instanceof DissipaError) || error instanceof FileError || error instanceof OtherFormatError)
        throw error;
      first ??= error;
      passOver(error);
    }
  }
  throw first
    ? failure('export.all-damaged', { where: dir, reason: first.message }, { cause: first })
    : failure('export.no-checkpoint', { where: dir });
}

/** As a resumed run reads it. @throws DissipaError where it is gone, or another */
async function textOf(
  env: Environment,
  dir: string,
  info: RunInfo,
  { alphabet, kind, training }: Checkpoint,
  path: string,
  named: string | undefined,
): Promise<TextInIds> {
  const paths = named === undefined ? info.texts.map((text) => text.path) : [named];
  const command = `export ${shellWord(dir)} --text TEXT`;
  if (named === undefined) await checkTextsAreThere(env.files, paths, 'run', command);
  const { options } = parseTrainingState(training?.state, path);
  const onto = info.from ? ontoOf(new Alphabet(alphabet, kind), options.unknown, options.records) : null;
  const version = readingOf(info.reading, joinPath(dir, RUN));
  const given = { paths, options: { ...options, version }, stop: env.interruption(), onto };
  return readSameText(env, dir, given, info.digest, 'run');
}
