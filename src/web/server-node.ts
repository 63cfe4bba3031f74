/**
 * Serves one page to browsers: to this machine alone, or to its network. With the headers that make it cross-origin
 * isolated; without anything to ask for beside the page.
 */
import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { failure } from '../base/errors.js';
import './problems.js';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

export interface Serving {
  /** On this machine. */
  readonly address: string;
  /** In the network, where it is shared and there is one. */
  readonly shared: string | null;
  readonly close: () => Promise<void>;
}

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** To the network, not to this machine alone. */
  readonly isShared: boolean;
  /** @param shared the page's address in the network */
  readonly page: (shared: string | null) => string;
}

/** The address by which others in the network reach this machine; null where it is in none. */
export function networkAddress(interfaces = networkInterfaces()): string | null {
  const all = Object.values(interfaces).flatMap((some) => some ?? []);
  const outside = all.filter(({ family, internal }) => family === 'IPv4' && !internal);
  // Addresses that a machine gives itself where nobody has given it one are no good to others.
  return (outside.find(({ address }) => !address.startsWith('169.254.')) ?? outside.at(0))?.address ?? null;
}

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** @throws DissipaError where the port is taken, or may not be used */
export async function serve({ port, isShared, page }: ServeOptions): Promise<Serving> {
  let body: Buffer = Buffer.alloc(0);
  const server = createServer(({ method, url }, response) => {
    const isRead = method === 'GET' || method === 'HEAD';
    // Whatever is asked for: not all of it is an address.
    const isThere = (url ?? '/').split(/[?#]/, 1)[0] === '/';
    response.writeHead(!isRead ? 405 : isThere ? 200 : 404, HEADERS);
    response.end(method === 'GET' && isThere ? body : undefined);
  });
  try {
    await listening(server, port, isShared ? '0.0.0.0' : '127.0.0.1');
  } catch (error) {
    throw failure('web.port', { port, code: (error as NodeJS.ErrnoException).code ?? String(error) });
  }
  const { port: given } = server.address() as AddressInfo;
  const host = isShared ? networkAddress() : null;
  const shared = host && `http://${host}:${given}/`;
  body = Buffer.from(page(shared));
  return {
    address: `http://127.0.0.1:${given}/`,
    shared,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
