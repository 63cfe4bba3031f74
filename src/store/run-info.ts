/** run.json: what a run was started with, for resuming it and for whoever looks at it later. */
import * as z from 'zod';
import { failure, type DissipaError } from '../base/errors.js';
import { wants } from '../base/wanted.js';
import { NEWEST_RUN, RUN_VERSIONS, type RunVersion } from '../train/state.js';
import type { InfoFault } from './problems.js';
import { firstIssue, isRecord, quoted, strictJson, tryJson, tryUtf8 } from './json.js';

const text = z.string(wants({ is: 'string' }));
const count = (from: number) => {
  const error = wants({ is: 'whole', from });
  return z.int(error).min(from, error);
};

/** What a text was made of, and what became of it. */
export const runTextSchema = z.looseObject(
  {
    path: text,
    bytes: count(0),
    characters: count(0),
    encoding: text.optional(),
    isNamed: z.boolean().optional(),
    guess: z
      .looseObject({
        certainty: z.enum(['sure', 'likely', 'unsure']),
        words: z.array(text),
        rivals: z.array(text),
      })
      .optional(),
    cut: count(0).optional(),
    cuts: z.array(z.looseObject({ characters: count(0), begins: text, ends: text })).optional(),
    mentions: count(0).optional(),
    changes: z.record(z.string(), count(0)).optional(),
    records: count(0).optional(),
  },
  wants({ is: 'object' }),
);

export interface RunText {
  /** `-` for standard input. */
  readonly path: string;
  /** As read, once unpacked. */
  readonly bytes: number;
  /** As trained on, once cleaned. */
  readonly characters: number;
  /** Where it is not UTF-8. */
  readonly encoding?: string | undefined;
  /** The encoding was given. */
  readonly isNamed?: boolean | undefined;
  /** Where the encoding was found out by what the text reads as. */
  readonly guess?:
    | {
        readonly certainty: 'sure' | 'likely' | 'unsure';
        readonly words: readonly string[];
        readonly rivals: readonly string[];
      }
    | undefined;
  /** Characters of boilerplate that were cut away. */
  readonly cut?: number | undefined;
  /** The first of the cuts, with their first and last words. */
  readonly cuts?:
    readonly { readonly characters: number; readonly begins: string; readonly ends: string }[] | undefined;
  /** Times that the words `Project Gutenberg` are left in a text from which boilerplate is cut. */
  readonly mentions?: number | undefined;
  /** By kind, what was removed or replaced. */
  readonly changes?: Readonly<Record<string, number>> | undefined;
  /** Of a text of records, how many it has. */
  readonly records?: number | undefined;
}

/** How well a model predicts a part of the text: all of it. */
export interface RunFigures {
  readonly predictions: number;
  /** mean, nats */
  readonly lossNats: number;
}

/** What came of a run that is at its end: of its best model, or where nothing is held out to tell, of its last. */
export interface RunResult {
  /** The step whose weights these are. */
  readonly step: number;
  readonly validation: RunFigures | null;
  readonly test: RunFigures | null;
}

export interface RunInfo {
  readonly format: 'dissipa.run';
  /** How the run was begun, and goes on. */
  readonly version: RunVersion;
  /** As given to the trainer; checked again in `train/`. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly versions: { readonly dissipa: string; readonly node?: string | undefined };
  readonly engine: string;
  /** Of very many texts the first ones. */
  readonly texts: readonly RunText[];
  /** Of very many texts: what was named, which is folders and patterns, and how many they are. */
  readonly sources?: readonly string[] | undefined;
  readonly textCount?: number | undefined;
  /** The version of the reading (text/reading.ts); 1 where it says nothing. */
  readonly reading?: number | undefined;
  /** SHA-256, hex, of the text the model is trained on: after decoding, as UTF-8. */
  readonly digest: string;
  /** V */
  readonly symbols: number;
  /** ISO 8601 */
  readonly createdAt: string;
  readonly result?: RunResult | undefined;
  /** The model it began with, and how many symbols that had. */
  readonly from?: { readonly path: string; readonly symbols: number } | undefined;
}

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

const figures = z
  .looseObject(
    { predictions: count(0), lossNats: z.number(wants({ is: 'number' })) },
    wants({ is: 'object' }),
  )
  .nullable();
const isoTime = wants({ is: 'time' });

// Loose: what a later dissipa of the same version adds is kept when run.json is rewritten.
const infoSchema = z.looseObject({
  format: z.literal(FORMAT),
  version: z.literal(RUN_VERSIONS),
  options: z.record(z.string(), z.unknown(), wants({ is: 'object' })),
  versions: z.looseObject({ dissipa: text, node: text.optional() }, wants({ is: 'object' })),
  engine: text,
  texts: z.array(runTextSchema, wants({ is: 'list' })),
  sources: z.array(text, wants({ is: 'list' })).optional(),
  textCount: count(1).optional(),
  reading: count(1).optional(),
  digest: text.regex(/^[0-9a-f]{64}$/, wants({ is: 'hex' })),
  symbols: count(1),
  createdAt: z.iso.datetime({ offset: true, error: isoTime }),
  from: z.looseObject({ path: text, symbols: count(1) }, wants({ is: 'object' })).optional(),
  result: z
    .looseObject({ step: count(0), validation: figures, test: figures }, wants({ is: 'object' }))
    .optional(),
});

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
  const parsed = tryJson(tryUtf8(bytes) ?? '');
  if (!isRecord(parsed?.value)) throw bad({ is: 'no-object' });
  const { format, version } = parsed.value;
  if (format !== FORMAT) throw bad({ is: 'format', format: quoted(format), expected: FORMAT });
  if (!RUN_VERSIONS.some((known) => known === version)) {
    const isNewer = typeof version === 'number' && version > NEWEST_RUN;
    throw bad({ is: 'version', version: quoted(version), newest: NEWEST_RUN, isNewer });
  }
  const info = infoSchema.safeParse(parsed.value);
  if (info.success) return info.data;
  throw bad({ is: 'entry', issue: firstIssue(parsed.value, info.error) });
}
