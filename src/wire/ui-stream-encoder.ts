import { STREAM_HEADERS, type StreamEncoder } from './stream-encoder.ts';

/** The AI SDK's UI message stream over SSE; every event's id says where to go on (`Last-Event-ID: <turn>:<seq>`). */
export function uiStreamEncoder(turnId: string): StreamEncoder {
  return {
    headers: {
      ...STREAM_HEADERS,
      'content-type': 'text/event-stream',
      'x-vercel-ai-ui-message-stream': 'v1',
      'x-turn-id': turnId,
    },
    takesBack: true,
    encode: ({ seq, chunk }) => `id: ${turnId}:${seq}\ndata: ${JSON.stringify(chunk)}\n\n`,
    observe: () => undefined,
    end: () => 'data: [DONE]\n\n',
    heartbeat: () => ': heartbeat\n\n',
  };
}
