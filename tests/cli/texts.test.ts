/** Where texts come from, and what is said of those that cannot be read. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compare } from '../../src/cli/commands/compare.js';
import { corpus } from '../../src/cli/commands/corpus.js';
import { train } from '../../src/cli/commands/train.js';
import { InterruptedError } from '../../src/cli/environment.js';
import { bytesFrom, findTexts, unpacked } from '../../src/cli/sources.js';
import { digestSources, readTexts, streamTexts } from '../../src/cli/texts.js';
import { whatWasDone } from '../../src/study/corpus/reading.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import { nodeFiles } from '../../src/store/files-node.js';
import { complaintOf, messageOf, utf8 } from '../store/fixtures.js';
import { CLI_MS, program } from './dissipa.js';
import { watched } from './environment.js';
import { en } from '../../src/words/en/words.js';
import { runSync } from '../run-sync.js';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), 'dissipa-texts-'));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true });
});

const at = (name: string): string => join(dir, name);
function put(name: string, content: string | Uint8Array = `${name}\n`): string {
  fs.mkdirSync(join(at(name), '..'), { recursive: true });
  fs.writeFileSync(at(name), content);
  return at(name);
}
async function* piecesOf(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

describe('texts are found', () => {
  const found = async (...paths: readonly string[]): Promise<string[]> =>
    (await findTexts(nodeFiles(), paths)).map((path) => path.replace(`${dir}/`, ''));

  test('in folders, by name, and in those within; hidden files, others and READMEs, in whatever language, are passed over', async () => {
    for (const name of [
      'b.txt',
      'a.md',
      'c/z.txt.gz',
      'c/README.md',
      'd/README.md',
      'd/README.pt-BR.md',
      'e.TXT',
      'README.md',
      'README.pt-BR.md',
      'readme_ZH-hant.md',
      'readme-please.md',
      '.f.txt',
      'g.png',
    ])
      put(name);
    // In d READMEs are the only texts there are.
    expect(await found(dir)).toEqual([
      ...['a.md', 'b.txt', 'c/z.txt.gz', 'd/README.md', 'd/README.pt-BR.md', 'e.TXT', 'readme-please.md'],
    ]);
    expect(await found(at('README.md'), at('g.png'))).toEqual(['README.md', 'g.png']);
  });

  test('in the order they are named, each once, by whatever name', async () => {
    for (const name of ['x/a.txt', 'x/b.txt']) put(name);
    fs.symlinkSync(at('x/a.txt'), at('link.txt'));
    expect(await found(at('x/b.txt'), `${dir}/x/../x/b.txt`, at('link.txt'), at('x'), '-', '-')).toEqual([
      'x/b.txt',
      'link.txt',
      '-',
    ]);
  });

  test('in folders that contain themselves', async () => {
    put('x/a.txt');
    fs.symlinkSync(at('x'), at('x/again'));
    expect(await found(dir)).toEqual(['x/a.txt']);
  });

  test('by patterns that no shell has expanded', async () => {
    for (const name of ['x/b.txt', 'x/a.txt', 'x/y/c.txt', 'x/y/d.log', 'x/[1].txt']) put(name);
    expect(await found(at('x/?.txt'))).toEqual(['x/a.txt', 'x/b.txt']);
    expect(await found(at('x/**/*.{txt,log}'))).toEqual([
      'x/[1].txt',
      'x/a.txt',
      'x/b.txt',
      'x/y/c.txt',
      'x/y/d.log',
    ]);
    // As the shell does: folders too, and a folder's texts are its .txt and .md files.
    expect(await found(at('x/*'))).toEqual(['x/[1].txt', 'x/a.txt', 'x/b.txt', 'x/y/c.txt']);
    // A file that is there is no pattern.
    expect(await found(at('x/[1].txt'))).toEqual(['x/[1].txt']);
  });

  test('with other endings by --ext, which the message names', async () => {
    for (const name of [
      'songs/a.abc',
      'songs/b.ABC.gz',
      'songs/c/d.srt',
      'songs/e.png',
      'songs/Makefile',
      'songs/f.tex',
    ])
      put(name);
    const message = await messageOf(() => findTexts(nodeFiles(), [at('songs')]));
    for (const part of ['2 .abc', '1 .srt', '1 .tex', '1 .png', '--ext abc,'])
      expect(message).toContain(part);
    expect(message).not.toMatch(/--ext\S*png/);
    const asked = async (ext: string): Promise<string[]> =>
      (await findTexts(nodeFiles(), [at('songs')], { ext })).map((path) =>
        path.replace(`${at('songs')}/`, ''),
      );
    expect(await asked('abc')).toEqual(['a.abc', 'b.ABC.gz']);
    expect(await asked(' .SRT , tex')).toEqual(['c/d.srt', 'f.tex']);
    expect(await messageOf(() => asked('csv'))).toMatch(/has no \.csv file/);
    expect(await messageOf(() => corpus(watched(), [at('songs')], { ext: 'a/b' }))).toMatch(
      /^--ext: is a\/b, expected/,
    );
  });

  test('but not in the folder of a run, nor in one within: its samples are none', async () => {
    for (const name of [
      'run/run.json',
      'run/samples.txt',
      'cmp/compare.json',
      'cmp/a.txt',
      'x/a.txt',
      'x/run/run.json',
      'x/run/samples.txt',
      'm.safetensors',
    ])
      put(name);
    expect(await found(at('x'))).toEqual(['x/a.txt']);
    expect(await messageOf(() => found(at('x/run')))).toMatch(/folder of a run, expected texts/);
    const { files } = watched();
    const complaint = async (path: string, command?: 'train'): Promise<string> => {
      const error = await complaintOf(() => findTexts(files, [at(path)], { command }));
      expect(error.exitCode).toBe(2);
      return error.message;
    };
    expect(await complaint('run', 'train')).toContain(`npx dissipa train --resume ${at('run')}`);
    expect(await complaint('run')).toContain(`npx dissipa inspect ${at('run')}`);
    expect(await complaint('cmp')).toContain(`npx dissipa compare --resume ${at('cmp')}`);
    expect(await complaint('m.safetensors')).toContain(`npx dissipa inspect ${at('m.safetensors')}`);
    // From the commands themselves.
    expect(await messageOf(() => train(watched(), [at('run')], {}))).toContain('--resume');
    expect(await messageOf(() => compare(watched(), [at('run'), at('run')], {}))).toContain(
      'dissipa inspect',
    );
    // A file of it that is named is a text as any other.
    expect(await found(at('run/samples.txt'))).toEqual(['run/samples.txt']);
  });

  test.each([
    ['none.txt', 'there is no such file or folder, expected a text or a folder of texts; check the path'],
    ['*.txt', 'nothing matches the pattern, expected a text or a folder of texts; check the path'],
    [
      'empty',
      'the folder has no .txt or .md file; it has 1 .log, expected at least one text; read them with --ext log, or name the files themselves',
    ],
  ])('%s: not at all, and that is said', async (name, line) => {
    put('empty/a.log');
    expect(await messageOf(() => findTexts(nodeFiles(), [at(name)]))).toBe(`${at(name)}: ${line}`);
  });
});

describe('texts are read', () => {
  test('one after the other, an empty line between two', async () => {
    const paths = [put('a.txt', 'um'), put('b.txt', 'dois\n'), put('c.txt', 'três\r\n')];
    const env = watched();
    const { text, texts, digest, where } = await readTexts(env, paths, {});
    expect(text).toBe('um\n\ndois\n\ntrês\n');
    expect(texts).toEqual([
      { path: paths[0], bytes: 2, characters: 2 },
      { path: paths[1], bytes: 5, characters: 5 },
      { path: paths[2], bytes: 7, characters: 5, changes: { carriageReturns: 1 } },
    ]);
    expect(digest).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    expect(where).toBe(paths.join(', '));
    expect(env.written.err).toMatch(/^1 carriage return read as \\n: .*c\.txt\n$/s);
  });

  test('packed, in several parts too, and from standard input, packed or not, however it comes', async () => {
    const text = 'o rio corre para o mar. '.repeat(5000);
    const packed = Buffer.concat([gzipSync(text), gzipSync('E volta.')]);
    const env = watched({
      stdin: () => piecesOf(packed.subarray(0, 1), packed.subarray(1, 2), packed.subarray(2)),
    });
    expect((await readTexts(env, [put('a.txt.gz', packed)], {})).text).toBe(`${text}E volta.`);
    expect((await readTexts(env, ['-'], {})).text).toBe(`${text}E volta.`);
    const plain = watched({
      stdin: () => piecesOf(...Array.from(utf8('água'), (byte) => Uint8Array.of(byte))),
    });
    expect(await readTexts(plain, ['-'], {})).toMatchObject({
      text: 'água',
      texts: [{ path: '-', bytes: 5 }],
    });
  });

  test('and it is told on stderr in which encodings, and what was cut', async () => {
    const latin1 = Uint8Array.from('Não é não.\n', (c) => c.charCodeAt(0));
    const book =
      'Title: A\n\n*** START OF THE PROJECT GUTENBERG EBOOK A ***\nolá\n*** END OF THE PROJECT GUTENBERG EBOOK A ***\n';
    const paths = ['a', 'b', 'c', 'd'].map((name) => put(`${name}.txt`, latin1));
    paths.push(put('e.txt', book));
    const env = watched();
    const { texts } = await readTexts(env, paths, {});
    const cut = book.length - 'olá\n'.length;
    const guess = { certainty: 'sure', words: ['Não', 'é', 'não'], rivals: [] };
    expect(texts[0]).toEqual({ path: paths[0], bytes: 11, characters: 11, encoding: 'windows-1252', guess });
    const cuts = [
      {
        characters: book.indexOf('olá'),
        begins: 'Title: A *** START OF THE',
        ends: 'THE PROJECT GUTENBERG EBOOK A ***',
      },
      {
        characters: cut - book.indexOf('olá'),
        begins: '*** END OF THE PROJECT GUTENBERG',
        ends: 'THE PROJECT GUTENBERG EBOOK A ***',
      },
    ];
    expect(texts[4]).toMatchObject({ path: paths[4], bytes: book.length + 1, characters: 4, cut, cuts });
    // Wrapped where the paths are long.
    const told = env.written.err.trim().split(/\s+/).join(' ');
    expect(told).toContain(`as in Não é não: ${paths.slice(0, 3).join(', ')} and 1 more`);
    expect(told).toMatch(/windows-1252 \(sure; --encoding names another\)/);
    expect(told).toContain(`${cut} characters (--keep-boilerplate leaves them): ${paths[4]}`);
    for (const { begins, ends } of cuts) expect(told).toContain(`${begins} … ${ends}`);
    expect(whatWasDone([{ path: 'a', bytes: 1, characters: 1 }], en)).toEqual([]);
    expect((await readTexts(env, [paths[4]], { keepBoilerplate: true })).text).toBe(book);
  });

  test('and what was removed or replaced is told by kind, and nothing of it reaches the terminal', async () => {
    const env = watched();
    const text = 'um\fdois\r\n\x1b[31mtrês\x07 qua\xadtro\x1b]0;\x07\n';
    await readTexts(env, [put('a.txt', text)], {});
    const told = env.written.err.replace(/\s+/g, ' ');
    expect(told).toMatch(
      /1 carriage return.*1 form feed.*2 escape sequences removed.*1 control character removed.*1 soft hyphen/,
    );
    const report = watched();
    await corpus(report, [put('b.txt', text.repeat(30))], { json: true });
    const { texts } = JSON.parse(report.written.out) as { texts: { changes: unknown }[] };
    expect(texts[0].changes).toEqual({
      ...{ carriageReturns: 30, otherLineEnds: 30, escapeSequences: 60, controls: 30, softHyphens: 30 },
    });
    const shown = watched();
    await corpus(shown, [at('b.txt')], {});
    expect(shown.written.out).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(shown.written.out.replace(/\s+/g, ' ')).toContain('60 escape sequences');
  });

  test('an encoding that was named is not told to be named', async () => {
    const env = watched();
    await readTexts(env, [put('a.txt', Uint8Array.of(0xe9, 0x0a))], { encoding: 'latin1' });
    expect(env.written.err).toMatch(/windows-1252/);
    expect(env.written.err).not.toMatch(/names another/);
  });

  test('what is left of Project Gutenberg is told', async () => {
    const env = watched();
    await readTexts(env, [put('a.txt', 'Do Project Gutenberg.\n')], {});
    expect(env.written.err).toMatch(/"Project Gutenberg".* 1 time/);
  });

  test('with a digest of their sources that shows where one ends', async () => {
    const env = watched();
    const sources = [put('a.txt', 'ab'), put('b.txt', 'c')];
    const take = (): Promise<number> => Promise.resolve(0);
    const { sourceDigest } = await streamTexts(env, sources, {}, take);
    expect(await digestSources(env, sources)).toBe(sourceDigest);
    fs.writeFileSync(at('a.txt'), 'a');
    fs.writeFileSync(at('b.txt'), 'bc');
    expect(await digestSources(env, sources)).not.toBe(sourceDigest);
  });

  test('until Ctrl-C', async () => {
    const env = watched();
    const stop = { aborted: false };
    const take = (): Promise<number> => Promise.resolve(Number((stop.aborted = true)));
    const reading = streamTexts(env, [put('a.txt'), put('b.txt')], {}, take, stop);
    const error = await complaintOf(() => reading);
    expect(error).toBeInstanceOf(InterruptedError);
    expect([error.exitCode, error.message]).toEqual([130, 'interrupted: the texts were still being read']);
  });
});

test('--encoding list prints the encodings there are, whatever else is missing', { timeout: CLI_MS }, () => {
  for (const args of [
    ['corpus', '--encoding', 'list'],
    ['evaluate', '--encoding=list'],
    ['train', 'none.txt', '--encoding', 'list'],
  ]) {
    const { status, stdout, stderr } = runSync(process.execPath, [program, ...args]);
    expect([status, stderr]).toEqual([0, '']);
    for (const name of ['utf-8', 'windows-1252', 'macintosh', 'cp850', 'koi8-r', 'gb18030', 'shift_jis'])
      expect(stdout).toMatch(new RegExp(`^${name} `, 'm'));
  }
});

test.each([['corpus'], ['corpus', '--lowercase']])(
  '%s - reads standard input',
  { timeout: CLI_MS },
  (...args) => {
    const input = gzipSync('O rio corre para o mar.\n'.repeat(10));
    const { status, stdout, stderr } = runSync(process.execPath, [program, ...args, '-', '--json'], {
      input,
    });
    expect({ status, stderr: stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ texts: [{ path: '-', bytes: 240, characters: 240 }] });
  },
);

test('standard input is named in the language that is spoken', { timeout: CLI_MS }, () => {
  const said = (input: string): string[] => {
    const { stdout, stderr } = runSync(process.execPath, [program, 'corpus', '-', '--lang', 'pt'], { input });
    return [stdout, stderr];
  };
  const [report] = said('uma casa pequena, com certeza. '.repeat(9));
  expect(report).toMatch(/^entrada padrão: /);
  const [, complaint] = said('');
  expect(complaint).toMatch(/^entrada padrão: /);
});

describe('what cannot be read is said in one line:', () => {
  const complaint = (path: string): Promise<string> => messageOf(() => readTexts(watched(), [path], {}));
  const packed = gzipSync('o rio corre para o mar. '.repeat(5000));

  test('gzip that is cut short, damaged, or none', async () => {
    expect(await complaint(put('a.gz', packed.subarray(0, 200)))).toBe(
      `${at('a.gz')}: the gzip data is cut short (unexpected end of file), expected a packed text; check it with \`gzip -t\`, or fetch it again`,
    );
    const damaged = Uint8Array.from(packed);
    damaged.fill(0xff, 100, 120);
    expect(await complaint(put('b.gz', damaged))).toMatch(/b\.gz: the gzip data is damaged \(.+\), expected/);
    expect(await complaint(put('c.gz', 'no gzip'))).toMatch(
      /c\.gz: the gzip data is damaged \(incorrect header check\)/,
    );
    const checksum = Uint8Array.from(packed);
    checksum[checksum.length - 8] ^= 1;
    expect(await complaint(put('d.gz', checksum))).toMatch(
      /d\.gz: the gzip data is damaged \(incorrect data check\)/,
    );
  });

  test('an empty file, packed or not', async () => {
    expect(await complaint(put('a.txt', ''))).toBe(`${at('a.txt')}: the file is empty, expected a text`);
    expect(await complaint(put('a.gz', ''))).toBe(`${at('a.gz')}: the file is empty, expected a text`);
    expect(await complaint(put('b.gz', gzipSync('')))).toBe(
      `${at('b.gz')}: the file is empty, expected a text`,
    );
  });

  test('a source that fails while it is unpacked', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield packed.subarray(0, 100);
      await Promise.resolve();
      throw await complaintOf(() => memoryFiles().read('disk'));
    };
    const read = async (): Promise<void> => {
      for await (const piece of unpacked('a.gz', failing())) expect(piece.length).toBeGreaterThan(0);
    };
    expect(await messageOf(read)).toBe('disk: there is no such file; check the path');
  });

  test('a terminal for standard input', async () => {
    expect(await messageOf(() => bytesFrom(watched(), '-'))).toMatch(
      /^standard input: is a terminal, expected a text; pipe one in/,
    );
  });

  test.runIf(process.getuid?.() !== 0)('a file without permission', async () => {
    fs.chmodSync(put('a.txt'), 0);
    expect(await complaint(at('a.txt'))).toMatch(/a\.txt: may not be read; change the permissions/);
  });
});
