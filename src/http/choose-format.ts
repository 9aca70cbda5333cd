import { z } from 'zod';
import { STREAM_FORMATS, type StreamFormat } from '../wire/stream-formats.ts';
import type { AppContext } from './context.ts';
import { parseWith } from './parse-body.ts';

const formatQuery = z.object({ format: z.enum(STREAM_FORMATS).optional() });

/** The format that a turn's stream speaks when nobody says which: that of the door the turn came through. */
const FORMAT_OF_DOOR: Record<string, StreamFormat> = { own: 'ui', ui: 'ui' };

/** `?format=`; undefined when nothing is asked for. */
export function requestedFormat(c: AppContext): StreamFormat | undefined {
  return parseWith(formatQuery, c.req.query(), 'query').format;
}

export function formatOfDoor(door: string): StreamFormat {
  return FORMAT_OF_DOOR[door] ?? 'ui';
}

/** Whether the answer to a message is wanted as it is made; otherwise it is given whole. */
export function wantsStream(c: AppContext, door: string): boolean {
  const accept = c.req.header('accept') ?? '';
  return door === 'ui' || c.req.query('format') !== undefined || accept.includes('text/event-stream');
}
