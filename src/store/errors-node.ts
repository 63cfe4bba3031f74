/** Errors of the system as DissipaErrors that name the path. */
import { DissipaError, interrupted } from '../base/errors.js';
import { fileError, type FileAction } from './files.js';

/** The system's code for what went wrong, or undefined for a defect of the program. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code;
}

export function translate(error: unknown, path: string, action: FileAction): unknown {
  if (error instanceof DissipaError) return error;
  const code = codeOf(error);
  if (code === 'ABORT_ERR') return interrupted('file.interrupted', { path, action });
  return code === undefined ? error : fileError(code, path, action, error);
}
