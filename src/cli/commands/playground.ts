/** `dissipa playground`: two nets trained in a browser, served to it, to a classroom, or as a file. */
import { spawn } from 'node:child_process';
import { renderSVG, renderUnicodeCompact } from 'uqr';
import * as z from 'zod';
import { visibleInLine } from '../../base/visible.js';
import { escapeHtml } from '../../ui/html.js';
import { widthOf } from '../../ui/terminal/width.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import { serve } from '../../web/server-node.js';
import { playgroundWordsIn } from '../../words/words.js';
import { builtForWeb } from '../built.js';
import { INTERRUPTED, type Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { namedFlag } from './model.js';

const PORT = 4780;
const MOST_PORT = 65_535;

export const playgroundFlags = z.strictObject({
  host: z.boolean().default(false).meta({ group: 'run' }),
  port: z.int().min(0).max(MOST_PORT).default(PORT).meta({ group: 'run' }),
  noOpen: z.boolean().default(false).meta({ group: 'run' }),
  html: namedFlag('files', 'file'),
});

/** The page with the address that phones in the network open, and its picture. */
const withAddress = (page: string, shared: string | null): string =>
  shared === null
    ? page
    : page.replace(
        '</head>',
        () =>
          `<meta name="dissipa-address" content="${escapeHtml(shared)}">\n<template id="dissipa-qr">${renderSVG(shared)}</template>\n</head>`,
      );

/** Whatever this system opens addresses with. Where there is nothing, the address that was printed serves. */
function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '']
        : ['xdg-open'];
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/** @returns the exit code */
export async function playground(env: Environment, argv: Given): Promise<number> {
  const { host, port, noOpen, html } = readFlags(playgroundFlags, argv);
  const words = await playgroundWordsIn(env.words.language);
  const page = await builtForWeb(env, 'playground.html');
  if (html !== undefined) {
    const bytes = new TextEncoder().encode(page);
    await env.files.write(html, bytes);
    env.err(`${words.wrote(visibleInLine(html), Math.ceil(bytes.length / 1024))}\n`);
    return 0;
  }
  const stop = env.interruption();
  const serving = await serve({ port, isShared: host, page: (shared) => withAddress(page, shared) });
  const { address, shared } = serving;
  const width = textWidth(env.outColumns);
  env.out(`${wrap(words.served(address), width)}\n`);
  if (host && shared === null) env.err(`${words.noNetwork}\n`);
  if (shared !== null) {
    env.out(`${wrap(words.shared(shared), width)}\n`);
    // Broken by the terminal it is no code.
    const code = renderUnicodeCompact(shared);
    if (widthOf(code.split('\n')[0]) <= (env.outColumns || Infinity)) env.out(`\n${code}\n`);
  }
  if (!noOpen && env.isTerminal) openBrowser(address);
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    else
      stop.addEventListener('abort', () => {
        resolve();
      });
  });
  await serving.close();
  return INTERRUPTED;
}
