/** What the licences of bundled packages ask for: that they, and whose they are, go along with the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/**
 * @param folder of an installed package
 * @throws Error where it comes without a licence
 */
export function noticeOf(folder: string): Notice {
  const { name, version, license, licenses } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
    readonly licenses?: readonly { readonly type: string }[];
  };
  const id = license ?? licenses?.map(({ type }) => type).join(' or ');
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  const text =
    files.length > 0
      ? files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
      : ofReadme(folder);
  if (id === undefined || text === null) throw new Error(`${name} ${version} comes without a licence`);
  return { name, version, license: id, text };
}

/** The part of a README that is the licence. */
function ofReadme(folder: string): string | null {
  const file = readdirSync(folder).find((name) => /^readme/i.test(name));
  if (file === undefined) return null;
  return (
    /^#*\s*licen[cs]e\s*#*\n(?:-+\n)?([^]*)/im.exec(readFileSync(join(folder, file), 'utf8'))?.[1]?.trim() ??
    null
  );
}

/** All of them as a text, by name. */
export function notices(all: readonly Notice[]): string {
  const parts = all
    .toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
    .map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
  return ['The folder vendor/ and the pages in web/ contain parts of the packages below.\n', ...parts].join(
    `\n${'='.repeat(100)}\n\n`,
  );
}
