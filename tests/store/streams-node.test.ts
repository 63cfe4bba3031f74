/** What only a file that others write to does. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFiles } from '../../src/store/files-node.js';
import { messageOf } from './fixtures.js';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), 'dissipa-streams-'));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true });
});

test.each([
  [
    'shrinks',
    (path: string) => {
      fs.truncateSync(path, 300_000);
    },
  ],
  [
    'shrinks, its time of change set back,',
    (path: string) => {
      const { atime, mtime } = fs.statSync(path);
      fs.truncateSync(path, 300_000);
      fs.utimesSync(path, atime, mtime);
    },
  ],
  [
    'grows',
    (path: string) => {
      fs.appendFileSync(path, 'more');
    },
  ],
  [
    'is written over',
    (path: string) => {
      fs.writeFileSync(path, 'y'.repeat(1_000_000));
      fs.utimesSync(path, 1, 2);
    },
  ],
])('a file that %s while it is read is refused', async (_, change) => {
  const path = join(dir, 'a');
  fs.writeFileSync(path, 'x'.repeat(1_000_000));
  // A whole second: what is set back below is set back exactly.
  fs.utimesSync(path, 1000, 1000);
  const read = async (): Promise<void> => {
    let pieces = 0;
    for await (const piece of nodeFiles().stream(path)) if (piece.length > 0 && pieces++ === 0) change(path);
  };
  expect(await messageOf(read)).toBe(
    `${path}: the file changed while it was being read, expected it to stay as it is; try again once nothing writes to it any more`,
  );
});

test('a file opened for reading by position keeps what it was opened on, and tells when it is cut', async () => {
  const path = join(dir, 'a');
  fs.writeFileSync(path, 'x'.repeat(1000));
  const file = nodeFiles().at(path);
  const into = new Uint8Array(10);
  file.read(990, into);
  fs.truncateSync(path, 500);
  expect(
    await messageOf(() => {
      file.read(990, into);
    }),
  ).toMatch(/a: the file has only 500 bytes, expected at least 1000/);
  file.close();
});
