/** What the build has made for browsers, found from src/ as from dist/. */
import { fileURLToPath } from 'node:url';
import { failure } from '../base/errors.js';
import '../web/problems.js';
import type { Environment } from './environment.js';

/** @throws DissipaError where it was not built */
export async function builtForWeb({ files }: Environment, name: string): Promise<string> {
  const places = [`../web/${name}`, `../../dist/web/${name}`].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  for (const path of places)
    if ((await files.kind(path)) === 'file') return new TextDecoder().decode(await files.read(path));
  throw failure('web.page', { path: places[0] });
}
