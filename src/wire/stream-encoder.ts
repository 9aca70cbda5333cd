import type { JournalChunk } from '../journal/turn-journal.ts';

/** One wire format: turns journal chunks into the text of a response body. Pure; an instance belongs to one response. */
export interface StreamEncoder {
  headers: Record<string, string>;
  /** '' when the format does not show this chunk. */
  encode(entry: JournalChunk): string;
  /** What closes the body properly. */
  end(): string;
  /** Something that every client of the format skips; keeps proxies from closing a quiet connection. */
  heartbeat(): string;
}

/** For every streamed body: nothing on the way may store, transform or hold it back. */
export const STREAM_HEADERS = {
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};
