import type { JournalChunk } from '../journal/turn-journal.ts';

/** One wire format: turns journal chunks into the text of a response body. Pure; an instance belongs to one response. */
export interface StreamEncoder {
  headers: Record<string, string>;
  /** Clients of this format drop what they were shown of a step when they read `reset-step`. */
  takesBack: boolean;
  /** '' when the format does not show this chunk. */
  encode(entry: JournalChunk): string;
  /** Tells of a chunk that the client has been shown before, perhaps in another format, so that what follows fits on to it. */
  observe(entry: JournalChunk): void;
  /** What closes the body properly, in the words of how the turn ended. */
  end(): string;
  /** Something that every client of the format skips; keeps proxies from closing a quiet connection. */
  heartbeat(): string;
}

/** For every streamed body: nothing on the way may store, transform or hold it back. */
export const STREAM_HEADERS = {
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};
