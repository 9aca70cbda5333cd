import { accepts } from 'hono/accepts';
import { z } from 'zod';
import { STREAM_FORMATS, type StreamFormat } from '../wire/stream-formats.ts';
import type { AppContext } from './context.ts';
import { parseWith } from './parse-body.ts';

export const formatQuery = z.object({ format: z.enum(STREAM_FORMATS).optional() });

/** The format that a turn's stream speaks when nobody says which: that of the door the turn came through. */
const FORMAT_OF_DOOR: Record<string, StreamFormat> = {
  own: 'ui',
  ui: 'ui',
  metis: 'metis',
  scorpio: 'scorpio',
  chatbot: 'chatbot',
  openai: 'openai',
};

/** Doors whose clients know no other answer than a stream. */
const STREAMING_DOORS: readonly string[] = ['ui', 'scorpio', 'chatbot'];

/** Event streams come in several formats: that type alone chooses none. */
const FORMAT_OF_TYPE: Record<string, StreamFormat> = { 'application/x-ndjson': 'chatbot', 'text/plain': 'text' };
const STREAMED_TYPES = ['text/event-stream', ...Object.keys(FORMAT_OF_TYPE)];

/** `?format=`, then the `Accept` header; undefined when nothing is asked for. */
export function requestedFormat(c: AppContext): StreamFormat | undefined {
  return parseWith(formatQuery, c.req.query(), 'query').format ?? FORMAT_OF_TYPE[preferredType(c)];
}

export function formatOfDoor(door: string): StreamFormat {
  return FORMAT_OF_DOOR[door] ?? 'ui';
}

/** Whether the answer to a message is wanted as it is made; otherwise it is given whole. */
export function wantsStream(c: AppContext, door: string): boolean {
  const asked = c.req.query('format') !== undefined || STREAMED_TYPES.includes(preferredType(c));
  return asked || STREAMING_DOORS.includes(door);
}

/** Whether lines are to be sent as server-sent events. */
export function wantsEvents(c: AppContext): boolean {
  return preferredType(c) === 'text/event-stream';
}

/** Of the types we answer in, the one the client likes best: many name `text/plain` as something they bear with after JSON. */
function preferredType(c: AppContext): string {
  return accepts(c, { header: 'Accept', supports: ['application/json', ...STREAMED_TYPES], default: '' });
}
