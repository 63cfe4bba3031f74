#!/usr/bin/env node
/** The command line: `dissipa train | sample | evaluate | inspect | check | compare | corpus`. */
import yargs, { type Argv } from 'yargs';
import { hideBin } from 'yargs/helpers';
import type * as z from 'zod';
import { DissipaError, UsageError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { flagOf } from '../base/options.js';
import { compare, compareFlags } from './commands/compare.js';
import { checkFlags, checkModel } from './commands/check.js';
import { corpus, corpusFlags } from './commands/corpus.js';
import { evaluateFlags, evaluateModel } from './commands/evaluate.js';
import { inspectFlags, inspectModel } from './commands/inspect.js';
import { sample, sampleFlags } from './commands/sample.js';
import { train, trainFlags } from './commands/train.js';
import { nodeEnvironment } from './environment.js';
import { flagsOf, type Given } from './flags.js';
import { NobodyReadsError, openOutput } from './output.js';
import { STDIN } from './sources.js';
import { versions } from './versions.js';

const COMMANDS = ['train', 'sample', 'evaluate', 'inspect', 'check', 'compare', 'corpus'];

const output = openOutput(process.stdout, 'stdout');
const environment = nodeEnvironment(output.write);
// Notes that nobody can read are no reason to give up what they are about.
process.stderr.on('error', () => undefined);
// Set by the command that yargs finds.
let run = (): Promise<number> => Promise.resolve(0);

const withModel = (schema: z.ZodObject) => (y: Argv) =>
  y
    .positional('model', {
      describe: 'a .safetensors file, or the folder of a run (its best model)',
      type: 'string',
    })
    .options(flagsOf(schema));

const withTexts = (schema: z.ZodObject) => (y: Argv) =>
  y
    .positional('text', {
      describe: 'files, folders (.txt, .md, also .gz), patterns; - for standard input',
      type: 'string',
      array: true,
    })
    .options(flagsOf(schema));

const textsOf = ({ text }: Given): string[] => (Array.isArray(text) ? text.map(String) : []);

/** yargs drops a lone dash among the words: it goes through under a name that no command line can hold. */
const DASH = '\0dash';
const throughDash = (from: string, to: string) => (value: unknown) => (value === from ? to : value);

const parser = yargs(hideBin(process.argv).map(throughDash(STDIN, DASH)).map(String))
  .middleware((argv) => {
    const restored = throughDash(DASH, STDIN);
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
  .command(
    'train [text..]',
    'train on texts (the bundled corpus where none is named)',
    withTexts(trainFlags),
    (argv) => {
      run = () => train(environment, textsOf(argv), argv);
    },
  )
  .command('sample <model>', 'write text with a model', withModel(sampleFlags), (argv) => {
    run = () => sample(environment, String((argv as Given).model), argv);
  })
  .command('evaluate <model>', 'how well a model predicts a text', withModel(evaluateFlags), (argv) => {
    run = () => evaluateModel(environment, String((argv as Given).model), argv);
  })
  .command(
    'inspect <model>',
    'the gradient by layer, timestep and lag: in the terminal, as a page, as a table',
    withModel(inspectFlags),
    (argv) => {
      run = () => inspectModel(environment, String((argv as Given).model), argv);
    },
  )
  .command(
    'check [model]',
    'are the gradients right? against differences in float64; a fresh small model where none is named',
    withModel(checkFlags),
    (argv) => {
      const { model } = argv as Given;
      run = () => checkModel(environment, typeof model === 'string' ? model : null, argv);
    },
  )
  .command(
    'compare [text..]',
    'trains each kind of cell, brain.js and n-grams on the same text, and says what came of it',
    withTexts(compareFlags),
    (argv) => {
      run = () => compare(environment, textsOf(argv), argv);
    },
  )
  .command(
    'corpus [text..]',
    'what there is to know of texts before training on them: symbols, encodings, entropy',
    withTexts(corpusFlags),
    (argv) => {
      run = () => corpus(environment, textsOf(argv), argv);
    },
  )
  .version(versions.dissipa)
  .wrap(Math.min(110, process.stdout.columns || 80))
  .help()
  .exitProcess(false)
  .fail((message, error: Error | undefined) => {
    // What yargs itself finds wrong with a call comes as a message, or as an error of its own kind.
    if (error && error.name !== 'YError') throw error;
    throw usageError(error?.message ?? message);
  });

/** yargs' complaints, in the words of the others. */
function usageError(message: string): UsageError {
  const command = hideBin(process.argv).find((word) => COMMANDS.includes(word));
  const advice = `see dissipa ${command === undefined ? '' : `${command} `}--help`;
  const flag = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  if (flag !== undefined)
    return new UsageError({
      where: flagOf(flag),
      found: 'has no value',
      expected: `expected one after it, as in ${flagOf(flag)} VALUE`,
    });
  if (message.startsWith('Not enough non-option arguments'))
    return new UsageError({
      where: command ?? 'dissipa',
      found: 'MODEL is missing',
      expected: 'expected a .safetensors file or the folder of a run',
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

/** The first word, where it is no command: said before anything else, since nothing else can be right. */
function checkCommand(words: readonly string[]): void {
  const word = words.at(0);
  if (word !== undefined && (word.startsWith('-') || COMMANDS.includes(word))) return;
  if (word === undefined)
    throw new UsageError({
      where: 'dissipa',
      found: 'no command',
      expected: `expected ${COMMANDS.join(', ')}`,
      advice: 'see dissipa --help',
    });
  const guess = nearest(word, COMMANDS);
  throw new UsageError({
    where: word,
    found: 'there is no such command',
    expected: `expected ${COMMANDS.join(', ')}`,
    ...(guess !== undefined && { advice: `did you mean ${guess}?` }),
  });
}

async function main(): Promise<number> {
  try {
    checkCommand(hideBin(process.argv));
    const { _: words } = await parser.parseAsync();
    checkRest(words);
    const code = await run();
    await output.end();
    return code;
  } catch (error) {
    if (error instanceof NobodyReadsError) return error.exitCode;
    if (error instanceof DissipaError) {
      environment.err(`${error.message}\n`);
      return error.exitCode;
    }
    environment.err(
      `dissipa failed in a way it should not; please report this:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return 1;
  }
}

process.exitCode = await main();
