const PAGE = 4096;

/**
 * Memory without its empty pages, compressed, behind `tag`. The first four bytes of the plain form are the length of the memory, then
 * come the pages, each behind its number.
 */
export async function packMemory(memory: Uint8Array, tag: string): Promise<Uint8Array> {
  const pages = usedPages(memory);
  const plain = new Uint8Array(4 + pages.length * (4 + PAGE));
  const header = new DataView(plain.buffer);
  header.setUint32(0, memory.length);
  for (const [index, page] of pages.entries()) {
    const at = 4 + index * (4 + PAGE);
    header.setUint32(at, page);
    plain.set(memory.subarray(page * PAGE, (page + 1) * PAGE), at + 4);
  }
  const compressed = await throughStream(plain, new CompressionStream('deflate-raw'));
  const packed = new Uint8Array(tagBytes(tag).length + compressed.length);
  packed.set(tagBytes(tag));
  packed.set(compressed, tagBytes(tag).length);
  return packed;
}

/** Whether something was packed behind `tag`. */
export function isPackedAs(packed: Uint8Array, tag: string): boolean {
  return tagBytes(tag).every((byte, index) => packed[index] === byte);
}

/** What `packMemory` packed behind `tag`: how long the memory was, and a function that writes it into one that is as long. */
export async function unpackMemory(
  packed: Uint8Array,
  tag: string,
): Promise<{ length: number; writeTo(memory: Uint8Array): void }> {
  const plain = await throughStream(packed.slice(tagBytes(tag).length), new DecompressionStream('deflate-raw'));
  const header = new DataView(plain.buffer);
  return {
    length: header.getUint32(0),
    writeTo(memory) {
      memory.fill(0);
      for (let at = 4; at < plain.length; at += 4 + PAGE) {
        memory.set(plain.subarray(at + 4, at + 4 + PAGE), header.getUint32(at) * PAGE);
      }
    },
  };
}

function usedPages(memory: Uint8Array): number[] {
  const words = new BigUint64Array(memory.buffer, memory.byteOffset, memory.length / 8);
  const perPage = PAGE / 8;
  const used: number[] = [];
  for (let page = 0; page * perPage < words.length; page += 1) {
    for (let word = page * perPage; word < (page + 1) * perPage; word += 1) {
      if (words[word] !== 0n) {
        used.push(page);
        break;
      }
    }
  }
  return used;
}

const tagBytes = (tag: string) => new TextEncoder().encode(`${tag}\n`);

async function throughStream(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) {
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  const [buffer] = await Promise.all([new Response(stream.readable).arrayBuffer(), written]);
  return new Uint8Array(buffer);
}
