import { z } from 'zod';

const frameSchema = z.looseObject({ type: z.string() });
export type ReadFrame = z.infer<typeof frameSchema>;

/**
 * Reads seed 000's stream as its page does, through an EventSource: default events only, the last id kept for reconnecting; a half event
 * at the end is dropped.
 */
export function readMetis(pieces: readonly Uint8Array[]): { frames: ReadFrame[]; lastEventId: string } {
  const frames: ReadFrame[] = [];
  const decoder = new TextDecoder();
  let text = '';
  let lastEventId = '';
  for (const piece of pieces) {
    text += decoder.decode(piece, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = block.split('\n').filter((line) => !line.startsWith(':'));
      if (fields.some((line) => line.startsWith('event:'))) throw new Error('The page hears default events only.');
      lastEventId = fields.find((line) => line.startsWith('id: '))?.slice(4) ?? lastEventId;
      // The command line client looks for exactly this prefix.
      const data = fields.find((line) => line.startsWith('data: '))?.slice(6);
      if (data !== undefined) frames.push(frameSchema.parse(JSON.parse(data)));
    }
  }
  return { frames, lastEventId };
}

export function tokensOf(frames: readonly ReadFrame[]): string {
  return frames.map(({ type, content }) => (type === 'token' && typeof content === 'string' ? content : '')).join('');
}
