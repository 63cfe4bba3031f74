/**
 * Reads the texts a command is given, as one: cleaned, one after the other, an empty line between two; or record by
 * record; or byte by byte, with nothing between.
 */
import { createHash, type Hash } from 'node:crypto';
import { failure, interrupted } from '../base/errors.js';
import { listed, whatWasDone } from '../study/corpus/reading.js';
import { textWidth, wrap } from '../ui/terminal/wrap.js';
import type { RunText } from '../store/run-info.js';
import { symbolsOf } from '../text/alphabet.js';
import { ByteReader } from '../text/bytes.js';
import { TextReader } from '../text/decode.js';
import type { HowToRead } from '../text/reading.js';
import { END, RecordMarks } from '../text/records.js';
import type { InterruptedError, Environment } from './environment.js';
import { bytesFrom, findTexts, STDIN, unpacked } from './sources.js';

const stillReading = (): InterruptedError => interrupted('interrupted.reading', {});

export interface Streamed {
  readonly texts: readonly RunText[];
  /** SHA-256, hex, of the whole as it is passed on, in UTF-8. */
  readonly digest: string;
  /** SHA-256, hex, of the sources' bytes. */
  readonly sourceDigest: string;
}

/**
 * @param sources from `findTexts`
 * @param take is given the text, piece by piece, whole code points; answers with their number
 * @param isEnough asked after each piece: the rest is not read, and the digests are of no text then
 * @throws DissipaError where a source cannot be read, is binary or damaged; InterruptedError
 */
export async function streamTexts(
  environment: Environment,
  sources: readonly string[],
  reading: HowToRead,
  take: (piece: string) => Promise<number>,
  stop?: { readonly aborted: boolean },
  isEnough = (): boolean => false,
): Promise<Streamed> {
  const digest = createHash('sha256');
  const sourceDigest = createHash('sha256');
  const texts: RunText[] = [];
  let last = '';
  const pass = async (piece: string): Promise<number> => {
    if (stop?.aborted) throw stillReading();
    if (piece === '') return 0;
    digest.update(piece, 'utf8');
    last = piece;
    return take(piece);
  };
  const { records } = reading;
  const areBytes = reading.symbols === 'bytes';
  const between = (): string => (areBytes || records ? '' : last.endsWith('\n') ? '\n' : '\n\n');
  let isBegun = false;
  const hasBegun = (): boolean => isBegun;
  for (const path of sources) {
    if (isEnough()) break;
    const where = path === STDIN ? environment.words.reports.reading.standardInput : path;
    const reader = areBytes ? new ByteReader(where) : new TextReader(where, reading);
    const marks = records && new RecordMarks(records, areBytes);
    if (texts.length > 0) await pass(between());
    let characters = 0;
    const passOn = async (piece: string): Promise<void> => {
      const marked = marks ? marks.push(piece) : piece;
      if (marks && marked !== '' && !isBegun) {
        isBegun = true;
        await pass(END);
      }
      characters += await pass(marked);
    };
    for await (const bytes of unpacked(path, tapped(bytesFrom(environment, path), sourceDigest))) {
      await passOn(reader.push(bytes));
      if (isEnough()) break;
    }
    if (!isEnough()) {
      await passOn(reader.end());
      if (marks) characters += await pass(marks.end());
    }
    const ends = marks ? { records: marks.count } : {};
    texts.push({
      ...{ path, bytes: reader.bytes, characters: characters - (marks?.count ?? 0) },
      ...factsOf(reader, marks?.replaced),
      ...ends,
    });
  }
  if (records && !hasBegun() && !isEnough())
    throw failure('records.none', { where: listed(sources, environment.words), records });
  return { texts, digest: digest.digest('hex'), sourceDigest: sourceDigest.digest('hex') };
}

type Read = Pick<TextReader, 'encoding' | 'isNamed' | 'guess' | 'doubt' | 'cuts' | 'mentions'> & {
  readonly changes: Partial<TextReader['changes']>;
};

/** What is worth telling of a text that was read. */
function factsOf(
  { encoding, isNamed, guess, doubt, cuts, mentions, changes }: Read,
  reserved = 0,
): Partial<RunText> {
  const all: Record<string, number> = { ...changes, reserved };
  const counted = Object.entries(all).filter(([, count]) => count > 0);
  const cut = cuts.reduce((sum, { characters }) => sum + characters, 0);
  return {
    ...(encoding !== 'utf-8' && { encoding }),
    ...(encoding !== 'utf-8' && isNamed && { isNamed }),
    ...(guess && { guess: { certainty: guess.certainty, words: guess.words, rivals: guess.rivals } }),
    ...(doubt && {
      doubt: { line: doubt.place.line, encoding: doubt.encoding, words: doubt.words },
    }),
    ...(cut > 0 && { cut, cuts: cuts.filter(({ begins }) => begins !== '').slice(0, MOST_CUTS) }),
    ...(mentions > 0 && { mentions }),
    ...(counted.length > 0 && { changes: Object.fromEntries(counted) }),
  };
}

/** Of a file of a thousand books not all are remembered. */
const MOST_CUTS = 20;

/** Passes the bytes of a source on and takes them into a digest, with their number: where one ends, another begins. */
async function* tapped(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of bytes) {
    hash.update(piece);
    length += piece.length;
    yield piece;
  }
  hash.update(`\0${length}\0`);
}

/** `sourceDigest` alone: many times faster than reading. */
export async function digestSources(
  environment: Environment,
  sources: readonly string[],
  stop?: { readonly aborted: boolean },
): Promise<string> {
  const hash = createHash('sha256');
  for (const path of sources) {
    const pieces = tapped(bytesFrom(environment, path), hash);
    while ((await pieces.next()).done !== true) if (stop?.aborted) throw stillReading();
  }
  return hash.digest('hex');
}

export interface ReadTexts extends Streamed {
  /** All of them, one after the other. */
  readonly text: string;
  /** What the whole is called in errors. */
  readonly where: string;
}

/** Beyond it V8 has no strings. */
const LONGEST_STRING = 2 ** 29 - 24;

/**
 * The texts that `paths` mean as one string; on stderr, what was done to them.
 * @throws DissipaError as streamTexts, and where they are too long for one
 */
export async function readTexts(
  environment: Environment,
  paths: readonly string[],
  reading: HowToRead,
): Promise<ReadTexts> {
  let text = '';
  const streamed = await streamTexts(
    environment,
    await findTexts(environment.files, paths, { ext: reading.ext }),
    reading,
    (piece) => {
      if (text.length + piece.length > LONGEST_STRING)
        throw failure('source.too-long', { where: listed(paths, environment.words), most: LONGEST_STRING });
      text += piece;
      return Promise.resolve(symbolsOf(piece).length);
    },
  );
  tellWhatWasDone(environment, streamed.texts);
  return { ...streamed, text, where: listed(paths, environment.words) };
}

/** On stderr, what was done to texts as they were read. */
export function tellWhatWasDone({ err, columns, words }: Environment, texts: readonly RunText[]): void {
  for (const line of whatWasDone(texts, words)) err(`${wrap(line, textWidth(columns))}\n`);
}
