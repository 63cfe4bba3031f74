/** Help, out of the tables of options and the words for them: usage, arguments, options by group, examples. */
import { Ansis } from 'ansis';
import { describeOptions, flagOf, placeholderOf, type OptionDescription } from '../base/options.js';
import { textWidth, wrap } from '../ui/terminal/wrap.js';
import { widthOf } from '../ui/terminal/width.js';
import type { Words } from '../words/words.js';
import type { CommandName, Loaded, TakesWords } from './command.js';

type Help = Words['help'];

/** For what stands before a description; where it is longer the description begins a line of its own. */
const widestTerm = (width: number): number => Math.min(28, Math.floor(0.4 * width));

interface Look {
  readonly words: Words;
  readonly colour: Ansis;
  readonly width: number;
}

/** @param columns of the terminal it is for */
export const lookOf = (words: Words, colourLevel: number, columns: number | undefined): Look => ({
  words,
  colour: new Ansis(colourLevel),
  width: textWidth(columns),
});

type Entry = readonly [term: string, what: string];

function entries(list: readonly Entry[], { colour, width }: Look): string {
  const term = Math.min(widestTerm(width), Math.max(...list.map(([one]) => widthOf(one))));
  const beside = term + 4;
  return list
    .map(([one, what]) => {
      const isBelow = widthOf(one) > term || longestWord(what) > width - beside;
      const indent = ' '.repeat(longestWord(what) > width - beside ? BELOW : beside);
      const lines = wrap(what, width, indent);
      const head = `  ${colour.cyan(one)}`;
      return isBelow
        ? `${head}\n${lines}\n`
        : `${head}${' '.repeat(term - widthOf(one) + 2)}${lines.trimStart()}\n`;
    })
    .join('');
}

/** Where a description stands that has no room beside its term. */
const BELOW = 6;
const longestWord = (text: string): number => Math.max(...text.split(/\s+/).map(widthOf));

const section = (title: string, body: string, { colour, width }: Look): string =>
  `\n${colour.bold(wrap(title, width))}\n${body}`;

/** `--hidden N` */
function termOf(option: OptionDescription, { placeholders }: Help): string {
  const { name, type, isAloneToo } = option;
  if (type === 'boolean') return flagOf(name);
  const value = placeholders[placeholderOf(option)];
  return isAloneToo === true ? `${flagOf(name)} [${value}]` : `${flagOf(name)} ${value}`;
}

/** What it is, the names it may have, and what it is by default. */
function meaningOf(option: OptionDescription, text: string, { help }: Words): string {
  const names = option.choices ?? option.listOf;
  const preset = option.default ?? option.usual;
  const isTold = preset !== undefined && preset !== '' && preset !== false;
  const [, what = text, more = ''] = /^(.*?)((?: \([^()]*\))?)$/s.exec(text) ?? [];
  return `${what}${names ? `: ${names.join(', ')}` : ''}${more}${isTold ? ` ${help.preset(String(preset))}` : ''}`;
}

/** In the order of the groups, which are those of the words. */
function optionSections({ flags, texts }: Loaded, look: Look): string {
  const { words } = look;
  const groups = new Map(Object.values(words.options.groups).map((title): [string, Entry[]] => [title, []]));
  for (const option of describeOptions(flags)) {
    const title = words.options.groups[option.group ?? 'general'];
    const entry: Entry = [termOf(option, words.help), meaningOf(option, texts(words)[option.name], words)];
    groups.set(title, [...(groups.get(title) ?? []), entry]);
  }
  return [...groups]
    .filter(([, list]) => list.length > 0)
    .map(([title, list]) => section(`${title}:`, entries(list, look), look))
    .join('');
}

function globalEntries({ help }: Words): Entry[] {
  const { global, placeholders } = help;
  return [
    [`--lang ${placeholders.choice}`, global.lang],
    ['--no-color', global.color],
    ['-h, --help', global.help],
    ['-V, --version', global.version],
  ];
}

const ARGUMENTS: Readonly<Record<Exclude<TakesWords, 'nothing'>, keyof Help['arguments']>> = {
  texts: 'text',
  model: 'model',
  'maybe-model': 'model',
  weights: 'weights',
  run: 'run',
  command: 'command',
  shell: 'shell',
};

/** `[TEXT…]` */
function argumentOf(takes: TakesWords, { placeholders, command }: Help): string {
  switch (takes) {
    case 'texts':
      return `[${placeholders.text}…]`;
    case 'weights':
      return placeholders.weights;
    case 'run':
      return placeholders.run;
    case 'model':
      return placeholders.model;
    case 'maybe-model':
      return `[${placeholders.model}]`;
    case 'command':
      return `[${command}]`;
    case 'shell':
      return 'bash|zsh|fish';
    case 'nothing':
      return '';
  }
}

/** Of one command. */
export function commandHelp(name: CommandName, takes: TakesWords, loaded: Loaded, look: Look): string {
  const { words, width, colour } = look;
  const { help, options } = words;
  const { what, examples } = help.commands[name];
  const argument = argumentOf(takes, help);
  const usage = ['dissipa', name, argument, help.options].filter((word) => word !== '').join(' ');
  return [
    `${colour.bold(help.usage)} ${usage}\n\n${wrap(what, width)}\n`,
    takes === 'nothing'
      ? ''
      : section(help.headings.arguments, entries([[argument, help.arguments[ARGUMENTS[takes]]]], look), look),
    optionSections(loaded, look),
    section(`${options.groups.general}:`, entries(globalEntries(words), look), look),
    section(help.headings.examples, exampleLines(examples, look), look),
  ].join('');
}

const exampleLines = (examples: readonly Entry[], { colour, width }: Look): string =>
  examples.map(([line, what]) => `  ${colour.cyan(line)}\n${wrap(what, width, '      ')}\n`).join('');

/** Of all of them. */
export function programHelp(look: Look): string {
  const { words, width, colour } = look;
  const { help, options } = words;
  const names = Object.keys(help.commands) as CommandName[];
  const list = names.map((name): Entry => [name, help.commands[name].what]);
  return [
    `${colour.bold(help.usage)} dissipa ${help.command} ${help.options}\n\n${wrap(help.about, width)}\n`,
    section(help.headings.commands, entries(list, look), look),
    section(`${options.groups.general}:`, entries(globalEntries(words), look), look),
    `\n${wrap(help.more, width)}\n`,
  ].join('');
}
