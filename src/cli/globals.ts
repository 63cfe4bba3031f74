/** What every call may say, wherever it stands in it: the language, and whether there are colours. */
import { LANGUAGES, languageFrom, type Language } from '../base/language.js';
import { misuse, type UsageError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';

export interface Globals {
  readonly language: Language;
  /** null: the terminal decides. */
  readonly colours: boolean | null;
  /** The call without them. */
  readonly words: readonly string[];
  /** What is wrong with them, once there is a language to say it in. */
  readonly problem: (() => UsageError) | null;
}

const COLOURS: Readonly<Record<string, boolean | undefined>> = {
  '--no-color': false,
  '--no-colour': false,
  '--color': true,
  '--colour': true,
};

/** `pt`, `pt-BR`, `pt_BR.UTF-8` */
const languageNamed = (name: string): Language | undefined =>
  LANGUAGES.find((language) => language === name.toLowerCase().split(/[-_.]/)[0]);

/** @param locales what the system says, in the order in which it counts */
export function globalsOf(args: readonly string[], locales: readonly (string | undefined)[]): Globals {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const words: string[] = [];
  let language = languageFrom(locales);
  let colours: boolean | null = null;
  let problem: Globals['problem'] = null;
  for (let at = 0; at < end; at++) {
    const word = args[at];
    if (Object.hasOwn(COLOURS, word)) colours = COLOURS[word] ?? null;
    else if (word === '--lang' || word.startsWith('--lang=')) {
      const isApart = word === '--lang';
      const name = isApart ? args[at + 1] : word.slice('--lang='.length);
      const isThere = !isApart || (at + 1 < end && !name.startsWith('-'));
      if (isApart && isThere) at++;
      const named = isThere ? languageNamed(name) : undefined;
      language = named ?? language;
      problem = named === undefined ? () => wrong(isThere ? name : null) : null;
    } else words.push(word);
  }
  return { language, colours, words: [...words, ...args.slice(end)], problem };
}

const wrong = (name: string | null): UsageError =>
  name === null
    ? misuse('option.bare', { option: '--lang', takes: 'choice' })
    : misuse('option.wrong', {
        option: '--lang',
        value: name || "''",
        expected: { is: 'one-of', values: LANGUAGES },
        guess: nearest(name, LANGUAGES) ?? null,
      });
