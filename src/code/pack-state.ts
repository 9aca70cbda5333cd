import { STATE_PLAIN_MAX_BYTES } from './code-limits.ts';

const FORMAT = 'edgewise code state 2';

/** A session's state: pages, compressed, behind the version of the interpreter that they fit. */
export async function packState(pages: Uint8Array<ArrayBuffer>, version: string): Promise<Uint8Array<ArrayBuffer>> {
  const tag = tagBytes(version);
  const compressed = await throughStream(pages, new CompressionStream('deflate-raw'), pages.length + 1024);
  const packed = new Uint8Array(tag.length + compressed.length);
  packed.set(tag);
  packed.set(compressed, tag.length);
  return packed;
}

/** The pages in `packed`; null when they are of another version, or cannot be read. */
export async function unpackState(packed: Uint8Array, version: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const tag = tagBytes(version);
  if (!tag.every((byte, index) => packed[index] === byte)) return null;
  try {
    const compressed = new Uint8Array(packed.subarray(tag.length));
    return await throughStream(compressed, new DecompressionStream('deflate-raw'), STATE_PLAIN_MAX_BYTES);
  } catch {
    return null;
  }
}

const tagBytes = (version: string) => new TextEncoder().encode(`${FORMAT} ${version}\n`);

/** Rejects when more than `most` bytes come out. */
async function throughStream(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  // What goes wrong there shows where it is read.
  written.catch(() => undefined);
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = stream.readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value);
    length += next.value.length;
    if (length > most) throw new RangeError('There is more in the stream than was allowed.');
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
