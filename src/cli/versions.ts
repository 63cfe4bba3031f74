/** The versions a run is recorded with. */
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export const versions = { dissipa: version, node: process.versions.node };
