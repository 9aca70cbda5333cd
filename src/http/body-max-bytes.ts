import type { AppContext } from './context.ts';

const MIB = 1024 * 1024;

/** Bodies that carry files, in base64 or as they are, and those that are read line by line. */
const LARGER: [route: RegExp, maxBytes: number][] = [
  [/^POST \/(api\/chat|sessions\/[^/]+\/messages)$/, 8 * MIB],
  [/^(PUT|POST) \/files\//, 8 * MIB],
  [/^POST \/knowledge\/documents$/, 8 * MIB],
  [/^POST \/catalogue\/products$/, 64 * MIB],
];

/** What a request's body may have; a message without files, and anything else, fits into 1 MiB. */
export function bodyMaxBytes(c: AppContext): number {
  const route = `${c.req.method} ${c.req.path}`;
  return LARGER.find(([pattern]) => pattern.test(route))?.[1] ?? MIB;
}
