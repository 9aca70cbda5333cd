import type { UIMessageChunk } from 'ai';

export interface StreamEvent {
  id: string | null;
  data: string;
}

/** The events of a server-sent stream, as they come. Comments are left out. */
export async function* readEvents(body: ReadableStream<Uint8Array> | null): AsyncGenerator<StreamEvent> {
  if (!body) throw new Error('The response has no body.');
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = parse(text.slice(0, end));
      text = text.slice(end + 2);
      if (event) yield event;
    }
  }
  if (text !== '') throw new Error(`The stream ended inside an event: ${text}`);
}

function parse(block: string): StreamEvent | null {
  const fields = block.split('\n');
  const value = (name: string) => fields.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const data = value('data');
  return data === undefined ? null : { id: value('id') ?? null, data };
}

/** Reads a whole UI message stream; throws when it does not end with `[DONE]`. */
export async function readChunks(response: Response): Promise<UIMessageChunk[]> {
  const chunks: UIMessageChunk[] = [];
  let done = false;
  for await (const { data } of readEvents(response.body)) {
    if (done) throw new Error('Something came after [DONE].');
    if (data === '[DONE]') done = true;
    else chunks.push(JSON.parse(data) as UIMessageChunk);
  }
  if (!done) throw new Error(`The stream broke off without [DONE], after: ${JSON.stringify(chunks.at(-1))}`);
  return chunks;
}

export function textOfChunks(chunks: readonly UIMessageChunk[]): string {
  return chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');
}
