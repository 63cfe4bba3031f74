/** The playground's first minute in Firefox, over WebDriver BiDi, where there is one: from disk, and from its server. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// Node 20 has no WebSocket of its own without a flag.
import { WebSocket } from 'ws';
import { serve, type Serving } from '../../src/web/server-node.js';
import { BROWSER_MS } from '../ui/browser.js';
import { built } from './playground.js';

const FIREFOX = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr';
const isThere = existsSync(FIREFOX);
if (!isThere) console.warn(`skipped, there is no ${FIREFOX}: the playground in Firefox`);

const profile = mkdtempSync(join(tmpdir(), 'dissipa-firefox-'));
let browser: ChildProcess | undefined;
afterAll(() => {
  browser?.kill('SIGKILL');
  rmSync(profile, { recursive: true, force: true });
});

/** Firefox says on stderr where it listens. */
async function start(): Promise<string> {
  browser = spawn(FIREFOX, ['--headless', '--remote-debugging-port=0', '--profile', profile, '--no-remote'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile },
  });
  const { stderr } = browser;
  return new Promise((resolve, reject) => {
    let said = '';
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    browser?.on('exit', () => {
      reject(new Error(`Firefox ended: ${said}`));
    });
  });
}

interface Answer {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: string;
  readonly message?: string;
}

class Session {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #calls = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(data as string) as Answer;
      this.#waiting.get(answer.id ?? -1)?.(answer);
    });
  }

  static async open(address: string): Promise<Session> {
    const socket = new WebSocket(`${address}/session`);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    const session = new Session(socket);
    await session.call('session.new', { capabilities: {} });
    return session;
  }

  async call(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++this.#calls;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.error) throw new Error(`${method}: ${answer.error}: ${answer.message ?? ''}`);
    return answer.result ?? {};
  }

  async evaluate(context: unknown, expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.call('script.evaluate', {
      expression,
      target: { context },
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value?: unknown }).value;
  }
}

/** Resolves with the page's data once `condition` holds of it; the page itself watches. */
const when = (condition: string): string => `new Promise((resolve) => {
  const look = () => {
    const main = document.querySelector('main');
    if (main && (({ state, step }) => ${condition})({ ...main.dataset, step: Number(main.dataset.step) }))
      resolve(JSON.stringify(main.dataset));
    else requestAnimationFrame(look);
  };
  look();
})`;

describe.skipIf(!isThere)('the playground in Firefox', () => {
  let session: Session;
  let serving: Serving;
  beforeAll(async () => {
    session = await Session.open(await start());
    serving = await serve({ port: 0, isShared: false, page: () => readFileSync(built, 'utf8') });
  }, BROWSER_MS);
  afterAll(() => serving.close());

  test.each([
    { from: 'from disk', isIsolated: false, address: () => pathToFileURL(built).href },
    { from: 'from the server', isIsolated: true, address: () => serving.address },
  ])(
    '$from it opens, plays, and its curves part',
    async ({ isIsolated, address }) => {
      const { contexts } = await session.call('browsingContext.getTree', {});
      const [{ context }] = contexts as { context: string }[];
      await session.call('browsingContext.navigate', { context, url: address(), wait: 'complete' });
      await session.evaluate(context, when(`state === 'ready'`));
      expect(await session.evaluate(context, 'crossOriginIsolated')).toBe(isIsolated);
      await session.evaluate(context, `document.getElementById('play').click()`);
      await session.evaluate(context, when('step >= 30'));
      await session.evaluate(context, `document.getElementById('play').click()`);
      const told = JSON.parse(String(await session.evaluate(context, when(`state === 'paused'`)))) as {
        bitsA: string;
        bitsB: string;
      };
      for (const bits of [told.bitsA, told.bitsB]) {
        expect(Number(bits)).toBeGreaterThan(1);
        expect(Number(bits)).toBeLessThan(7);
      }
      const apart = await session.evaluate(
        context,
        `new Promise((resolve) => { const look = () => { const said = document.querySelector('.apart')?.textContent; said ? resolve(said) : requestAnimationFrame(look); }; look(); })`,
      );
      expect(apart).toMatch(/63/);
    },
    BROWSER_MS,
  );
});
