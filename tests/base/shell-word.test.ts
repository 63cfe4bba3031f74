import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { shellWord } from '../../src/base/shell-word.js';
import { runSync } from '../run-sync.js';

const plain = ['checkpoints/tanh-1x128', 'corpus/ação_2', '/a/b:c,d@e+f=g%h'];
const quoted = [
  'a run/é',
  "it's",
  '$HOME',
  '`x`',
  'a;b',
  '*',
  '~',
  'a"b',
  'a\\b',
  '#',
  ' ',
  '',
  'a\nb',
  '😀',
];

test.each(plain)('%s stands as it is', (word) => {
  expect(shellWord(word)).toBe(word);
});

test.runIf(existsSync('/bin/sh')).each([...plain, ...quoted])('a shell reads %j as it was', (word) => {
  // What a terminal must not be shown stands in a form that bash, zsh and ksh read, and plain shells do not.
  const shell = shellWord(word).startsWith('$') ? 'bash' : '/bin/sh';
  const read = runSync(shell, ['-c', `printf %s ${shellWord(word)}`]).stdout;
  expect(read).toBe(word);
});
