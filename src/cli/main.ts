#!/usr/bin/env node
/** The command line: finds the command, loads it alone, and says what went wrong in one line. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { DissipaError, failure, INTERRUPTED, InterruptedError, misuse, shownError } from '../base/errors.js';
import { isOutOfMemory, outOfMemory } from '../base/memory.js';
import { nearest } from '../base/nearest.js';
import { visible } from '../base/visible.js';
import { addressSpaceLeft } from '../store/address-space-node.js';
import { speak, wordsIn } from '../words/words.js';
import type { Command, CommandName, Loaded } from './command.js';
import { COMMANDS, NO_OPTIONS } from './commands.js';
import { completionScript, SHELLS } from './completion.js';
import { asksForEncodings, encodingList } from './encoding-list.js';
import { nodeEnvironment, systemLocales } from './environment.js';
import { flagsOf, type Given } from './flags.js';
import { globalsOf } from './globals.js';
import { commandHelp, lookOf, programHelp } from './help.js';
import { NobodyReadsError, openOutput } from './output.js';
import { STDIN } from './sources.js';
import { versions } from './versions.js';

const globals = globalsOf(hideBin(process.argv), systemLocales());
const spoken = await wordsIn(globals.language);
speak(spoken);

const output = openOutput(process.stdout, 'stdout');
const environment = nodeEnvironment(output.write, spoken, globals.colours);
// Notes that nobody can read are no reason to give up what they are about.
process.stderr.on('error', () => undefined);

const NAMES = Object.keys(spoken.help.commands) as CommandName[];
const isName = (word: string): word is CommandName => Object.hasOwn(spoken.help.commands, word);

/**
 * Words that yargs would take for flags, or drop: a lone dash, and all that stand behind `--`. They go through with a
 * sign before them that no command line can hold.
 */
const HELD = '\0';
const held = (word: string): string => `${HELD}${word}`;
const restored = (value: unknown): unknown =>
  typeof value === 'string' && value.startsWith(HELD) ? value.slice(HELD.length) : value;

const endOf = (args: readonly string[]): number => (args.includes('--') ? args.indexOf('--') : args.length);
/** Those that may be flags. */
const beforeEnd = (args: readonly string[]): readonly string[] => args.slice(0, endOf(args));

function wordsOf(args: readonly string[]): string[] {
  const words = args.slice(endOf(args) + 1);
  return [...beforeEnd(args).map((word) => (word === STDIN ? held(word) : word)), ...words.map(held)];
}

/** What was typed behind the command, as words and flags; yargs itself has nothing to object to. */
async function parsed(
  args: readonly string[],
  { flags }: Loaded,
): Promise<{ words: string[]; given: Given }> {
  const found = await yargs(wordsOf(args))
    .parserConfiguration({
      'strip-dashed': true,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'boolean-negation': false,
    })
    .help(false)
    .version(false)
    .options(flagsOf(flags))
    .exitProcess(false)
    .fail(false)
    .parseAsync();
  const given = Object.fromEntries(
    Object.entries(found).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(restored) : restored(value),
    ]),
  );
  return { words: (given._ as unknown[]).map(String), given };
}

/** @throws UsageError for a model that is missing, and for words beyond those a command takes, which would be passed over */
function checkWords(name: CommandName, { takes }: Command, words: readonly string[]): void {
  if (takes === 'texts') return;
  if (words.length === 0 && (takes === 'model' || takes === 'weights' || takes === 'run'))
    throw misuse(`call.${takes}`, { command: name });
  const most = takes === 'nothing' ? 0 : 1;
  if (words.length > most) throw misuse('call.rest', { word: words[most], command: name });
}

const asksFor = (args: readonly string[], ...flags: readonly string[]): boolean =>
  beforeEnd(args).some((word) => flags.includes(word));

const unknownCommand = (word: string): DissipaError =>
  misuse('call.command', { word, commands: NAMES, guess: nearest(word, NAMES) ?? null });

const look = () => lookOf(spoken, environment.colourLevel ?? 0, environment.outColumns);

/** `dissipa help [COMMAND]` */
async function help(word: string | undefined): Promise<string> {
  if (word === undefined) return programHelp(look());
  if (!isName(word)) throw unknownCommand(word);
  if (word === 'help') return programHelp(look());
  if (word === 'completion') return commandHelp(word, 'shell', NO_OPTIONS, look());
  const command = COMMANDS[word];
  return commandHelp(word, command.takes, await command.load(), look());
}

/**
 * The first word names the command. Where it is no command this is said before anything else, since nothing else can
 * be right.
 * @returns the exit code
 */
async function call([name, ...args]: readonly (string | undefined)[]): Promise<number> {
  const rest = args.map(String);
  if (name === undefined) throw misuse('call.empty', { commands: NAMES });
  if (asksFor([name, ...rest], '-V', '--version')) return tell(`${versions.dissipa}\n`);
  if (name === '-h' || name === '--help') return tell(await help(rest.at(0)));
  if (name.startsWith('-')) throw misuse('call.before', { word: name, commands: NAMES });
  if (!isName(name)) throw unknownCommand(name);
  if (name === 'help') return tell(await help(rest.at(0)));
  if (asksFor(rest, '-h', '--help')) return tell(await help(name));
  if (name === 'completion') return tell(await completion(rest.at(0)));
  const command = COMMANDS[name];
  const loaded = await command.load();
  if (asksForEncodings(rest, loaded.flags)) return tell(encodingList(spoken));
  const { words, given } = await parsed(rest, loaded);
  checkWords(name, command, words);
  checkRoom();
  return loaded.run(environment, words, given);
}

/** `dissipa completion SHELL` */
async function completion(shell: string | undefined): Promise<string> {
  const known = SHELLS.find((one) => one === shell);
  if (known === undefined)
    throw misuse('call.shell', {
      shell: shell ?? null,
      guess: (shell === undefined ? null : nearest(shell, SHELLS)) ?? null,
    });
  const loaded = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, { load }]) => [name, await load()] as const),
  );
  return completionScript(known, new Map(loaded), spoken);
}

function tell(text: string): number {
  environment.out(text);
  return 0;
}

/** Below it Node itself may end at any moment, without a word. */
const LEAST_MIB = 700;

/** @throws DissipaError */
function checkRoom(): void {
  const mebibytes = Math.floor(addressSpaceLeft() / 2 ** 20);
  if (mebibytes < LEAST_MIB) throw failure('memory.limit', { mebibytes, needed: LEAST_MIB });
}

async function main(): Promise<number> {
  try {
    if (globals.problem) throw globals.problem();
    const code = await call(globals.words);
    // A terminal that is gone takes nothing more, and that is why the command ends.
    if (code === INTERRUPTED) return environment.interruptedCode();
    await output.end();
    return code;
  } catch (thrown) {
    if (thrown instanceof NobodyReadsError) return thrown.exitCode;
    const error =
      isOutOfMemory(thrown) && !(thrown instanceof DissipaError) ? outOfMemory(null, null, thrown) : thrown;
    if (error instanceof DissipaError) {
      environment.err(`${shownError(error)}\n`);
      return error instanceof InterruptedError ? environment.interruptedCode() : error.exitCode;
    }
    environment.err(
      `${spoken.help.defect}\n${visible(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
    );
    return 1;
  }
}

process.exitCode = await main();
