/** `dissipa lesson` as a user runs it: tiny networks on a short text; what is wrong is said before anything is measured. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Lesson } from '../../src/words/lesson/lesson.js';
import { CLI_MS, complaint, dissipa, program, start, startCommand, temporaryFolder } from './dissipa.js';

const TEXT = 'a casa caiu na praia; a asa da ave bate. '.repeat(40);
const TINY = '--hidden 4 --window 8 --steps 2'.split(' ');

function folderWithText(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'text.txt'), TEXT);
  return folder;
}

/** The commands that a page shows, as they are to be copied. */
function commandsOf(page: string): string[] {
  const blocks = [...page.matchAll(/<pre[^>]*><code>(.*?)<\/code><\/pre>/gs)].map(([, block]) => block);
  return blocks.flatMap((block) =>
    block
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&#39;', "'")
      .split('\n'),
  );
}

describe('the lesson', () => {
  test(
    'in Portuguese: a page, a summary; again: another page; and its commands work as they stand',
    { timeout: CLI_MS },
    async () => {
      const folder = folderWithText();
      const args = ['lesson', 'text.txt', '--lang', 'pt', ...TINY];
      const { code, stdout, stderr } = await dissipa(args, folder);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.match(/^ {3}Veredito: [✓◐✗○] /gm)).toHaveLength(10);
      expect(stderr).toMatch(/^1\.640 caracteres, 16 símbolos · dez afirmações, /);
      expect(stderr).toMatch(/\npágina gravada em aula\.html \(\d+ KiB\): abra-a no navegador\n$/);
      const page = readFileSync(join(folder, 'aula.html'), 'utf8');
      expect(page).toContain('<html lang="pt-BR">');

      const again = await dissipa([...args, '--json', 'figures.json'], folder);
      expect(again.stderr).toContain('gravada em aula-2.html');
      // The same figures, whenever it is run.
      expect(again.stdout).toBe(stdout);
      expect(readFileSync(join(folder, 'aula-2.html'), 'utf8')).toBe(page);
      const { setup } = JSON.parse(readFileSync(join(folder, 'figures.json'), 'utf8')) as Lesson;
      expect(setup).toMatchObject({
        text: 'text.txt',
        hidden: 4,
        window: 8,
        steps: 2,
        rows: 16,
        symbols: 16,
      });

      const commands = commandsOf(page);
      expect(commands).toHaveLength(17);
      const script = commands.map((line) => line.replace('npx dissipa', '"$0" "$1"')).join(' &&\n');
      const ended = await startCommand('sh', ['-c', script, process.execPath, program], folder).ended;
      expect({ code: ended.code, stderr: ended.code === 0 ? '' : ended.stderr }).toEqual({
        code: 0,
        stderr: '',
      });
      for (const number of [3, 10])
        expect(readFileSync(join(folder, `aula-${number}.html`), 'utf8')).toContain('<html lang="pt-BR">');
      for (const number of [2, 5, 6, 9])
        expect(readFileSync(join(folder, `checkpoints/aula-${number}.html`), 'utf8')).toContain(
          'dissipa inspect',
        );
    },
  );

  test.each([
    [{ LC_ALL: 'pt_BR.UTF-8', LANG: 'en_US.UTF-8' }, 'aula.html'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'en_US.UTF-8' }, 'lesson.html'],
  ])('the system’s language: %j', { timeout: CLI_MS }, async (locale, page) => {
    const folder = folderWithText();
    const given = Object.entries(locale).map(([name, value]) => `${name}=${value}`);
    const args = [...given, process.execPath, program, 'lesson', 'text.txt', ...TINY];
    const { code } = await startCommand('env', args, folder).ended;
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual([page, 'text.txt'].sort());
  });

  test('figures alone: on stdout, and no page', { timeout: CLI_MS }, async () => {
    const folder = folderWithText();
    const { code, stdout } = await dissipa(['lesson', 'text.txt', ...TINY, '--json'], folder);
    expect(code).toBe(0);
    const { sections } = JSON.parse(stdout) as Lesson;
    expect(Object.keys(sections)).toHaveLength(10);
    expect(readdirSync(folder)).toEqual(['text.txt']);
  });

  test(
    'a text too short to carry it: measured on the bundled corpus instead, said in one line',
    { timeout: CLI_MS },
    async () => {
      const folder = folderWithText();
      writeFileSync(join(folder, 'poem.txt'), TEXT.slice(0, 1000));
      const args = ['lesson', 'poem.txt', '--lang', 'en', ...TINY, '--json', 'figures.json'];
      const { code, stderr } = await dissipa(args, folder);
      expect(code).toBe(0);
      const told = stderr.split('\n').filter((line) => line.includes('poem.txt'));
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(/1,000 .*1,290/);
      const { setup } = JSON.parse(readFileSync(join(folder, 'figures.json'), 'utf8')) as Lesson;
      expect(setup.text).toBeNull();
      expect(setup.characters).toBeGreaterThan(300_000);
      expect(setup.insteadOf).toEqual({ text: 'poem.txt', characters: 1000, needed: 1290 });
      const page = readFileSync(join(folder, 'lesson.html'), 'utf8');
      expect(page).toContain('poem.txt');
      // What a reader is shown to run reads the text that was measured on.
      for (const command of commandsOf(page)) expect(command).not.toContain('poem.txt');
    },
  );

  test('interrupted: code 130, nothing is left', { timeout: CLI_MS }, async () => {
    const folder = folderWithText();
    const running = start(['lesson', 'text.txt', '--lang', 'en', '--steps', '100000'], folder);
    await vi.waitUntil(() => running.stderr().includes('ten claims'), { timeout: CLI_MS / 2, interval: 5 });
    running.child.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/\ninterrupted: the lesson did not reach its end; nothing was written\n$/);
    expect(readdirSync(folder)).toEqual(['text.txt']);
  });
});

describe('what is wrong is said in a line, and nothing is measured', () => {
  const folder = folderWithText();
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'one.txt'), 'x'.repeat(2000));
  test.each([
    ['lesson nowhere.txt', 1, /^nowhere\.txt: there is no such file or folder/],
    ['lesson one.txt', 1, /^one\.txt: the text is nothing but 'x'/],
    ['lesson --lang fr', 2, "--lang: 'fr' is not a language, expected one of pt, en"],
    ['lesson --steps 1', 2, '--steps: is 1, expected at least 2'],
    ['lesson --hidden many', 2, '--hidden: is many, expected a number'],
    ['lesson --layers 3', 2, /^--layers: is an option of train, [^;]*, not of lesson; /],
    ['lesson --html', 2, /^--html: has no value/],
    ['lesson text.txt --html folder', 2, '--html: folder is a folder, expected a file'],
    ['lesson text.txt --html none/a.html', 2, /^--html: there is no folder none, expected one to write to/],
    [
      'lesson --json text.txt',
      2,
      /^--json: is text\.txt, expected a file whose name ends in \.json; to print/,
    ],
    ['lesson text.txt --json none/a.json', 2, /^--json: there is no folder none/],
    ['lesson --engine reference --threads 2', 2, /^--threads 2: the engine is the reference/],
  ] as const)('%s', { timeout: CLI_MS }, async (args, code, line) => {
    const found = await complaint(args.split(' '), folder, code);
    if (typeof line === 'string') expect(found).toBe(line);
    else expect(found).toMatch(line);
    expect(readFileSync(join(folder, 'text.txt'), 'utf8')).toBe(TEXT);
    expect(existsSync(join(folder, 'lesson.html')) || existsSync(join(folder, 'aula.html'))).toBe(false);
  });
});
