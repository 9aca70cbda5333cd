import { uiStreamEncoder } from './ui-stream-encoder.ts';
import type { StreamEncoder } from './stream-encoder.ts';

/** Every format in which a turn can be read. */
export const STREAM_FORMATS = ['ui'] as const;
export type StreamFormat = (typeof STREAM_FORMATS)[number];

export interface EncodeTurn {
  sessionId: string;
  turnId: string;
}

const ENCODERS: Record<StreamFormat, (turn: EncodeTurn) => StreamEncoder> = {
  ui: ({ turnId }) => uiStreamEncoder(turnId),
};

export function streamEncoder(format: StreamFormat, turn: EncodeTurn): StreamEncoder {
  return ENCODERS[format](turn);
}
