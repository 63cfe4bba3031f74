/** The command that a net of the playground is shown as: the same options come of it. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { trainOptions, type TrainOptions } from '../../src/train/options.js';
import { flagOf } from '../../src/base/options.js';
import { COMMAND_DEFAULTS, commandOf } from '../../src/web/playground/command.js';
import { optionsOf } from '../../src/web/playground/net/net.js';
import { DEFAULTS, FIELD_NAMES, FIELDS, isUsed, type Settings } from '../../src/web/playground/settings.js';

const NAMES = FIELD_NAMES.filter((name): name is keyof TrainOptions & keyof Settings => name !== 'gain');

/** What a shell and the command line make of it, where no word needs quotes. */
function optionsIn(command: string): Partial<TrainOptions> {
  const words = command.split(' ');
  const given = Object.fromEntries(
    NAMES.flatMap((name) => {
      const at = words.indexOf(flagOf(name));
      const text = words[at + 1];
      return at < 0 ? [] : [[name, FIELDS[name].kind === 'choice' ? text : Number(text)]];
    }),
  );
  return trainOptions.parse(given);
}

describe('the command of a net', () => {
  test('what it leaves out is what `train` takes by itself', () => {
    const presets = trainOptions.parse({});
    for (const name of NAMES) expect(presets[name], name).toBe(COMMAND_DEFAULTS[name]);
  });

  test('its flags are the options trained with, whatever was set (seed 1)', () => {
    const rng = Rng.fromSeed(1);
    for (let i = 0; i < 200; i++) {
      const settings: Record<string, unknown> = { ...DEFAULTS };
      for (const name of NAMES) {
        const field = FIELDS[name];
        if (field.kind === 'choice')
          settings[name] = field.choices[Math.floor(rng.uniform() * field.choices.length)];
        else if (field.isWhole)
          settings[name] = field.least + Math.floor(rng.uniform() * (field.most - field.least));
        else settings[name] = field.least + rng.uniform() * (field.most - field.least);
      }
      const set = settings as unknown as Settings;
      const [found, meant] = [optionsIn(commandOf(set, [])), optionsOf(set)];
      for (const name of NAMES) if (isUsed(name, set)) expect(found[name], name).toBe(meant[name]);
    }
  });

  test('names the text that was given, as a shell takes it', () => {
    const begins = (...paths: string[]): string => commandOf(DEFAULTS, paths).split(' --')[0];
    expect(begins()).toBe('npx dissipa train');
    expect(begins('corpus/mare-de-lua.txt')).toBe('npx dissipa train corpus/mare-de-lua.txt');
    expect(begins("o texto d'água.txt")).toBe("npx dissipa train 'o texto d'\\''água.txt'");
    expect(begins('b.txt', 'a.txt')).toBe('npx dissipa train b.txt a.txt');
    expect(begins('-x.txt')).toBe('npx dissipa train ./-x.txt');
  });
});
