/** Each README that users are sent to stands there in English and in Portuguese, and the two say the same; so would a third. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { runSync } from './run-sync.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const ENGLISH = 'README.md';
/** Of a language: its READMEs' name, what the English ones call it, `--lang`, and how it writes 1,024.5. */
const TRANSLATIONS = [
  {
    ...{ name: 'README.pt-BR.md', called: 'Em português', back: 'In English', lang: 'pt' },
    ...{ thousands: '.', point: ',' },
  },
] as const;

/** Files that a page links to, as seen from the project's root. */
const linkedFrom = (page: string): string[] =>
  [...read(page).matchAll(/\]\(([^)#\s]+)/g)]
    .map(([, path]) => path)
    .filter((path) => !/^https?:/.test(path))
    .map((path) => join(dirname(page), path));

const readmesFrom = (page: string): string[] =>
  [...new Set(linkedFrom(page))].filter((path) => /(?:^|\/)README[^/]*\.md$/.test(path));

/** Folders of the READMEs that the English one sends to, itself first. */
const folders = [...new Set([ENGLISH, ...readmesFrom(ENGLISH).filter((path) => path.endsWith(ENGLISH))])].map(
  (path) => dirname(path),
);

test.each(TRANSLATIONS)('those that users are sent to are there as $name, and no others', ({ name }) => {
  const all = ['', 'src', 'corpus', 'checkpoints'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: folder === 'src', encoding: 'utf8' }).map((path) =>
      join(folder, path),
    ),
  );
  const translated = all.filter((path) => path.endsWith(name)).map((path) => dirname(path));
  expect(translated.sort()).toEqual([...folders].sort());
  expect(folders.length).toBeGreaterThan(5);
});

/** Without blocks of code: fenced, and indented where they are no part of a list. */
const prose = (text: string): string =>
  text.replace(/^```.*?^```$/gms, '').replace(/(?<=\n\n)(?: {4}.*\n|\n(?= {4}))+/g, '');
const spans = (text: string): string[] => [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span);
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();

/** As the page's language writes them, so that versions with points (Node 20.19) are figures as well. */
function figuresIn(
  text: string,
  { thousands, point }: { readonly thousands: string; readonly point: string },
): string[] {
  const told = prose(text)
    .replace(/`[^`\n]+`/g, '')
    .replace(/\]\([^)]*\)/g, ']');
  const plain = told
    .replace(new RegExp(`(?<=\\d)\\${thousands}(?=\\d{3}(?!\\d))`, 'g'), '')
    .replace(new RegExp(`(?<=\\d)\\${point}(?=\\d)`, 'g'), '.');
  return [...plain.matchAll(/\d+(?:\.\d+)*/g)].map(([figure]) => figure).sort();
}

/** Code without what is said in it. */
const fencedIn = (text: string): string[] =>
  [...text.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, code]) =>
    code
      .replace(/^ *(?:\/\*\*.*\*\/|\/\/.*)\n/gm, '')
      .replace(/ *\/\/.*$/gm, '')
      .trim(),
  );
const indentedIn = (text: string): string[] =>
  [...text.matchAll(/(?<=\n\n)(?: {4}.*\n|\n(?= {4}))+/g)].map(([block]) => block);
const commandsIn = (block: string): string[] =>
  [...block.matchAll(/(?:npx dissipa|npm) \w+/g)].map(([command]) => command);
/** By table, the columns of each row. */
const tablesIn = (text: string): number[][] =>
  [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) =>
    table
      .trimEnd()
      .split('\n')
      .map((row) => row.split(/(?<!\\)\|/).length),
  );

const pairs = TRANSLATIONS.flatMap((one) => folders.map((folder) => ({ folder, ...one })));

describe.each(pairs)('in $folder, $name', ({ folder, name, called, back, lang, thousands, point }) => {
  const paths = [ENGLISH, name].map((one) => join(folder, one));
  const [english, translated] = paths.map((path) => (existsSync(join(root, path)) ? read(path) : ''));

  test('is there, and it and the English one send to each other below their titles', () => {
    const head = new RegExp(`^# .+\\n\\n(?:\\[.+\\]\\(.+\\) ?)*\\[${called}\\]\\(${name}\\)`);
    expect(english).toMatch(head);
    expect(translated).toMatch(new RegExp(`^# .+\\n\\n\\[${back}\\]\\(README\\.md\\)\\n`));
  });

  test('has headings of the same levels, tables of the same rows and blocks of the same parts and commands', () => {
    const shapeOf = (text: string) => ({
      headings: [...prose(text).matchAll(/^#+(?= )/gm)].map(([marks]) => marks),
      tables: tablesIn(text),
      blocks: indentedIn(text).map((block) => [block.split('\n\n').length, ...commandsIn(block)]),
    });
    expect(shapeOf(translated)).toEqual(shapeOf(english));
  });

  test('names the same flags, and shows the same code', () => {
    const flagsOf = (text: string): string[] =>
      sorted([...text.matchAll(/(?<![\w-])--[a-z][\w-]*/g)].map(([flag]) => flag));
    expect(flagsOf(translated)).toEqual(flagsOf(english));
    expect(fencedIn(translated)).toEqual(fencedIn(english));
  });

  // Not those in which names are translated, as of commands and patterns.
  test.skipIf(folder === '.')('names the same keys, files and choices', () => {
    const keysOf = (text: string): string[] => sorted(spans(text).filter((span) => !/[ ']/.test(span)));
    expect(keysOf(translated)).toEqual(keysOf(english));
  });

  test('tells the same figures', () => {
    const told = figuresIn(english, { thousands: ',', point: '.' });
    expect(figuresIn(translated, { thousands, point })).toEqual(told);
  });

  test('sends to the same places, in its own language', () => {
    const own = (path: string): string =>
      folders.includes(dirname(path)) && path.endsWith(ENGLISH)
        ? join(dirname(path), name)
        : path.replace(/-en(?=\.(?:png|svg)$)/, `-${lang}`);
    const placesOf = (page: string): string[] => linkedFrom(page).filter((path) => path !== page);
    // Of the other one only the head speaks.
    const [there, here] = [placesOf(paths[0]), placesOf(paths[1])];
    expect(there.filter((path) => path === paths[1])).toHaveLength(1);
    expect(here.filter((path) => path === paths[0])).toHaveLength(1);
    const others = (places: readonly string[]): string[] =>
      sorted(places.filter((path) => dirname(path) !== folder || !/^README/.test(basename(path))));
    expect(others(here)).toEqual(sorted(others(there).map(own)));
  });
});

/** However wide the terminal was. */
const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
/** In a single-byte encoding that has to be found out. */
const LETTER =
  'Não há razão para a aflição; ontem o João comprou pão e maçãs na feira. Você não vê que é verão?\n';

describe.each([{ name: ENGLISH, lang: 'en' }, ...TRANSLATIONS])(
  '$name shows what is printed',
  ({ name, lang }) => {
    const folder = mkdtempSync(join(tmpdir(), 'dissipa-pairs-'));
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });
    const blockWith = (page: string, mark: string): string =>
      words(indentedIn(read(page)).find((block) => block.includes(mark)) ?? `no ${mark}`);
    const printedBy = (...args: readonly string[]): string => {
      const { stdout } = runSync(
        process.execPath,
        [join(root, 'dist/cli/main.js'), ...args, '--lang', lang],
        {
          cwd: folder,
        },
      );
      return words(stdout);
    };

    test('of a shipped model', () => {
      const model = join(root, 'checkpoints/lstm-2x176.safetensors');
      expect(printedBy('inspect', model)).toContain(blockWith(join('src/probe', name), '10⁻⁶'));
    });

    test('of the bundled corpus', () => {
      expect(printedBy('corpus')).toContain(blockWith(name, 'Witten–Bell'));
    });

    test('of a letter in an encoding that it does not name', () => {
      const block = blockWith(join('src/text', name), 'windows-1252');
      const file = /\S+\.txt$/.exec(block)?.[0] ?? 'none.txt';
      writeFileSync(join(folder, file), Buffer.from(LETTER.repeat(8), 'latin1'));
      expect(printedBy('corpus', file)).toContain(block);
    });
  },
);
