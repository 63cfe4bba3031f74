/** A lock on a real disk is kept fresh by its owner, and by nobody once it is another's. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { nodeFiles } from '../../src/store/files-node.js';
import { takeLock } from '../../src/store/lock.js';
import { nodeProcesses } from '../../src/store/processes-node.js';
import { FRESH_MS, HEARTBEAT_MS } from '../../src/store/processes.js';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), 'dissipa-lock-'));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true });
});

const LONG_AGO = new Date(1_000_000);
const isFresh = (path: string): boolean => fs.statSync(path).mtimeMs > LONG_AGO.getTime();
const WAIT = { timeout: 12 * HEARTBEAT_MS, interval: 20 };

test('several beats fit in the time after which a lock counts as abandoned', () => {
  expect(FRESH_MS / HEARTBEAT_MS).toBeGreaterThanOrEqual(4);
});

test('its time is renewed while the event loop is busy, its bytes stay', { timeout: 60_000 }, async () => {
  const lock = await takeLock(nodeFiles(), nodeProcesses(), dir);
  onTestFinished(() => lock.release());
  const path = join(dir, 'lock.json');
  const text = fs.readFileSync(path, 'utf8');
  fs.utimesSync(path, LONG_AGO, LONG_AGO);
  expect(await nodeFiles().idleMs(path)).toBeGreaterThan(FRESH_MS);
  // Not one turn of the event loop is given.
  const end = performance.now() + WAIT.timeout;
  while (!isFresh(path) && performance.now() < end);
  expect(isFresh(path)).toBe(true);
  expect(await nodeFiles().idleMs(path)).toBeLessThan(FRESH_MS);
  expect(fs.readFileSync(path, 'utf8')).toBe(text);
  expect(fs.readdirSync(dir)).toEqual(['lock.json']);
});

test('another’s lock in its place is not kept fresh', { timeout: 60_000 }, async () => {
  const lock = await takeLock(nodeFiles(), nodeProcesses(), dir);
  onTestFinished(() => lock.release());
  const mine = join(dir, 'mine');
  const path = join(dir, 'lock.json');
  // A second file, kept fresh by the same means, tells when a beat has gone by.
  fs.writeFileSync(mine, 'mine');
  fs.writeFileSync(path, 'theirs');
  fs.utimesSync(path, LONG_AGO, LONG_AGO);
  fs.utimesSync(mine, LONG_AGO, LONG_AGO);
  const heartbeat = nodeProcesses().keepFresh(mine, 'mine');
  await vi.waitUntil(() => isFresh(mine), WAIT);
  await heartbeat.stop();
  expect(isFresh(path)).toBe(false);
});
