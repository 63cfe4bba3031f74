/** Which files of a folder are texts, and what is said of a folder that has none, or is none of texts at all. */
import { type DissipaError, type UsageError, failure, misuse } from '../base/errors.js';
import { joinPath, LoopError, type FileKind, type FileStore } from '../store/files.js';
import { RUN } from '../store/run-files.js';
import { COMPARE_JSON } from '../study/compare/comparison.js';
import { shellWord } from '../base/shell-word.js';

/** What texts are looked for. */
export type Purpose = 'train' | 'other';

export interface WantedFiles {
  /** Endings of a folder's files that are texts, with commas between; .txt and .md where none are given. */
  readonly ext?: string | undefined;
  readonly command?: Purpose | undefined;
}

export const DEFAULT_EXTENSIONS = 'txt,md';

type Held = 'run' | 'comparison' | 'model';

/** What this program keeps in a folder; null where it is not one of its own. */
export async function programsFolder(files: FileStore, folder: string): Promise<Held | null> {
  if ((await files.kind(joinPath(folder, RUN))) === 'file') return 'run';
  return (await files.kind(joinPath(folder, COMPARE_JSON))) === 'file' ? 'comparison' : null;
}

/** A run's samples would be read as texts, and nobody means that: the command that was meant is named. */
export function noText(path: string, held: Held, { command }: WantedFiles): UsageError {
  const word = shellWord(path);
  const look = `npx dissipa inspect ${word}`;
  const goOn = `npx dissipa ${held === 'comparison' ? 'compare' : 'train'} --resume ${word}`;
  return misuse('source.own', {
    where: path,
    held,
    look: held === 'comparison' || (held === 'run' && command === 'train') ? null : look,
    goOn: held === 'model' ? null : goOn,
  });
}

/** `none` also for a link that leads back to itself. */
async function kindUnlessLoop(files: FileStore, path: string): Promise<FileKind> {
  try {
    return await files.kind(path);
  } catch (error) {
    if (error instanceof LoopError) return 'none';
    throw error;
  }
}

/** `README.md`, `README.pt-BR.md`, `readme_zh.md` */
const README = /^readme(?:[._-]\p{L}{2,3}(?:[_-]\w{2,4})*)?\.md$/iu;

/** Looks through a folder and those in it. */
export class FolderSearch {
  readonly #isText: RegExp;
  readonly #isNoReadme: RegExp;
  /** By ending, how many files are passed over. */
  readonly #others = new Map<string, number>();

  /** @param extensions in small letters */
  constructor(
    private readonly files: FileStore,
    extensions: readonly string[],
  ) {
    const endings = (names: readonly string[]): RegExp =>
      new RegExp(String.raw`\.(?:${names.map(escaped).join('|') || '(?!)'})(?:\.gz)?$`, 'i');
    this.#isText = endings(extensions);
    this.#isNoReadme = endings(extensions.filter((name) => name !== 'md'));
  }

  get others(): ReadonlyMap<string, number> {
    return this.#others;
  }

  /** @param above the folders this one is in, so that a link back to one of them is not followed */
  async textsIn(folder: string, above: ReadonlySet<string> = new Set()): Promise<string[]> {
    const { files } = this;
    const here = await files.realPath(folder);
    if (above.has(here)) return [];
    const inside = new Set([...above, here]);
    // Hidden ones are some program's own.
    const names = (await files.list(folder)).filter((name) => !name.startsWith('.'));
    // In a folder of texts a README tells of them; in a folder of .md files it is one of them.
    const hasText = names.some((name) => this.#isNoReadme.test(name));
    const texts: string[] = [];
    for (const name of names) {
      const path = joinPath(folder, name);
      const kind = await kindUnlessLoop(files, path);
      // A link that leads nowhere, or round in a circle, is no text that anybody could mean.
      if (kind === 'none') continue;
      if (kind === 'folder') {
        // A run's samples are no texts, wherever the run lies.
        if ((await programsFolder(files, path)) === null) texts.push(...(await this.textsIn(path, inside)));
      } else if (!this.#isText.test(name)) this.#count(name);
      else if (!(hasText && README.test(name))) texts.push(path);
    }
    return texts;
  }

  #count(name: string): void {
    const ending = /[^.]\.([^.\s]{1,12}?)(?:\.gz)?$/i.exec(name)?.[1].toLowerCase() ?? '';
    this.#others.set(ending, (this.#others.get(ending) ?? 0) + 1);
  }
}

const escaped = (name: string): string => name.replace(/[.+]/g, String.raw`\$&`);

/** Files that no --ext makes texts of. */
const NO_TEXT =
  /^(?:png|jpe?g|gif|bmp|webp|ico|tiff?|pdf|docx?|xlsx?|pptx?|odt|epub|mobi|zip|gz|tar|bz2|xz|7z|rar|mp[34]|wav|flac|ogg|avi|mkv|exe|dll|so|o|class|pyc|wasm|safetensors|parquet|sqlite|db|bin)$/;
const MOST_NAMED = 6;

export function nothingIn(
  folder: string,
  extensions: readonly string[],
  others: ReadonlyMap<string, number>,
): DissipaError {
  const named = [...others]
    .filter(([ending]) => ending !== '')
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_NAMED);
  const all = [...others.values()].reduce((sum, count) => sum + count, 0);
  const rest = all - named.reduce((sum, [, count]) => sum + count, 0);
  const possible = named.map(([ending]) => ending).filter((ending) => !NO_TEXT.test(ending));
  return failure('source.no-text', {
    where: folder,
    endings: extensions,
    there: named,
    more: rest,
    read: possible,
  });
}
