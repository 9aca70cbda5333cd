import { fromPlatform } from './from-platform.ts';
import { isSwitchedOn } from './is-switched-on.ts';
import type { MemoryReadableStream } from './memory-readable-stream.ts';

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * `base` for code that itself pipes `response.body` through a transform, which is one in memory when they are switched on: the platform's
 * body would refuse it. Everything else about a response stays as it is.
 */
export function adoptingFetch(base: Fetch): Fetch {
  return isSwitchedOn() ? async (url, init) => adopt(await base(url, init)) : base;
}

function adopt(response: Response): Response {
  const { body } = response;
  if (!body) return response;
  let adopted: MemoryReadableStream | undefined;
  return Object.defineProperty(response, 'body', { get: () => (adopted ??= fromPlatform(body)) });
}
