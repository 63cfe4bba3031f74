/** run.json: what a run was started with, for resuming it and for whoever looks at it later. */
import * as z from 'zod';
import { firstIssue } from '../base/issue.js';
import { listOf, recordOf } from '../base/lists.js';
import { failure, type DissipaError } from '../base/errors.js';
import type { Known } from '../base/known.js';
import { wants } from '../base/wanted.js';
import { RUN_VERSIONS } from '../train/state.js';
import type { InfoFault } from './problems.js';
import { readInfo } from './info-file.js';
import { strictJson } from './json.js';

const text = z.string();
const count = (from: number) => {
  const error = wants({ is: 'whole', from });
  return z.int(error).min(from, error);
};

/** What a text was made of, and what became of it. */
export const runTextSchema = z.looseObject({
  /** `-` for standard input. */
  path: text,
  /** As read, once unpacked. */
  bytes: count(0),
  /** As trained on, once cleaned. */
  characters: count(0),
  /** Where it is not UTF-8. */
  encoding: text.optional(),
  /** The encoding was given. */
  isNamed: z.boolean().optional(),
  /** Where the encoding was found out by what the text reads as. */
  guess: z
    .looseObject({
      certainty: z.enum(['sure', 'likely', 'unsure']),
      words: listOf(text),
      rivals: listOf(text),
    })
    .optional(),
  /** Words in a row that look like another encoding, too few to refuse the text for; the first of them, and its line. */
  doubt: z.looseObject({ line: count(1), encoding: text, words: listOf(text) }).optional(),
  /** Characters of boilerplate that were cut away. */
  cut: count(0).optional(),
  /** The first of the cuts, with their first and last words. */
  cuts: listOf(z.looseObject({ characters: count(0), begins: text, ends: text })).optional(),
  /** Times that the words `Project Gutenberg` are left in a text from which boilerplate is cut. */
  mentions: count(0).optional(),
  /** By kind, what was removed or replaced. */
  changes: recordOf(count(0)).optional(),
  /** Of a text of records, how many it has. */
  records: count(0).optional(),
});

export type RunText = Known<z.output<typeof runTextSchema>>;

const FORMAT = 'dissipa.run';

/** Texts that are listed one by one: a folder of a hundred thousand would make a list of 10 MB. */
const MOST_TEXTS = 1000;

/** What is kept of the texts. @param named paths as they were given */
export const keptTexts = (
  texts: readonly RunText[],
  named: readonly string[],
): Pick<RunInfo, 'texts' | 'sources' | 'textCount'> =>
  texts.length <= MOST_TEXTS
    ? { texts }
    : { texts: texts.slice(0, MOST_TEXTS), sources: named, textCount: texts.length };

/** The paths that mean a run's texts. */
export const pathsOf = ({ texts, sources }: Pick<RunInfo, 'texts' | 'sources'>): readonly string[] =>
  sources ?? texts.map(({ path }) => path);

/** How well a model predicts a part of the text: all of it. */
const figures = z
  .looseObject({
    predictions: count(0),
    /** mean, nats */
    lossNats: z.number(),
  })
  .nullable();
const resultSchema = z.looseObject({
  /** The step whose weights these are. */
  step: count(0),
  validation: figures,
  test: figures,
});
/** What came of a run that is at its end: of its best model, or where nothing is held out to tell, of its last. */
export type RunResult = Known<z.output<typeof resultSchema>>;

const isoTime = wants({ is: 'time' });

// Loose: what a later dissipa of the same version adds is kept when run.json is rewritten.
const infoSchema = z.looseObject({
  format: z.literal(FORMAT),
  /** How the run was begun, and goes on. */
  version: z.literal(RUN_VERSIONS),
  /** As given to the trainer; checked again in `train/`. */
  options: z.record(z.string(), z.unknown()),
  versions: z.looseObject({ dissipa: text, node: text.optional() }),
  engine: text,
  /** Of very many texts the first ones. */
  texts: listOf(runTextSchema),
  /** Of very many texts: what was named, which is folders and patterns, and how many they are. */
  sources: listOf(text).optional(),
  textCount: count(1).optional(),
  /** The version of the reading (text/versions.ts); 1 where it says nothing. */
  reading: count(1).optional(),
  /** SHA-256, hex, of the text the model is trained on: after decoding, as UTF-8. */
  digest: text.regex(/^[0-9a-f]{64}$/, wants({ is: 'hex' })),
  /** V */
  symbols: count(1),
  createdAt: z.iso.datetime({ offset: true, error: isoTime }),
  /** The model it began with, and how many symbols that had. */
  from: z.looseObject({ path: text, symbols: count(1) }).optional(),
  result: resultSchema.optional(),
});
type InfoKeys = Known<z.output<typeof infoSchema>>;
/** What a run was started with. */
export type RunInfo = Omit<InfoKeys, 'options'> & { readonly options: Readonly<Record<string, unknown>> };

/** Throws a plain Error for a run that could not be read back. */
export function encodeRunInfo(info: RunInfo): Uint8Array {
  const checked = infoSchema.safeParse(info);
  if (!checked.success) throw new Error(`run info: ${JSON.stringify(firstIssue(info, checked.error))}`);
  // As it is read back: a run that is taken up and left leaves the same bytes.
  return new TextEncoder().encode(`${strictJson(checked.data, 2)}\n`);
}

/** Throws DissipaError, with `where` in front. */
export function decodeRunInfo(bytes: Uint8Array, where: string): RunInfo {
  const bad = (fault: InfoFault): DissipaError => failure('run.bad-info', { where, fault });
  return readInfo(bytes, { format: FORMAT, versions: RUN_VERSIONS, schema: infoSchema }, bad).info;
}
