/** `train --minutes`: what it prints is what it did, and can be done again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesOf, CLI_MS, complaint, dissipa, succeed, temporaryFolder } from './dissipa.js';

const WORDS = 'a carta chega tarde e o gradiente se dissipa no caminho de volta para casa'.split(' ');

function setUp(length: number): string {
  const cwd = temporaryFolder();
  let [text, at] = ['', 7];
  while (text.length < length) {
    at = (at * 1103515245 + 12345) % 2 ** 31;
    text += `${WORDS[(at >> 16) % WORDS.length]} `;
  }
  writeFileSync(join(cwd, 'text.txt'), text.slice(0, length));
  return cwd;
}

/** The command that is printed before the training, as its words. */
function printed(stderr: string): string[] {
  const line = stderr.split('\n').find((one) => one.trim().startsWith('npx dissipa train'));
  expect(line, stderr).toBeDefined();
  return (line ?? '').trim().split(' ').slice(2);
}

test('the flags that are printed give the same bits', { timeout: CLI_MS }, async () => {
  const cwd = setUp(6000);
  // Probes are ordinary options too, and the user's own stay.
  const own = ['--cell', 'lstm', '--probe', 'off', '--threads', '1'];
  const chosen = await dissipa(['train', 'text.txt', '--minutes', '0.1', ...own, '--out', 'a'], cwd);
  expect(chosen.code, chosen.stderr).toBe(0);
  const words = printed(chosen.stderr);
  expect(words).toEqual(expect.arrayContaining(['text.txt', ...own]));
  expect(words).not.toContain('--minutes');
  await succeed([...words, '--out', 'b'], cwd);
  expect(bytesOf(cwd, 'b/best.safetensors')).toBe(bytesOf(cwd, 'a/best.safetensors'));
});

test(
  'a model that is begun with is in the printed command, with its shape',
  { timeout: CLI_MS },
  async () => {
    const cwd = setUp(6000);
    const tiny = ['--cell', 'gru', '--hidden', '7', '--steps', '5', '--out', 'first'];
    await succeed(['train', 'text.txt', ...tiny], cwd);
    const { stderr, code } = await dissipa(
      ['train', 'text.txt', '--from', 'first', '--minutes', '0.1', '--threads', '1', '--out', 'second'],
      cwd,
    );
    expect(code, stderr).toBe(0);
    const words = printed(stderr);
    expect(words[words.indexOf('--from') + 1]).toContain('first');
    const { options } = JSON.parse(readFileSync(join(cwd, 'second/run.json'), 'utf8')) as {
      options: Record<string, unknown>;
    };
    expect(options).toMatchObject({ cell: 'gru', hidden: 7, layers: 1 });
  },
);

test('what no time can be made of is said before anything is trained', { timeout: CLI_MS }, async () => {
  const cwd = setUp(3000);
  for (const minutes of ['0', '-1', 'soon', 'half'])
    expect(await complaint(['train', 'text.txt', '--minutes', minutes], cwd, 2)).toContain('--minutes');
  writeFileSync(join(cwd, 'short.txt'), 'ab');
  expect(await complaint(['train', 'short.txt', '--minutes', '0.1'], cwd, 1)).toContain('short.txt');
});
