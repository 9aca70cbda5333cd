import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal: under what a secret with enough entropy of its own is stored and looked up. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
