/** What can be wrong with a run that is to be exported, and with where it is to go. */

declare module '../../base/errors.js' {
  interface Problems {
    'export.no-target': { readonly none: true };
    /** @param kind what is at that path instead of the folder of a run */
    'export.no-run': { readonly where: string; readonly kind: 'none' | 'file' | 'pipe' | 'folder' };
    'export.no-folder': { readonly dir: string };
    'export.not-empty': { readonly dir: string; readonly names: string };
    'export.no-checkpoint': { readonly where: string };
    'export.all-damaged': { readonly where: string; readonly reason: string };
  }
}
