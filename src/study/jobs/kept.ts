/**
 * The folder jobs/ of a study: of each job under way a checkpoint to go on from, and the seconds spent so far. A
 * checkpoint is replaced as a whole.
 */
import * as z from 'zod';
import { joinPath, readIfThere, type FileStore } from '../../store/files.js';
import { strictJson, tryJson, tryUtf8 } from '../../store/json.js';
import type { Lock } from '../../store/lock.js';
import type { KeptStep, Paused } from './checkpoint.js';

const JOBS = 'jobs';
const spentSchema = z.object({ step: z.int().min(0), seconds: z.number().min(0) });

export class KeptJobs {
  constructor(
    private readonly files: FileStore,
    private readonly lock: Lock,
    private readonly dir: string,
  ) {}

  /** Made with the first that is kept, at the latest. */
  async makeFolder(): Promise<void> {
    await this.files.makeFolder(joinPath(this.dir, JOBS));
  }

  /** @param name of a job, in its study */
  async keep(name: string, { bytes, seconds, step }: KeptStep): Promise<void> {
    await this.makeFolder();
    const spent = new TextEncoder().encode(strictJson({ step, seconds }));
    await this.files.write(this.#path(name, 'safetensors'), bytes, this.lock.check);
    await this.files.write(this.#path(name, 'json'), spent, this.lock.check);
  }

  /** null where there is no checkpoint. */
  async paused(name: string): Promise<Paused | null> {
    const bytes = await readIfThere(this.files, this.#path(name, 'safetensors'));
    if (bytes === null) return null;
    const spent = tryJson(
      tryUtf8((await readIfThere(this.files, this.#path(name, 'json'))) ?? new Uint8Array()) ?? '',
    );
    const checked = spentSchema.safeParse(spent?.value);
    return { bytes, seconds: checked.success ? checked.data.seconds : 0 };
  }

  async forget(name: string): Promise<void> {
    for (const kind of ['safetensors', 'json'] as const) {
      await this.lock.check();
      await this.files.remove(this.#path(name, kind));
    }
  }

  #path(name: string, kind: 'safetensors' | 'json'): string {
    return joinPath(joinPath(this.dir, JOBS), `${name}.${kind}`);
  }
}
