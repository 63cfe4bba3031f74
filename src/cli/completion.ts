/** Scripts by which a shell completes the command line, made from the tables of options: nothing of us runs while one types. */
import { describeOptions, flagOf, type OptionDescription } from '../base/options.js';
import { LANGUAGES } from '../base/language.js';
import type { Words } from '../words/words.js';
import type { Loaded } from './command.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

interface Flag {
  readonly flag: string;
  readonly short: string | null;
  readonly text: string;
  /** Without its value it is none. */
  readonly takes: 'nothing' | 'names' | 'list' | 'path' | 'value';
  readonly names: readonly string[];
}

interface Described {
  readonly name: string;
  readonly what: string;
  readonly flags: readonly Flag[];
}

const PATHS: readonly OptionDescription['takes'][] = ['text', 'file', 'folder', 'folders', 'model'];

function flagFor(option: OptionDescription, text: string): Flag {
  const names = option.choices ?? option.listOf ?? option.known ?? [];
  const takes =
    option.type === 'boolean'
      ? 'nothing'
      : names.length > 0
        ? option.listOf
          ? 'list'
          : 'names'
        : PATHS.includes(option.takes)
          ? 'path'
          : 'value';
  return { flag: flagOf(option.name), short: null, text, takes, names };
}

const globalFlags = ({ help: { global } }: Words): Flag[] => [
  { flag: '--lang', short: null, text: global.lang, takes: 'names', names: LANGUAGES },
  { flag: '--no-color', short: null, text: global.color, takes: 'nothing', names: [] },
  { flag: '--help', short: '-h', text: global.help, takes: 'nothing', names: [] },
  { flag: '--version', short: '-V', text: global.version, takes: 'nothing', names: [] },
];

/** @param loaded every command that has options, by name */
export function completionScript(shell: Shell, loaded: ReadonlyMap<string, Loaded>, words: Words): string {
  const commands = Object.entries(words.help.commands).map(([name, { what }]): Described => {
    const own = loaded.get(name);
    const texts = own?.texts(words) ?? {};
    const flags = own ? describeOptions(own.flags).map((option) => flagFor(option, texts[option.name])) : [];
    return { name, what, flags: [...flags, ...globalFlags(words)] };
  });
  return WRITERS[shell](commands);
}

/** What stands behind a command that takes no texts. */
const wordsBehind = (
  commands: readonly Described[],
): Readonly<Record<string, readonly string[] | undefined>> => ({
  completion: SHELLS,
  help: commands.map(({ name }) => name),
});

function bash(commands: readonly Described[]): string {
  const names = commands.map(({ name }) => name);
  const values = commands.flatMap(({ name, flags }) =>
    flags
      .filter(({ takes }) => takes !== 'nothing')
      .map(({ flag, takes, names: some }) =>
        some.length === 0
          ? `    ${name}:${flag}) return ;;`
          : `    ${name}:${flag}) words='${some.join(' ')}'${takes === 'list' ? ' list=1' : ''} ;;`,
      ),
  );
  const flags = commands.map(({ name, flags: own }) => {
    const behind = wordsBehind(commands)[name] ?? [];
    return `      ${name}) words='${[...behind, ...own.map(({ flag }) => flag)].join(' ')}' ;;`;
  });
  return `# dissipa completion bash
_dissipa() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command='' words='' word list=''
  if [ "$cur" = '=' ]; then cur=''; elif [ "$prev" = '=' ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${names.join('|')}) command="$word"; break ;;
    esac
  done
  case "$command:$prev" in
${values.join('\n')}
  esac
  if [ -z "$words" ]; then
    case "$command" in
      '') words='${names.join(' ')} --lang --no-color --help --version' ;;
${flags.join('\n')}
    esac
  fi
  case "$list:$cur" in
    1:*,*) COMPREPLY=($(compgen -P "\${cur%,*}," -W "$words" -- "\${cur##*,}")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
  esac
}
complete -o bashdefault -o default -F _dissipa dissipa
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function zsh(commands: readonly Described[]): string {
  const plain = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
  const argument = ({ takes, names }: Flag): string => {
    if (names.length > 0)
      return `: :${takes === 'list' ? `_values -s , name ${names.join(' ')}` : `(${names.join(' ')})`}`;
    return takes === 'path' ? ': :_files' : takes === 'value' ? ': : ' : '';
  };
  const spec = (flag: Flag): string =>
    [flag.flag, ...(flag.short === null ? [] : [flag.short])]
      .map((name) => `      ${quoted(`${name}[${plain(flag.text)}]${argument(flag)}`)}`)
      .join(' \\\n');
  const cases = commands.map(({ name, flags }) => {
    const behind = wordsBehind(commands)[name];
    const rest = behind ? `: :(${behind.join(' ')})` : '*: :_files';
    return `    ${name}) _arguments \\\n${flags.map(spec).join(' \\\n')} \\\n      ${quoted(rest)} ;;`;
  });
  return `#compdef dissipa
_dissipa() {
  local -a commands
  commands=(
${commands.map(({ name, what }) => `    ${quoted(`${name}:${plain(what)}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe dissipa commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case "$words[1]" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _dissipa ]; then _dissipa "$@"; else compdef _dissipa dissipa; fi
`;
}

function fish(commands: readonly Described[]): string {
  const text = (words: string): string => `'${words.replace(/[\\']/g, '\\$&')}'`;
  const value = ({ takes, names }: Flag): string => {
    if (names.length > 0) return ` -x -a '${names.join(' ')}'`;
    return takes === 'path' ? ' -r' : takes === 'value' ? ' -x' : '';
  };
  const lines = commands.flatMap(({ name, what, flags }) => {
    const behind = wordsBehind(commands)[name];
    const of = `complete -c dissipa -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c dissipa -n __fish_use_subcommand -f -a ${name} -d ${text(what)}`,
      ...(behind ? [`${of} -f -a '${behind.join(' ')}'`] : []),
      ...flags.map(
        (flag) =>
          `${of} -l ${flag.flag.slice(2)}${flag.short === null ? '' : ` -s ${flag.short.slice(1)}`}${value(flag)} -d ${text(flag.text)}`,
      ),
    ];
  });
  return `# dissipa completion fish\n${lines.join('\n')}\n`;
}

const WRITERS: Readonly<Record<Shell, (commands: readonly Described[]) => string>> = { bash, zsh, fish };
