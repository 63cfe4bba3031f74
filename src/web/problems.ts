/** What can go wrong where a page is served. */

declare module '../base/errors.js' {
  interface Problems {
    /** @param code of the system: EADDRINUSE, EACCES … */
    'web.port': { readonly port: number; readonly code: string };
    'web.page': { readonly path: string };
  }
}

export {};
