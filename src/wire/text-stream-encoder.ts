import { answerText } from './answer-text.ts';
import { STREAM_HEADERS, type StreamEncoder } from './stream-encoder.ts';

/**
 * The answer's text and nothing else, a blank line between steps. Plain text has no room for a heartbeat, nor for how the turn ended:
 * whoever needs that reads another format.
 */
export function textStreamEncoder(turnId: string): StreamEncoder {
  const text = answerText('\n\n');
  return {
    headers: {
      ...STREAM_HEADERS,
      'content-type': 'text/plain; charset=utf-8',
      // Browsers would wait for more text to guess the type from.
      'x-content-type-options': 'nosniff',
      'x-turn-id': turnId,
    },
    takesBack: false,
    encode: ({ chunk }) => text.next(chunk),
    observe: ({ chunk }) => void text.next(chunk),
    end: () => '',
    heartbeat: () => '',
  };
}
