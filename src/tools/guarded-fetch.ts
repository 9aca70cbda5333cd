import { adoptingFetch } from '../streams/adopting-fetch.ts';
import { platformStreams } from '../streams/platform-streams.ts';
import { RESPONSE_MAX_BYTES } from './tool-limits.ts';

export type FetchLike = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** We did not let a request or its answer pass. */
export class GuardError extends Error {
  override readonly name = 'GuardError';

  /** The end of a sentence about the server, safe to show. */
  readonly reason: string;

  constructor(reason: string) {
    super(`A tool server ${reason}.`);
    this.reason = reason;
  }
}

/**
 * `base` as it may be used for a server that is not trusted:
 * a response that exceeds the limit is cut off, and `onTooLarge` told;
 * redirects come back to the caller (the MCP client follows them within one origin), never through the platform, whose `redirect: 'error'`
 * does not work on Workers;
 * the standing event stream that clients of the 2025 protocol ask for is refused here, since it would cost a connection and bring nothing;
 * bodies can be piped through the streams in memory, as the MCP client does with an event stream.
 */
export function guardedFetch(base: FetchLike, onTooLarge: (error: GuardError) => void): FetchLike {
  return adoptingFetch(async (url, init = {}) => {
    if (asksForStandingStream(init)) return new Response(null, { status: 405 });
    const response = await base(url, { ...init, redirect: 'manual' });
    if (!response.body) return response;
    if (Number(response.headers.get('content-length')) > RESPONSE_MAX_BYTES) {
      await response.body.cancel();
      const error = tooLarge();
      onTooLarge(error);
      throw error;
    }
    return new Response(response.body.pipeThrough(byteLimit(onTooLarge)), response);
  });
}

const tooLarge = () => new GuardError('sent more than is allowed');

function asksForStandingStream(init: RequestInit): boolean {
  const headers = new Headers(init.headers);
  const isEventStream = headers.get('accept')?.includes('text/event-stream') ?? false;
  return (init.method ?? 'GET') === 'GET' && isEventStream && !headers.has('last-event-id');
}

function byteLimit(onTooLarge: (error: GuardError) => void): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new platformStreams.TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes <= RESPONSE_MAX_BYTES) {
        controller.enqueue(chunk);
        return;
      }
      const error = tooLarge();
      controller.error(error);
      onTooLarge(error);
    },
  });
}
