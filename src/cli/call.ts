/** What is typed behind `dissipa`, done: the first word names the command, which is loaded alone. */
import yargs from 'yargs';
import { DissipaError, failure, InterruptedError, misuse, shownError } from '../base/errors.js';
import { isOutOfMemory, outOfMemory } from '../base/memory.js';
import { nearest } from '../base/nearest.js';
import { flagOf } from '../base/options.js';
import { visible } from '../base/visible.js';
import { addressSpaceLeft } from '../store/address-space-node.js';
import { textWidth } from '../ui/terminal/wrap.js';
import type { Words } from '../words/words.js';
import type { Command, CommandName, Loaded } from './command.js';
import { COMMANDS, NO_OPTIONS } from './commands.js';
import { completionScript, SHELLS } from './completion.js';
import { asksForEncodings, encodingList } from './encoding-list.js';
import type { Environment } from './environment.js';
import { flagsOf, type Given } from './flags.js';
import { commandHelp, lookOf, programHelp } from './help.js';
import { NobodyReadsError } from './output.js';
import { STDIN } from './sources.js';
import { versions } from './versions.js';

const namesOf = ({ help }: Words): CommandName[] => Object.keys(help.commands) as CommandName[];
const isName = (word: string, { help }: Words): word is CommandName => Object.hasOwn(help.commands, word);

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

function unknownCommand(word: string, spoken: Words): DissipaError {
  const commands = namesOf(spoken);
  return misuse('call.command', { word, commands, guess: nearest(word, commands) ?? null });
}

/** `dissipa help [COMMAND]` */
async function help(
  { words, colourLevel, outColumns }: Environment,
  word: string | undefined,
): Promise<string> {
  const look = lookOf(words, colourLevel ?? 0, outColumns);
  if (word === undefined) return programHelp(look);
  if (!isName(word, words)) throw unknownCommand(word, words);
  if (word === 'help') return programHelp(look);
  if (word === 'completion') return commandHelp(word, 'shell', NO_OPTIONS, look);
  const command = COMMANDS[word];
  return commandHelp(word, command.takes, await command.load(), look);
}

/**
 * The first word names the command. Where it is no command this is said before anything else, since nothing else can
 * be right.
 * @param typed all but `--lang` and its like
 * @returns the exit code
 */
export async function call(
  env: Environment,
  [name, ...args]: readonly (string | undefined)[],
): Promise<number> {
  const rest = args.map(String);
  const tell = (text: string): number => {
    env.out(text);
    return 0;
  };
  const spoken = env.words;
  if (name === undefined) throw misuse('call.empty', { commands: namesOf(spoken) });
  if (asksFor([name, ...rest], '-V', '--version')) return tell(`${versions.dissipa}\n`);
  if (name === '-h' || name === '--help') return tell(await help(env, rest.at(0)));
  if (name.startsWith('-')) throw misuse('call.before', { word: name, commands: namesOf(spoken) });
  if (!isName(name, spoken)) throw unknownCommand(name, spoken);
  if (name === 'help') return tell(await help(env, rest.at(0)));
  if (asksFor(rest, '-h', '--help')) return tell(await help(env, name));
  if (name === 'completion') return tell(await completion(rest.at(0), spoken));
  const command = COMMANDS[name];
  const loaded = await command.load();
  if (asksForEncodings(rest, loaded.flags)) return tell(encodingList(spoken, textWidth(env.outColumns)));
  const { words, given } = await parsed(rest, loaded);
  checkWords(name, command, words);
  checkRoom();
  try {
    return await loaded.run(env, words, given);
  } catch (error) {
    throw await explained(error, name, rest);
  }
}

/** `dissipa completion SHELL` */
async function completion(shell: string | undefined, spoken: Words): Promise<string> {
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

/** A flag of another command is told from one that there is nowhere, and `-x` is said as it was typed. */
async function explained(error: unknown, command: CommandName, args: readonly string[]): Promise<unknown> {
  if (!(error instanceof DissipaError) || error.problem.key !== 'option.unknown') return error;
  const { option } = error.problem.values;
  const typed = beforeEnd(args).map((word) => word.split('=')[0]);
  if (option.length === 3 && !typed.includes(option))
    return misuse('option.unknown', { option: option.slice(1), guess: null });
  const others = await Promise.all(
    Object.entries(COMMANDS).map(async ([other, { load }]) =>
      Object.keys((await load()).flags.shape)
        .map(flagOf)
        .includes(option)
        ? [other]
        : [],
    ),
  );
  return others.flat().length === 0
    ? error
    : misuse('call.elsewhere', { option, command, others: others.flat() });
}

/** Below it Node itself may end at any moment, without a word. */
const LEAST_MIB = 700;

/** @throws DissipaError */
function checkRoom(): void {
  const mebibytes = Math.floor(addressSpaceLeft() / 2 ** 20);
  if (mebibytes < LEAST_MIB) throw failure('memory.limit', { mebibytes, needed: LEAST_MIB });
}

/**
 * Says what a command ended with.
 * @param interruptedCode of one that a signal has ended
 * @returns the exit code
 */
export function complain(env: Environment, thrown: unknown, interruptedCode: () => number): number {
  if (thrown instanceof NobodyReadsError) return thrown.exitCode;
  const error =
    isOutOfMemory(thrown) && !(thrown instanceof DissipaError) ? outOfMemory(null, null, thrown) : thrown;
  if (error instanceof DissipaError) {
    env.err(`${shownError(error)}\n`);
    return error instanceof InterruptedError ? interruptedCode() : error.exitCode;
  }
  env.err(
    `${env.words.help.defect}\n${visible(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  return 1;
}
