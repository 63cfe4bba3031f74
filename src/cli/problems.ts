/** What can be wrong with a call, and with what the commands read and write. */

declare module '../base/errors.js' {
  interface Problems {
    'call.empty': { readonly commands: readonly string[] };
    'call.command': {
      readonly word: string;
      readonly commands: readonly string[];
      readonly guess: string | null;
    };
    'call.before': { readonly word: string; readonly commands: readonly string[] };
    'call.model': { readonly command: string };
    'call.weights': { readonly command: string };
    'call.run': { readonly command: string };
    /** One word too many. */
    'call.rest': { readonly word: string; readonly command: string };
    'call.shell': { readonly shell: string | null; readonly guess: string | null };
  }
}

export {};
