/** Commands in a terminal of their own: what is on the screen at their end, and what they leave of it. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/ui/terminal/width.js';
import { CLI_MS, corpus, temporaryFolder } from './dissipa.js';
import { hasPty, startInTerminal, terminal } from './terminal.js';

const TRAIN = [
  'train',
  corpus,
  ...'--cell tanh --hidden 4 --batch 2 --window 32 --sample-every 0'.split(' '),
];
const [NARROW, WIDE] = [40, 90];

describe.runIf(hasPty)('train in a terminal', () => {
  test.each([NARROW, WIDE])(
    'of %i columns: Ctrl-C leaves its last line, the way to go on, and nothing half drawn',
    { timeout: CLI_MS },
    async (columns) => {
      const cwd = temporaryFolder();
      const args = [...TRAIN, ...'--steps 1000000 --lag-every 20 --out run --lang pt'.split(' ')];
      // By then the gradient has been measured, and warned of.
      const { ended } = startInTerminal(args, cwd, { columns, wait: 'dissipa', typed: '^C' });
      const { code, stdout } = await ended;
      expect(code).toBe(130);
      const at = terminal(columns, 24);
      at.write(stdout);
      const seen = at.seen();
      expect(seen.filter((line) => widthOf(line) > columns)).toEqual([]);
      expect(seen.filter((line) => line.includes('^C'))).toEqual([]);
      expect(seen.filter((line) => / de 1\.000\.000/.test(line))).toHaveLength(1);
      expect(seen.filter((line) => line.includes('█') || line.includes('░'))).toHaveLength(
        columns === WIDE ? 1 : 0,
      );
      expect(seen.slice(-3).join('\n')).toMatch(/--resume run\n$/);
    },
  );

  test(
    'that can do nothing gets lines, and no sign that it would not understand',
    { timeout: CLI_MS },
    async () => {
      const cwd = temporaryFolder();
      const args = [...TRAIN, ...'--steps 30 --out run'.split(' ')];
      const { code, stdout } = await startInTerminal(args, cwd, { columns: NARROW, term: 'dumb' }).ended;
      expect(code).toBe(0);
      expect(stdout).not.toContain('\u001b');
      expect(stdout.replaceAll('\r\n', '\n')).not.toContain('\r');
      expect(stdout).toContain('step 30 of 30');
    },
  );
});

describe.runIf(hasPty)('an error in a terminal', () => {
  test('is broken between words', { timeout: CLI_MS }, async () => {
    const cwd = temporaryFolder();
    const path = join('a-folder', 'that-is-not-there', 'text.txt');
    const { code, stdout } = await startInTerminal(['train', path], cwd, { columns: NARROW }).ended;
    expect(code).toBe(1);
    const lines = stdout.replaceAll('\r\n', '\n').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(NARROW);
  });
});
