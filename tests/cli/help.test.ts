/** The help of every command, in both languages: what a reader of it would stumble on. */
import { describe, expect, test } from 'vitest';
import { describeOptions, flagOf } from '../../src/base/options.js';
import type { CommandName } from '../../src/cli/command.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { commandHelp, lookOf, programHelp } from '../../src/cli/help.js';
import { widthOf } from '../../src/ui/terminal/width.js';
import { en } from '../../src/words/en/words.js';
import { pt } from '../../src/words/pt/words.js';

const commands = await Promise.all(
  Object.entries(COMMANDS).map(async ([name, { takes, load }]) => ({
    ...{ name: name as CommandName, takes },
    loaded: await load(),
  })),
);
const GLOBAL = ['--lang', '--no-color', '--help', '--version'];

describe.each(commands)('$name', ({ name, takes, loaded }) => {
  const options = describeOptions(loaded.flags);
  const flags = options.map((option) => flagOf(option.name));

  test('each option says what its value is', () => {
    const silent = options.filter(
      ({ type, choices, takes: what }) => type === 'string' && !choices && what === undefined,
    );
    expect(silent.map((option) => option.name)).toEqual([]);
  });

  test.each([en, pt])('$language: speaks of options that it has', (words) => {
    const texts = loaded.texts(words);
    for (const option of options)
      for (const [flag] of texts[option.name].matchAll(/--[a-z][a-z-]*/g))
        expect([...flags, ...GLOBAL], `${option.name}: ${texts[option.name]}`).toContain(flag);
    for (const [line] of words.help.commands[name].examples)
      for (const [flag] of line.matchAll(/--[a-z][a-z-]*/g)) expect([...flags, ...GLOBAL]).toContain(flag);
  });

  test.each([en, pt])('$language: fits, and lists names before what is said of them in brackets', (words) => {
    for (const columns of [40, 57, 80, 100]) {
      const help = commandHelp(name, takes, loaded, lookOf(words, 0, columns));
      const wide = help.split('\n').filter((line) => widthOf(line) > columns && !/^ {2}\S/.test(line));
      expect(wide).toEqual([]);
      expect(help).not.toMatch(/undefined|\[object|\((?:default|padrão)[^()]*\):\s/);
    }
  });
});

test.each([en, pt])('$language: the program itself fits', (words) => {
  for (const columns of [40, 80]) {
    const lines = programHelp(lookOf(words, 0, columns)).split('\n');
    expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
  }
});
