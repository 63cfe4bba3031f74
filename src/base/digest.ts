/** SHA-256 of what comes piece by piece: by Node's own code where there is Node, in JavaScript elsewhere. */
import { sha256 as portable } from '@noble/hashes/sha2.js';

export interface Digest {
  /** @param bytes the caller's again at once; a text counts as its UTF-8 */
  add(bytes: Uint8Array | string): Digest;
  /** 64 hex digits; nothing can be added any more. */
  hex(): string;
}

export function sha256(): Digest {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function')
    return portableSha256();
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  const digest: Digest = {
    add: (bytes) => {
      hash.update(bytes);
      return digest;
    },
    hex: () => hash.digest('hex'),
  };
  return digest;
}

export function portableSha256(): Digest {
  const hash = portable.create();
  const digest: Digest = {
    add: (bytes) => {
      hash.update(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
      return digest;
    },
    hex: () => Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
  return digest;
}
