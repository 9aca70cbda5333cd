import type { Viewer } from '../turn/viewer.ts';
import type { StreamEncoder } from '../wire/stream-encoder.ts';
import { eventFrames } from '../wire/event-frames.ts';
import { streamEncoder, type EncodeTurn, type StreamFormat } from '../wire/stream-formats.ts';
import { bytePipe } from './byte-pipe.ts';
import { wantsEvents } from './choose-format.ts';
import type { AppContext } from './context.ts';
import { streamViewer } from './stream-viewer.ts';

/** A streamed response, and the viewer that writes it. Headers leave with the first chunk or heartbeat. */
export function liveResponse(c: AppContext, format: StreamFormat, turn: Omit<EncodeTurn, 'now'>): LiveResponse {
  const now = c.get('services').clock.now();
  const encoder = streamEncoder(format, { ...turn, now });
  return encodedResponse(c, format === 'chatbot' && wantsEvents(c) ? eventFrames(encoder) : encoder);
}

export interface LiveResponse {
  response: Response;
  viewer: Viewer;
}

/** The same in whatever the encoder speaks. */
export function encodedResponse(c: AppContext, encoder: StreamEncoder): LiveResponse {
  const { readable, writable } = bytePipe();
  const viewer = streamViewer(writable, encoder, c.get('services').clock, clientLeft(c));
  return { response: c.body(readable, 200, encoder.headers), viewer };
}

/** Resolves when the request's client goes away; needs the flag `enable_request_signal`. */
export function clientLeft(c: AppContext): Promise<void> {
  const { signal } = c.req.raw;
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
