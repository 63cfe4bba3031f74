/** `dissipa playground` as a teacher runs it: serves, shares, writes, and ends. */
import { connect } from 'node:net';
import { get } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { describe, expect, test, vi } from 'vitest';
import { networkAddress } from '../../src/web/server-node.js';
import { CLI_MS, dissipa, projectRoot, start, temporaryFolder, type Running } from './dissipa.js';

const built = readFileSync(join(projectRoot, 'dist/web/playground.html'), 'utf8');

async function serving(
  ...flags: readonly string[]
): Promise<{ run: Running; address: string; port: string }> {
  const run = start(['playground', '--no-open', '--port', '0', ...flags], temporaryFolder());
  const said = (): RegExpExecArray | null => /http:\/\/127\.0\.0\.1:(\d+)\//.exec(run.stdout());
  await vi.waitUntil(() => said() ?? run.child.exitCode !== null, { timeout: CLI_MS / 2, interval: 20 });
  const [address, port] = said() ?? expect.fail(run.stderr());
  return { run, address, port };
}

const end = async ({ child, ended }: Running): Promise<unknown> => {
  child.kill('SIGINT');
  return ended;
};

/** What the server answers to a request as it stands, byte by byte. */
const raw = (port: string, request: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.end(request));
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('end', () => {
      resolve(answer);
    });
    socket.on('error', reject);
  });

type Jsqr = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
// Its module is one of CommonJS, whose default is inside another in Node.
const readCode = ((jsqr as { default?: unknown }).default ?? jsqr) as Jsqr;

/** The picture's dark squares as pixels, and what a phone reads in them. */
function read(svg: string): string | null {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? expect.fail(svg.slice(0, 200));
  const SCALE = 4;
  const size = SCALE * Number(width);
  const pixels = new Uint8ClampedArray(4 * size * SCALE * Number(height)).fill(255);
  for (const [, x, y, w, h] of svg.matchAll(/M(\d+),(\d+)h(\d+)v(\d+)h-\d+z/g))
    for (let i = 0; i < SCALE * Number(w); i++)
      for (let j = 0; j < SCALE * Number(h); j++)
        pixels.fill(
          0,
          4 * ((SCALE * Number(y) + j) * size + SCALE * Number(x) + i),
          4 * ((SCALE * Number(y) + j) * size + SCALE * Number(x) + i) + 3,
        );
  return readCode(pixels, size, SCALE * Number(height))?.data ?? null;
}

/** The terminal's code: two rows in a line, its signs light where the paper is. */
function readText(lines: readonly string[]): string | null {
  const rows = lines.flatMap((line) => {
    const signs = Array.from(line);
    return [signs.map((sign) => '█▀'.includes(sign)), signs.map((sign) => '█▄'.includes(sign))];
  });
  const SCALE = 4;
  const side = SCALE * rows[0].length;
  const height = SCALE * rows.length;
  const pixels = new Uint8ClampedArray(4 * side * height).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < side; x++)
      if (!rows[Math.floor(y / SCALE)][Math.floor(x / SCALE)])
        pixels.fill(0, 4 * (y * side + x), 4 * (y * side + x) + 3);
  return readCode(pixels, side, height)?.data ?? null;
}

describe('dissipa playground', () => {
  test(
    'serves the page isolated from others, whatever is asked of it, until Ctrl-C',
    async () => {
      const { run, address, port } = await serving();
      const page = await fetch(address);
      expect(await page.text()).toBe(built);
      expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      for (const path of ['//', '//x', '/%', '*', 'http://elsewhere/'])
        expect(await raw(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(
          /^HTTP\/1\.1 (?:404|400) /,
        );
      expect(await raw(port, 'HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/ 200 OK/);
      expect((await fetch(address)).status).toBe(200);
      expect(await end(run)).toMatchObject({ code: 130, stderr: '' });
    },
    CLI_MS,
  );

  test(
    '--host serves every name that this machine has, and shows the address as a code that phones read',
    async () => {
      const shared = networkAddress();
      const { run, address, port } = await serving('--host');
      const status = await new Promise((resolve, reject) => {
        get(address, { headers: { host: `teacher.local:${port}` } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on('error', reject);
      });
      expect(status).toBe(200);
      if (shared === null) expect(run.stderr()).toContain('in no network');
      else {
        const there = `http://${shared}:${port}/`;
        const html = await (await fetch(there)).text();
        expect(html).toContain(`<meta name="dissipa-address" content="${there}">`);
        expect(read(/<template id="dissipa-qr">(.*?)<\/template>/s.exec(html)?.[1] ?? '')).toBe(there);
        await vi.waitUntil(() => /[█▀▄]\s*\n$/.test(run.stdout()), { timeout: CLI_MS / 4, interval: 20 });
        const code = run
          .stdout()
          .split('\n')
          .filter((line) => /[█▀▄]/.test(line));
        expect(readText(code)).toBe(there);
      }
      expect(await end(run)).toMatchObject({ code: 130 });
    },
    CLI_MS,
  );

  test(
    '--html writes the page; a folder that is not there, and a port that is taken, are one line each',
    async () => {
      const cwd = temporaryFolder();
      expect(await dissipa(['playground', '--html', 'aula.html'], cwd)).toMatchObject({
        code: 0,
        stdout: '',
      });
      expect(readFileSync(join(cwd, 'aula.html'), 'utf8')).toBe(built);
      const nowhere = await dissipa(['playground', '--html', 'there/aula.html'], cwd);
      expect(nowhere.code).not.toBe(0);
      expect(nowhere.stderr.trim().split('\n')).toHaveLength(1);
      const { run, port } = await serving();
      const taken = await dissipa(['playground', '--no-open', '--port', port], cwd);
      expect(taken).toMatchObject({ code: 1, stdout: '' });
      expect(taken.stderr.trim().split('\n')).toHaveLength(1);
      expect(taken.stderr).toContain(port);
      await end(run);
    },
    CLI_MS,
  );
});
