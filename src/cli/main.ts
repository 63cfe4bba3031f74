#!/usr/bin/env node
/** The command line: finds the command, loads it alone, and says what went wrong in one line. */
import yargs, { type Argv } from 'yargs';
import { hideBin } from 'yargs/helpers';
import type * as z from 'zod';
import { DissipaError, INTERRUPTED, InterruptedError, shownError, UsageError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { visible } from '../base/visible.js';
import { speak, wordsIn } from '../words/words.js';
import { textWidth } from '../ui/terminal/wrap.js';
import { asksForEncodings, encodingList } from './encoding-list.js';
import { nodeEnvironment } from './environment.js';
import { flagsOf, type Given } from './flags.js';
import { NobodyReadsError, openOutput } from './output.js';
import { STDIN } from './sources.js';
import { versions } from './versions.js';

// What is said before the flags are read: in the system's language.
speak(await wordsIn('en'));

const output = openOutput(process.stdout, 'stdout');
const environment = nodeEnvironment(output.write);
// Notes that nobody can read are no reason to give up what they are about.
process.stderr.on('error', () => undefined);
// Set by the command that yargs finds.
let run = (): Promise<number> => Promise.resolve(0);

/** What a command takes, and what it does. */
interface Loaded {
  readonly flags: z.ZodObject;
  readonly run: (argv: Given) => Promise<number>;
}
interface Command {
  readonly words: string;
  readonly what: string;
  /** Only what is wanted is loaded: a sample should begin at once. */
  readonly load: () => Promise<Loaded>;
}

const modelOf = ({ model }: Given): string | null => (typeof model === 'string' ? model : null);
const textsOf = ({ text }: Given): string[] => (Array.isArray(text) ? text.map(String) : []);

const COMMANDS: Readonly<Record<string, Command>> = {
  train: {
    words: '[text..]',
    what: 'train on texts (the bundled corpus where none is named)',
    load: async () => {
      const { train, trainFlags } = await import('./commands/train.js');
      return { flags: trainFlags, run: (argv) => train(environment, textsOf(argv), argv) };
    },
  },
  sample: {
    words: '<model>',
    what: 'write text with a model',
    load: async () => {
      const { sample, sampleFlags } = await import('./commands/sample.js');
      return { flags: sampleFlags, run: (argv) => sample(environment, String(modelOf(argv)), argv) };
    },
  },
  evaluate: {
    words: '<model>',
    what: 'how well a model predicts a text',
    load: async () => {
      const { evaluateModel, evaluateFlags } = await import('./commands/evaluate.js');
      return {
        flags: evaluateFlags,
        run: (argv) => evaluateModel(environment, String(modelOf(argv)), argv),
      };
    },
  },
  inspect: {
    words: '<model>',
    what: 'the gradient by layer, timestep and lag: in the terminal, as a page, as a table',
    load: async () => {
      const { inspectModel, inspectFlags } = await import('./commands/inspect.js');
      return { flags: inspectFlags, run: (argv) => inspectModel(environment, String(modelOf(argv)), argv) };
    },
  },
  check: {
    words: '[model]',
    what: 'are the gradients right? against differences in float64; a fresh small model where none is named',
    load: async () => {
      const { checkModel, checkFlags } = await import('./commands/check.js');
      return { flags: checkFlags, run: (argv) => checkModel(environment, modelOf(argv), argv) };
    },
  },
  compare: {
    words: '[text..]',
    what: 'trains each kind of cell, brain.js and n-grams on the same text, and says what came of it',
    load: async () => {
      const { compare, compareFlags } = await import('./commands/compare.js');
      return { flags: compareFlags, run: (argv) => compare(environment, textsOf(argv), argv) };
    },
  },
  corpus: {
    words: '[text..]',
    what: 'what there is to know of texts before training on them: symbols, encodings, entropy',
    load: async () => {
      const { corpus, corpusFlags } = await import('./commands/corpus.js');
      return { flags: corpusFlags, run: (argv) => corpus(environment, textsOf(argv), argv) };
    },
  },
  lesson: {
    words: '[text..]',
    what: 'six claims on the vanishing gradient, measured here in about three minutes: a page in Portuguese or English',
    load: async () => {
      const { lesson, lessonFlags } = await import('./commands/lesson.js');
      return { flags: lessonFlags, run: (argv) => lesson(environment, textsOf(argv), argv) };
    },
  },
  import: {
    words: '<weights>',
    what: "a model of one's own PyTorch as a checkpoint, for sample, evaluate and inspect",
    load: async () => {
      const { importWeights, importFlags } = await import('./commands/import.js');
      return {
        flags: importFlags,
        run: (argv) => importWeights(environment, String(argv.weights), argv),
      };
    },
  },
  engine: {
    words: '',
    what: 'which arithmetic is in use here, how fast it is, and why',
    load: async () => {
      const { engine, engineFlags } = await import('./commands/engine.js');
      return { flags: engineFlags, run: (argv) => engine(environment, argv) };
    },
  },
};
const NAMES = Object.keys(COMMANDS);

/** The words that are no flags, as their names in a command's usage say. */
const withWords = (y: Argv, words: string): Argv =>
  words.includes('model')
    ? y.positional('model', {
        describe: 'a .safetensors file, or the folder of a run (its best model)',
        type: 'string',
      })
    : words.includes('text')
      ? y.positional('text', {
          describe: 'files, folders (.txt, .md, also .gz; see --ext), patterns; - for standard input',
          type: 'string',
          array: true,
        })
      : words.includes('weights')
        ? y.positional('weights', {
            describe: 'a .safetensors file with the state_dict of recurrent layers and a readout',
            type: 'string',
          })
        : y;

/**
 * Words that yargs would take for flags, or drop: a lone dash, and all that stand behind `--`. They go through with a
 * sign before them that no command line can hold.
 */
const HELD = '\0';
const held = (word: string): string => `${HELD}${word}`;
const restored = (value: unknown): unknown =>
  typeof value === 'string' && value.startsWith(HELD) ? value.slice(HELD.length) : value;

function wordsOf(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const flags = end === -1 ? args : args.slice(0, end);
  const words = end === -1 ? [] : args.slice(end + 1);
  return [...flags.map((word) => (word === STDIN ? held(word) : word)), ...words.map(held)];
}

const MODEL_IS_MISSING = 'MODEL is missing';
/** What yargs says of a call, by its own sentence: in a language's place, so that it is known again in any. */
const COMPLAINTS = {
  'Not enough non-option arguments: got %s, need at least %s': {
    // %c takes up a count and shows nothing.
    one: `${MODEL_IS_MISSING}%c%c`,
    other: `${MODEL_IS_MISSING}%c%c`,
  },
  // Its declarations know of no plurals.
} as unknown as Record<string, string>;

const parser = yargs(wordsOf(hideBin(process.argv)))
  .middleware((argv) => {
    for (const [name, value] of Object.entries(argv))
      argv[name] = Array.isArray(value) ? value.map(restored) : restored(value);
  }, true)
  .scriptName('dissipa')
  .locale('en')
  .parserConfiguration({
    'strip-dashed': true,
    'parse-numbers': false,
    'parse-positional-numbers': false,
    'boolean-negation': false,
  })
  .usage(
    '$0 <command>\n\nTrains character-level recurrent networks and shows what the gradient does on its way back.',
  )
  .version(versions.dissipa)
  .wrap(textWidth(environment.outColumns))
  .help()
  .alias('help', 'h')
  .exitProcess(false)
  .fail((message, error: Error | undefined) => {
    // What yargs itself finds wrong with a call comes as a message, or as an error of its own kind.
    if (error && error.name !== 'YError') throw error;
    throw usageError(error?.message ?? message);
  })
  .updateStrings(COMPLAINTS);

/** @param loaded the command that is called, where one is: yargs asks nothing about the others */
function addCommands(loaded: Loaded | null): void {
  for (const [name, { words, what }] of Object.entries(COMMANDS))
    parser.command(
      `${name} ${words}`.trim(),
      what,
      (y: Argv) => (loaded ? withWords(y, words).options(flagsOf(loaded.flags)) : y),
      (argv) => {
        if (loaded) run = () => loaded.run(argv);
      },
    );
}

/** yargs' complaints, in the words of the others. */
function usageError(message: string): UsageError {
  const command = hideBin(process.argv).find((word) => NAMES.includes(word));
  const advice = `see dissipa ${command === undefined ? '' : `${command} `}--help`;
  if (message === MODEL_IS_MISSING)
    return new UsageError({
      where: command ?? 'dissipa',
      found: command === 'import' ? 'WEIGHTS is missing' : MODEL_IS_MISSING,
      expected: `expected a .safetensors file${command === 'import' ? '' : ' or the folder of a run'}`,
      advice,
    });
  return new UsageError({ where: 'dissipa', found: message.replace(/\s+/g, ' ').trim(), advice });
}

/** Words beyond those a command takes: passed over in silence they would be texts that nobody trained on. */
function checkRest(words: readonly (string | number)[]): void {
  const [command, word] = [words.at(0), words.at(1)];
  if (word === undefined) return;
  throw new UsageError({
    where: String(word),
    found: `is one argument too many for ${String(command)}`,
    advice: `see dissipa ${String(command)} --help`,
  });
}

/**
 * The first word names the command; null where only help or the version is asked for. Where it is no command this is
 * said before anything else, since nothing else can be right.
 */
function commandOf(words: readonly string[]): Command | null {
  const word = words.at(0);
  if (word === '--help' || word === '-h' || word === '--version') return null;
  if (word?.startsWith('-'))
    throw new UsageError({
      where: word,
      found: 'stands before the command',
      expected: `expected ${NAMES.join(', ')} first`,
      advice: 'see dissipa --help',
    });
  if (word !== undefined && Object.hasOwn(COMMANDS, word)) return COMMANDS[word];
  if (word === undefined)
    throw new UsageError({
      where: 'dissipa',
      found: 'no command',
      expected: `expected ${NAMES.join(', ')}`,
      advice: 'see dissipa --help',
    });
  const guess = nearest(word, NAMES);
  throw new UsageError({
    where: word,
    found: 'there is no such command',
    expected: `expected ${NAMES.join(', ')}`,
    ...(guess !== undefined && { advice: `did you mean ${guess}?` }),
  });
}

async function main(): Promise<number> {
  try {
    const command = commandOf(hideBin(process.argv));
    const loaded = command && (await command.load());
    if (loaded && asksForEncodings(hideBin(process.argv), loaded.flags)) {
      output.write(encodingList());
      await output.end();
      return 0;
    }
    addCommands(loaded);
    const { _: words } = await parser.parseAsync();
    checkRest(words);
    const code = await run();
    // A terminal that is gone takes nothing more, and that is why the command ends.
    if (code === INTERRUPTED) return environment.interruptedCode();
    await output.end();
    return code;
  } catch (error) {
    if (error instanceof NobodyReadsError) return error.exitCode;
    if (error instanceof DissipaError) {
      environment.err(`${shownError(error)}\n`);
      return error instanceof InterruptedError ? environment.interruptedCode() : error.exitCode;
    }
    environment.err(
      `dissipa failed in a way it should not; please report this:\n${visible(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
    );
    return 1;
  }
}

process.exitCode = await main();
