/**
 * The text that a model is measured on: the one that is named, or a run's own, or for a model alone the bundled corpus.
 * It goes by piece after piece and is never held as a whole, so that its length makes no difference.
 */
import * as z from 'zod';
import { DissipaError, misuse, worded } from '../base/errors.js';
import { listed } from '../study/corpus/reading.js';
import { joinPath } from '../store/files.js';
import { pathsOf, decodeRunInfo, type RunInfo } from '../store/run-info.js';
import { RUN } from '../store/run-files.js';
import { type Alphabet, UnknownSymbolsError } from '../text/alphabet.js';
import { checkSymbolOptions, type HowToRead, type SymbolOptions } from '../text/reading.js';
import { END } from '../text/records.js';
import { lengthsOf, splitRecords } from '../text/split.js';
import {
  lengthInSymbols,
  partOfSymbols,
  piecesOf,
  rangeOf,
  splitPiece,
  type Symbols,
  type TextPiece,
} from '../text/symbols.js';
import { SymbolReader, type Unknown } from '../text/unknown.js';
import { trainOptions } from '../train/options.js';
import { bundledCorpus } from './bundled-corpus.js';
import type { Environment } from './environment.js';
import { keptIds, readIds, readingOf, type IdOptions } from './ids.js';
import { findTexts } from './sources.js';
import { streamTexts, tellWhatWasDone } from './texts.js';
import { tellUnknown } from './unknown.js';

export interface MeasuredText {
  readonly name: string;
  readonly isBundled: boolean;
  /** Of a run that held nothing out. */
  readonly wasTrainedOn: boolean;
  readonly read: Read;
}

/** Hands a text on, until `take` answers that it has enough. */
type Read = (take: (piece: TextPiece) => boolean) => Promise<void>;

/** A run's folder, and what it was started with. */
export interface RunAt {
  readonly dir: string;
  readonly info: RunInfo;
}

const OWN_CHECKPOINT = /^(.*[/\\])?(?:best|step-\d+)\.safetensors$/;

/** The run that MODEL is: its folder, or one of its checkpoints; null for a model alone. */
export async function runAt({ files }: Environment, path: string): Promise<RunAt | null> {
  const isFolder = (await files.kind(path)) === 'folder';
  const dir = isFolder ? path : OWN_CHECKPOINT.test(path) ? path.replace(OWN_CHECKPOINT, '$1') || '.' : null;
  if (dir === null) return null;
  const file = joinPath(dir, RUN);
  return (await files.kind(file)) === 'file'
    ? { dir, info: decodeRunInfo(await files.read(file), file) }
    : null;
}

/**
 * @param alphabet of the model that is measured
 * @throws DissipaError where there is no such text; TextsGoneError where it is a run's own
 */
export async function textFor(
  env: Environment,
  run: RunAt | null,
  asked: { readonly text?: string | undefined } & HowToRead,
  alphabet?: Pick<Alphabet, 'records' | 'areBytes'>,
): Promise<MeasuredText> {
  const { text } = asked;
  // What its symbols are is the model's.
  const symbols: SymbolOptions = {
    records: alphabet?.records,
    symbols: alphabet?.areBytes ? 'bytes' : 'characters',
  };
  const reading = { ...asked, ...symbols };
  checkSymbolOptions(reading);
  if (text !== undefined) return { ...(await named(env, [text], reading)), isBundled: false };
  if (run) return ownText(env, run);
  return {
    ...(await named(env, [bundledCorpus()], symbols)),
    name: env.words.inspect.texts.bundled,
    isBundled: true,
  };
}

async function named(
  env: Environment,
  paths: readonly string[],
  reading: HowToRead,
): Promise<Omit<MeasuredText, 'isBundled'>> {
  const sources = await findTexts(env.files, paths, { ext: reading.ext });
  return {
    name: listed(paths, env.words),
    wasTrainedOn: false,
    read: async (take) => {
      let isEnough = false;
      const streamed = await streamTexts(
        env,
        sources,
        reading,
        (piece) => {
          isEnough = take(piece);
          return Promise.resolve(lengthInSymbols(piece));
        },
        undefined,
        () => isEnough,
      );
      tellWhatWasDone(env, streamed.texts);
    },
  };
}

/** Of a run's options, those that say what its text is. */
const { encoding, badBytes, keepBoilerplate, lowercase, records, symbols } = trainOptions.shape;
const { validation, test, seed } = trainOptions.shape;
const readAs = z.object({
  ...{ encoding, badBytes, keepBoilerplate, lowercase, records, symbols },
  ...{ validation, test, seed },
});

/** The run's texts are not where they were, or no longer what they were. */
export class TextsGoneError extends DissipaError {}

const gone = (where: string, why: 'gone' | 'options' | 'changed'): TextsGoneError =>
  new TextsGoneError(...worded('run.texts-gone', { where, why }));

/** What the run held out; where that is nothing, what it was trained on. */
async function ownText(env: Environment, { dir, info }: RunAt): Promise<MeasuredText> {
  const paths = pathsOf(info);
  for (const path of paths)
    if (!['file', 'folder'].includes(await env.files.kind(path))) throw gone(path, 'gone');
  const options = readAs.safeParse(info.options);
  if (!options.success) throw gone(RUN, 'options');
  const { validation: share, test: tested, ...how } = options.data;
  const reading = { ...how, version: readingOf(info.reading, RUN) };
  if (reading.records !== undefined) return ownRecords(env, { dir, info }, paths, reading, [share, tested]);
  const whole =
    (await wholeFromIds(env, dir, paths, reading)) ?? (await wholeFromSources(env, paths, reading));
  checkDigest(whole.digest, info, paths);
  // What is kept for testing is not looked at here.
  const { training, validation: held } = lengthsOf(whole.length, share, tested);
  return {
    name: held > 0 ? env.words.inspect.texts.heldOut : env.words.inspect.texts.own,
    isBundled: false,
    wasTrainedOn: held === 0,
    read: (take) => (held > 0 ? whole.read(training, training + held, take) : whole.read(0, training, take)),
  };
}

function checkDigest(digest: string, info: RunInfo, paths: readonly string[]): void {
  if (digest === info.digest) return;
  throw gone(paths.length === 1 ? paths[0] : `${paths[0]} …`, 'changed');
}

/** The records that the run held out, in the order that it has put them in. */
async function ownRecords(
  env: Environment,
  { dir, info }: RunAt,
  paths: readonly string[],
  options: Omit<IdOptions, 'minCount'>,
  [validation, test]: readonly [number, number],
): Promise<MeasuredText> {
  const { symbols, names, digest } = await recordsOf(env, dir, paths, options);
  checkDigest(digest, info, paths);
  const end = names.indexOf(END);
  const split = splitRecords(symbols, end, validation, test, RUN);
  const isHeld = split.validation.length > 0;
  return {
    name: isHeld ? env.words.inspect.texts.heldOutRecords : env.words.inspect.texts.ownRecords,
    isBundled: false,
    wasTrainedOn: !isHeld,
    read: (take) => {
      handOn(isHeld ? split.validation : split.training, names, take);
      return Promise.resolve();
    },
  };
}

/** Kept numbers as they are, with the symbols that they stand for. */
function handOn(numbers: Symbols, symbols: readonly string[], take: (piece: TextPiece) => boolean): void {
  for (const piece of piecesOf(numbers)) if (take({ numbers: piece, symbols })) break;
}

async function recordsOf(
  env: Environment,
  dir: string,
  paths: readonly string[],
  options: Omit<IdOptions, 'minCount'>,
): Promise<{ readonly symbols: Symbols; readonly names: readonly string[]; readonly digest: string }> {
  const kept = await keptIds(env, dir, { paths, options });
  if (kept !== null) {
    const { symbols: names, digest } = kept;
    return { symbols: kept.open(Uint16Array.from(names.keys())), names, digest };
  }
  const read = await readIds(env, {
    ...{ paths, options: { ...options, minCount: 1 }, near: dir, stop: env.interruption() },
    // They are put in order as a whole; a long text has its file in the run's folder, as a rule.
    mostInMemory: Infinity,
  });
  return { symbols: read.symbolsIn(dir), names: read.alphabet.symbols, digest: read.digest };
}

/** A run's text; any part of it, by its symbols. */
interface Whole {
  readonly digest: string;
  readonly length: number;
  readonly read: (from: number, to: number, ...take: Parameters<Read>) => Promise<void>;
}

/** From the run's id file, where there is one: at any place at once. */
async function wholeFromIds(
  env: Environment,
  dir: string,
  paths: readonly string[],
  reading: HowToRead,
): Promise<Whole | null> {
  const kept = await keptIds(env, dir, { paths, options: reading });
  if (kept === null) return null;
  const { symbols, digest } = kept;
  const ids = kept.open(Uint16Array.from(symbols.keys()));
  return {
    digest,
    length: ids.length,
    read: (from, to, take) => {
      try {
        handOn(rangeOf(ids, from, to), symbols, take);
      } finally {
        ids.close();
      }
      return Promise.resolve();
    },
  };
}

/** From its sources: once through for the digest and the length, and once more for what is wanted of it. */
async function wholeFromSources(
  env: Environment,
  paths: readonly string[],
  reading: HowToRead,
): Promise<Whole> {
  const sources = await findTexts(env.files, paths);
  let length = 0;
  const { digest } = await streamTexts(env, sources, reading, (piece) => {
    const symbols = lengthInSymbols(piece);
    length += symbols;
    return Promise.resolve(symbols);
  });
  return {
    digest,
    length,
    read: async (from, to, take) => {
      let at = 0;
      let isEnough = false;
      await streamTexts(
        env,
        sources,
        reading,
        (piece) => {
          const symbols = lengthInSymbols(piece);
          const wanted = partOfSymbols(piece, Math.max(0, from - at), Math.min(symbols, to - at));
          at += symbols;
          isEnough = (wanted !== '' && take(wanted)) || at >= to;
          return Promise.resolve(symbols);
        },
        undefined,
        () => isEnough,
      );
    },
  };
}

/**
 * The ids of a text's beginning: as many as are asked for, or as there are.
 * @throws UsageError where the model does not know the bundled corpus's symbols; DissipaError for those of another text
 */
export async function readBeginning(
  env: Environment,
  text: MeasuredText,
  alphabet: Alphabet,
  length: number,
  unknown?: Unknown,
): Promise<Uint16Array> {
  const reader = new SymbolReader(alphabet, text.name, unknown);
  const ids = new Uint16Array(length);
  let count = 0;
  try {
    await text.read((piece) => {
      // No further than is wanted: strangers beyond are nobody's concern.
      for (let rest: TextPiece | null = piece; rest !== null && count < length;) {
        const [next, after] = splitPiece(rest, length - count);
        rest = after;
        const read = reader.push(next);
        ids.set(read, count);
        count += read.length;
      }
      return count === length;
    });
  } catch (error) {
    if (!text.isBundled || !(error instanceof UnknownSymbolsError)) throw error;
    throw misuse('model.needs-text', {});
  }
  tellUnknown(env, text.name, reader, alphabet);
  return ids.subarray(0, count);
}
