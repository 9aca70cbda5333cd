import { chatbotStreamEncoder } from './chatbot-stream-encoder.ts';
import { completionStreamEncoder } from './completion-stream-encoder.ts';
import { metisStreamEncoder } from './metis-stream-encoder.ts';
import { scorpioStreamEncoder } from './scorpio-stream-encoder.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import { textStreamEncoder } from './text-stream-encoder.ts';
import { uiStreamEncoder } from './ui-stream-encoder.ts';

/** Every format in which a turn can be read. */
export const STREAM_FORMATS = ['ui', 'metis', 'scorpio', 'chatbot', 'openai', 'text'] as const;
export type StreamFormat = (typeof STREAM_FORMATS)[number];

export interface EncodeTurn {
  sessionId: string;
  turnId: string;
  /** Milliseconds since the epoch. */
  now: number;
}

const ENCODERS: Record<StreamFormat, (turn: EncodeTurn) => StreamEncoder> = {
  ui: ({ turnId }) => uiStreamEncoder(turnId),
  metis: ({ turnId }) => metisStreamEncoder(turnId),
  scorpio: ({ turnId }) => scorpioStreamEncoder(turnId),
  chatbot: chatbotStreamEncoder,
  openai: completionStreamEncoder,
  text: ({ turnId }) => textStreamEncoder(turnId),
};

export function streamEncoder(format: StreamFormat, turn: EncodeTurn): StreamEncoder {
  return ENCODERS[format](turn);
}
