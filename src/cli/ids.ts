/**
 * A run's text in symbol ids, read in one go from its sources; short ones stay in memory, long ones go to `text.ids` in
 * the run's folder, from where they are taken again when the run is resumed and its sources are as they were.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { failure } from '../base/errors.js';
import { joinPath } from '../store/files.js';
import { IdFile, IdSpool, isIntact, readIdFileFacts, type IdFileFacts } from '../store/id-file.js';
import { TEXT_IDS } from '../store/run-files.js';
import { runTextSchema, type RunText } from '../store/run-info.js';
import { removeLeftovers, temporaryName } from '../store/temporary.js';
import type { Alphabet } from '../text/alphabet.js';
import { idsOnto, readable, type Onto } from '../text/onto.js';
import type { HowToRead } from '../text/reading.js';
import { isVersion, READING_VERSION, type ReadingVersion } from '../text/versions.js';
import { SymbolCount } from '../text/symbol-count.js';
import type { Symbols } from '../text/symbols.js';
import type { TrainOptions } from '../train/options.js';
import type { Environment } from './environment.js';
import { listed } from '../study/corpus/reading.js';
import type { Purpose } from './folders.js';
import { findTexts, isReadOnce } from './sources.js';
import { digestSources, streamTexts } from './texts.js';

/** @param seed of the order that records are put in [1] */
export type IdOptions = HowToRead & Pick<TrainOptions, 'minCount'> & { readonly seed?: number | undefined };

export interface TextInIds {
  readonly alphabet: Alphabet;
  /** The symbols of the text as they are, whatever the alphabet makes of them. */
  readonly count: SymbolCount;
  readonly texts: readonly RunText[];
  /** SHA-256, hex, of the text, in UTF-8. */
  readonly digest: string;
  /** What the whole is called in errors. */
  readonly where: string;
  /** The ids; of a long text once it has been `keepIn(dir)`. */
  readonly symbolsIn: (dir: string) => Symbols;
  readonly keepIn: (dir: string) => Promise<void>;
  /** Removes what lies on the disk and was not kept. */
  readonly discard: () => Promise<void>;
}

/**
 * The reading that something was begun with.
 * @throws DissipaError for one that is not known
 */
export function readingOf(reading: number | undefined, where: string): ReadingVersion {
  const version = reading ?? 1;
  if (isVersion(version)) return version;
  throw failure('run.newer-reading', { where, version, newest: READING_VERSION });
}

interface ReadIdsOptions {
  readonly paths: readonly string[];
  readonly options: IdOptions;
  /** What is to be done with them, for what is said of a folder that holds none. */
  readonly command?: Purpose;
  /** A folder on the disk that the run will be on. */
  readonly near: string;
  readonly stop: { readonly aborted: boolean };
  /** A model that the ids are to be of. */
  readonly onto?: Onto | null;
  /** Bytes of ids that stay in memory. */
  readonly mostInMemory?: number;
}

/** @throws DissipaError where the texts cannot be read, or have no alphabet; InterruptedError */
export async function readIds(environment: Environment, given: ReadIdsOptions): Promise<TextInIds> {
  const { paths, options, near, stop, onto = null } = given;
  const { files, processes } = environment;
  await removeLeftovers(files, processes, near);
  const sources = await findTexts(files, paths, { ext: options.ext, command: given.command });
  const where = listed(paths, environment.words);
  const count = new SymbolCount(where);
  const spool = new IdSpool(async () => {
    environment.err(`${environment.words.reports.reading.long}\n`);
    await files.makeFolder(near);
    return files.create(joinPath(near, await temporaryName(processes, TEXT_IDS)));
  }, given.mostInMemory);
  try {
    let numbers = new Uint16Array();
    const kept = onto === null ? null : readable(onto);
    const read = await streamTexts(
      environment,
      sources,
      options,
      async (read) => {
        const piece = kept === null ? read : kept(read);
        if (numbers.length < piece.length) numbers = new Uint16Array(piece.length);
        const characters = count.add(piece, numbers);
        await spool.add(numbers.subarray(0, characters));
        return characters;
      },
      stop,
    );
    const { texts, digest } = read;
    if (options.records)
      await spool.shuffle(
        files,
        async () => joinPath(near, await temporaryName(processes, TEXT_IDS)),
        seedOf(options),
      );
    const { alphabet, ids } = alphabetOf(count, options, onto, where);
    const facts: IdFileFacts = {
      key: keyOf(read.sourceDigest, options, onto),
      symbols: count.symbols,
      counts: [...count.counts],
      facts: { texts, digest } satisfies Facts,
    };
    const memory = spool.isLarge ? null : spool.inMemory(ids);
    return {
      ...{ alphabet, count, texts, digest, where },
      symbolsIn: (dir) => memory ?? new IdFile(files, joinPath(dir, TEXT_IDS), spool.length, ids),
      keepIn: async (dir) => {
        if (spool.isLarge) await spool.finish(joinPath(dir, TEXT_IDS), facts);
      },
      discard: () => spool.discard(),
    };
  } catch (error) {
    await spool.discard();
    throw error;
  }
}

/**
 * The text of what is to be resumed, kept in its folder.
 * @param started the digest of the text it was begun with
 * @throws DissipaError where this is another text
 */
export async function readSameText(
  environment: Environment,
  dir: string,
  given: Omit<ReadIdsOptions, 'near'>,
  started: string,
  what: 'run' | 'comparison' | 'sweep',
): Promise<TextInIds> {
  const read = await readIdsAgain(environment, dir, given);
  try {
    if (read.digest !== started) throw failure('run.other-text', { where: read.where, what });
    await read.keepIn(dir);
    return read;
  } finally {
    await read.discard();
  }
}

/** From its id file, where that is of these sources, else read anew. */
async function readIdsAgain(
  environment: Environment,
  dir: string,
  given: Omit<ReadIdsOptions, 'near'>,
): Promise<TextInIds> {
  const { files, processes } = environment;
  await removeLeftovers(files, processes, dir);
  const { paths, options } = given;
  const kept = await keptIds(environment, dir, given);
  if (kept === null) return readIds(environment, { ...given, near: dir });
  const where = listed(paths, environment.words);
  const count = SymbolCount.of(where, kept.symbols, kept.counts);
  const { alphabet, ids } = alphabetOf(count, options, given.onto, where);
  const { texts, digest } = kept;
  return {
    ...{ alphabet, count, where, texts, digest },
    symbolsIn: () => kept.open(ids),
    keepIn: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}

/** A run's text as its id file has it: as it was before symbols that are met seldom became one. */
export interface KeptIds extends Facts, Pick<IdFileFacts, 'symbols' | 'counts'> {
  /** @param ids by number: what the numbers in the file are read as */
  readonly open: (ids: Uint16Array) => IdFile;
}

/** The id file of a run's folder; null where it is missing, damaged, or of other sources than these are now. */
export async function keptIds(
  environment: Environment,
  dir: string,
  { paths, options, command, stop, onto }: KeptOptions,
): Promise<KeptIds | null> {
  const { files } = environment;
  const path = joinPath(dir, TEXT_IDS);
  const kept = await readIdFileFacts(files, path);
  const facts = factsSchema.safeParse(kept?.facts);
  if (kept === null || !facts.success) return null;
  const sources = await findTexts(files, paths, { ext: options.ext, command });
  for (const source of sources) if (await isReadOnce(environment, source)) return null;
  if (kept.key !== keyOf(await digestSources(environment, sources, stop), options, onto)) return null;
  if (!(await isIntact(files, path, kept, stop))) return null;
  const { symbols, counts } = kept;
  const characters = counts.reduce((sum, count) => sum + count, 0);
  return {
    ...{ ...facts.data, symbols, counts },
    open: (ids) => new IdFile(files, path, characters, ids),
  };
}

interface KeptOptions extends Pick<Partial<ReadIdsOptions>, 'command' | 'stop' | 'onto'> {
  readonly paths: readonly string[];
  readonly options: Omit<IdOptions, 'minCount'>;
}

const alphabetOf = (
  count: SymbolCount,
  { minCount, records, symbols }: IdOptions,
  onto: Onto | null | undefined,
  where: string,
): ReturnType<SymbolCount['alphabet']> =>
  onto
    ? idsOnto(count, onto, minCount, where)
    : count.alphabet(minCount, { records, bytes: symbols === 'bytes' });

const seedOf = ({ seed = 1 }: Pick<IdOptions, 'seed'>): number => seed;

const factsSchema = z.object({ texts: listOf(runTextSchema), digest: z.string() });
type Facts = Pick<TextInIds, 'texts' | 'digest'>;

/** Of the sources as they are, and the options they are read with. */
export function keyOf(
  sourceDigest: string,
  options: Omit<IdOptions, 'minCount'>,
  onto?: Onto | null,
): string {
  const { encoding, keepBoilerplate, lowercase, badBytes = 'refuse', version = READING_VERSION } = options;
  // As it was before there were versions: the files of old runs are taken again.
  const later = version === 1 ? [] : [badBytes, version];
  const { records, symbols } = options;
  const ofRecords = records ? ['records', records, seedOf(options)] : [];
  const ofBytes = symbols === 'bytes' ? [symbols] : [];
  const skipped = onto?.unknown === 'skip' ? [onto.alphabet.symbols] : [];
  return createHash('sha256')
    .update(
      JSON.stringify([
        sourceDigest,
        encoding,
        keepBoilerplate,
        lowercase,
        ...later,
        ...skipped,
        ...ofRecords,
        ...ofBytes,
      ]),
    )
    .digest('hex');
}
