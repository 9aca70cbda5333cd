import type { StreamEncoder } from './stream-encoder.ts';

/** The lines of another encoder as server-sent events, for clients that ask for such: each line is one event's data. */
export function eventFrames(encoder: StreamEncoder): StreamEncoder {
  const framed = (text: string) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `data: ${line}\n\n`)
      .join('');
  return {
    ...encoder,
    headers: { ...encoder.headers, 'content-type': 'text/event-stream' },
    encode: (entry) => framed(encoder.encode(entry)),
    end: () => framed(encoder.end()),
    heartbeat: () => framed(encoder.heartbeat()) || ': heartbeat\n\n',
  };
}
