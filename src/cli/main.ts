#!/usr/bin/env node
/** The command line: chooses the language, does what was typed, and says what went wrong in one line. */
import { hideBin } from 'yargs/helpers';
import { INTERRUPTED } from '../base/errors.js';
import { speak, wordsIn } from '../words/words.js';
import { call, complain } from './call.js';
import { nodeEnvironment, systemLocales } from './environment.js';
import { globalsOf } from './globals.js';
import { openOutput } from './output.js';

const globals = globalsOf(hideBin(process.argv), systemLocales());
const spoken = await wordsIn(globals.language);
speak(spoken);

const output = openOutput(process.stdout, 'stdout');
const environment = nodeEnvironment(output.write, spoken, globals.colours);
// Notes that nobody can read are no reason to give up what they are about.
process.stderr.on('error', () => undefined);

async function main(): Promise<number> {
  try {
    if (globals.problem) throw globals.problem();
    const code = await call(environment, globals.words);
    // A terminal that is gone takes nothing more, and that is why the command ends.
    if (code === INTERRUPTED) return environment.interruptedCode();
    await output.end();
    return code;
  } catch (error) {
    return complain(environment, error, () => environment.interruptedCode());
  }
}

process.exitCode = await main();
