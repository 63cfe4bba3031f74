/** What can be wrong with a call, and with what the commands read and write. */

declare module '../base/errors.js' {
  interface Problems {
    'command.fresh-only': { readonly option: string; readonly path: string };
    'command.new-only': {
      readonly option: string;
      readonly what: 'run' | 'comparison' | 'sweep';
      readonly dir: string;
    };
    'compare.none': { readonly where: string; readonly file: string };
    'compare.fixed': { readonly option: string; readonly had: string | null };
    'compare.taken': {
      readonly where: string;
      readonly is: 'file' | 'comparison' | 'full';
      readonly folder: string;
    };
    'interrupted.counting': { readonly none?: never };
    'interrupted.reading': { readonly none?: never };
    'interrupted.lesson': { readonly none?: never };
    'evaluate.no-text': { readonly path: string };
    'inspect.two-outputs': { readonly none?: never };
    'lesson.no-json': { readonly value: string };
    'target.folder': { readonly option: string; readonly path: string };
    'target.nowhere': { readonly option: string; readonly folder: string };
    'run.other-step': { readonly where: string; readonly step: number; readonly named: number };
    'run.minutes': { readonly none?: never };
    'run.no-beginning': { readonly where: string; readonly from: string | null };
    'run.from-resumed': { readonly none?: never };
    'run.other-version': { readonly where: string; readonly complaint: string };
    'run.past-end': {
      readonly option: string;
      readonly epochs: number | null;
      readonly end: number;
      readonly step: number;
    };
    'run.other-text': { readonly where: string; readonly what: 'run' | 'comparison' | 'sweep' };
    'run.newer-reading': { readonly where: string; readonly version: number; readonly newest: number };
    'run.text-moved': {
      readonly where: string;
      readonly what: 'run' | 'comparison' | 'sweep';
      readonly command: string;
    };
    'run.texts-gone': { readonly where: string; readonly why: 'gone' | 'options' | 'changed' };
    'model.needs-text': { readonly none?: never };
    'model.other-shape': {
      readonly option: string;
      readonly given: string;
      readonly has: string;
      readonly path: string;
    };
    'model.none-unknown': { readonly none?: never };
    'output.unread': { readonly name: string };
    'output.lost': { readonly name: string; readonly code: string };
    'engine.stuck': { readonly where: string };
    'source.own': {
      readonly where: string;
      readonly held: 'run' | 'comparison' | 'model';
      readonly look: string | null;
      readonly goOn: string | null;
    };
    'source.no-text': {
      readonly where: string;
      readonly endings: readonly string[];
      readonly there: readonly (readonly [ending: string, count: number])[];
      readonly more: number;
      readonly read: readonly string[];
    };
    'source.nothing': { readonly where: string; readonly isPattern: boolean };
    'source.terminal': { readonly none?: never };
    'source.gzip': { readonly where: string; readonly isCut: boolean; readonly complaint: string };
    'source.too-long': { readonly where: string; readonly most: number };
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
    /** @param others the commands that have it */
    'call.elsewhere': {
      readonly option: string;
      readonly command: string;
      readonly others: readonly string[];
    };
    'call.rest': { readonly word: string; readonly command: string };
    'call.shell': { readonly shell: string | null; readonly guess: string | null };
  }
}

export {};
