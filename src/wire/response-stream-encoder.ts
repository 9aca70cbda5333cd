import { responseEvents, type ResponseEvent, type ResponseTurn } from './response-events.ts';
import { STREAM_HEADERS, type StreamEncoder } from './stream-encoder.ts';

/** The events of OpenAI's responses. */
export function responseStreamEncoder(turn: ResponseTurn): StreamEncoder {
  const events = responseEvents(turn);
  const lines = (all: ResponseEvent[]) =>
    all.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  return {
    headers: { ...STREAM_HEADERS, 'content-type': 'text/event-stream', 'x-turn-id': turn.turnId },
    takesBack: false,
    encode: ({ chunk }) => lines(events.next(chunk)),
    observe: ({ chunk }) => void events.next(chunk),
    end: () => lines(events.end()),
    heartbeat: () => ': heartbeat\n\n',
  };
}
