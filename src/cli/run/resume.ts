/** A run that is taken up where its newest checkpoint is whole. */
import { UsageError, failure, misuse, shownError } from '../../base/errors.js';
import { flagOf } from '../../base/options.js';
import { shellWord } from '../../base/shell-word.js';
import { joinPath } from '../../store/files.js';
import { RunFolder } from '../../store/run-folder.js';
import { pathsOf } from '../../store/run-info.js';
import { Alphabet } from '../../text/alphabet.js';
import { parseTrainOptions, type TrainOptions } from '../../train/options.js';
import { resumedWith } from '../../train/resuming.js';
import { bundledCorpus } from '../bundled-corpus.js';
import { openEngineFor } from '../engines.js';
import type { Environment } from '../environment.js';
import type { Given } from '../flags.js';
import { readingOf, readSameText } from '../ids.js';
import { ontoOf } from '../origin.js';
import { checkEnd } from '../run-end.js';
import { checkTextsAreThere } from '../sources.js';
import { versions } from '../versions.js';
import { makeTrainer, splitFor, type Prepared } from './prepared.js';

export async function resumeRun(
  environment: Environment,
  dir: string,
  paths: readonly string[],
  given: Given,
  out: unknown,
  stop: AbortSignal,
): Promise<Prepared> {
  const { files, processes } = environment;
  if (out !== undefined) throw misuse('command.new-only', { option: '--out', what: 'run', dir });
  const folder = await RunFolder.open(files, processes, dir);
  try {
    const options = resumedOptions(folder, given);
    const texts = paths.length > 0 ? paths : pathsOf(folder.info);
    if (paths.length === 0)
      await checkTextsAreThere(files, texts, 'run', `train TEXT --resume ${shellWord(dir)}`);
    const version = readingOf(folder.info.reading, joinPath(dir, 'run.json'));
    const how = { ...options, version };
    const begun = folder.info.from
      ? await folder.latest(({ checkpoint: { alphabet, kind } }) => new Alphabet(alphabet, kind))
      : null;
    const onto = folder.info.from
      ? ontoOf(begunWith(folder, begun?.taken ?? null), options.unknown, options.records)
      : null;
    const again = { paths: texts, options: how, command: 'train' as const, stop, onto };
    const read = await readSameText(environment, dir, again, folder.info.digest, 'run');
    const kernels = await openEngineFor(environment, options.engine, options.threads);
    const split = splitFor(read, dir, options);
    const latest = await folder.latest((found) =>
      makeTrainer(kernels, read, split, options, folder.info.version, found),
    );
    for (const { reason } of latest?.skipped ?? []) {
      environment.err(`${environment.words.training.notes.passedOver(shownError(reason))}\n`);
    }
    const trainer = latest?.taken ?? makeTrainer(kernels, read, split, options, folder.info.version);
    checkEnd(trainer, options);
    await folder.rewind(latest?.step ?? -1);
    await folder.prune(options.keep);
    await folder.updateInfo({ options: trainer.options, engine: kernels.name, versions, result: undefined });
    return { folder, trainer, options, read, split, paths: commandPaths(texts), choice: null };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/**
 * The symbols of a run that began with a model: its text alone does not tell them.
 * @throws DissipaError where it was killed before it had kept them
 */
function begunWith({ dir, info }: RunFolder, kept: Alphabet | null): Alphabet {
  if (kept !== null) return kept;
  throw failure('run.no-beginning', { where: dir, from: info.from?.path ?? null });
}

/** The texts of a run as whoever started it may have named them: the bundled ones go without saying. */
function commandPaths(texts: readonly string[]): readonly string[] {
  const bundled = `${bundledCorpus()}/`;
  return texts.every((path) => path.startsWith(bundled)) ? [] : texts;
}

/** The run's own options, with those over them that may be given anew. */
function resumedOptions({ info, dir }: RunFolder, given: Given): TrainOptions {
  const where = joinPath(dir, 'run.json');
  const resumed = resumedWith(info.options, given);
  try {
    return parseTrainOptions(resumed);
  } catch (error) {
    if (error instanceof UsageError && !Object.keys(given).some((name) => flagOf(name) === error.where))
      throw failure('run.other-version', { where, complaint: error.message });
    throw error;
  }
}
