import { createHash } from 'node:crypto';

/** How logs name a caller: lines of one caller can be put together, and who it is stays out of them. */
export function hashCaller(owner: string): string {
  return createHash('sha256').update(owner).digest('hex').slice(0, 16);
}
