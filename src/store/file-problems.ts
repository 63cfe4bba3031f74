/** What can be wrong with files, locks and the folders of runs. */

/** A pipe: also a socket or a device, whatever can be read once only, and may keep its reader waiting. */
export type FileKind = 'file' | 'folder' | 'pipe' | 'none';

/** What was being done. */
export type FileAction = 'read' | 'written' | 'appended to' | 'listed' | 'made' | 'removed' | 'looked at';

/** Where a process is that has a folder in use, seen from here. */
export type Whereabouts = 'other-machine' | 'other-start' | 'other-container' | 'here' | 'this-one';

interface Owned {
  readonly where: string;
  readonly pid: number;
  readonly host: string;
  readonly whereabouts: Whereabouts;
}

declare module '../base/errors.js' {
  interface Problems {
    /** @param code the system's own, such as ENOENT */
    'file.system': { readonly where: string; readonly code: string; readonly action: FileAction };
    /** No room for what a run keeps. @param folder the run's */
    'file.full-in-run': {
      readonly where: string;
      readonly code: string;
      readonly action: FileAction;
      readonly folder: string;
    };
    'file.changed': { readonly where: string };
    'file.ends-early': { readonly where: string; readonly size: number; readonly needed: number };
    'file.pipe': { readonly where: string };
    'file.interrupted': { readonly path: string; readonly action: FileAction };
    'file.bad-id': {
      readonly where: string;
      readonly at: number;
      readonly symbol: number;
      readonly symbols: number;
    };
    /** @param missing the file that a run's folder has */
    'run.no-folder': { readonly where: string; readonly kind: FileKind; readonly missing: string };
    'run.taken': { readonly where: string };
    'run.leftovers': { readonly where: string; readonly names: readonly string[]; readonly missing: string };
    'run.unreadable': {
      readonly where: string;
      readonly checkpoints: number;
      /** Of the newest, as it is said. */
      readonly reason: string;
    };
    'model.none': { readonly where: string; readonly kind: Exclude<FileKind, 'folder'> };
    'model.empty-folder': { readonly where: string; readonly best: string };
    'lock.contended': { readonly where: string };
    'lock.unreadable': { readonly where: string };
    'lock.gone': { readonly where: string };
    /** @param by null where the new lock does not say */
    'lock.taken-over': {
      readonly where: string;
      readonly by: { readonly pid: number; readonly host: string } | null;
    };
    'lock.in-use': Owned;
    /** Whether its process lives cannot be known. */
    'lock.maybe-in-use': Owned & { readonly lock: string };
    'lock.fresh': Owned & { readonly seconds: number; readonly endedAfter: number };
  }
}
