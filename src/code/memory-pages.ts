/** As fine as memory is kept: what is smaller is kept with its page. */
export const PAGE_BYTES = 4096;
const WORDS_A_PAGE = PAGE_BYTES / 4;
/** A page's number, in front of it. */
const NUMBER_BYTES = 4;

/** Pages of a memory that go over what is there already. */
export interface MemoryPages {
  writeTo(memory: Uint8Array): void;
}

/** The pages of `memory` that are not as in `pristine` (which ends with a page; zero behind it), each behind its number; null when there are more than `mostBytes`. */
export function changedPages(
  memory: Uint8Array<ArrayBuffer>,
  pristine: Uint8Array<ArrayBuffer>,
  mostBytes: number,
): Uint8Array<ArrayBuffer> | null {
  const [now, before] = [new Int32Array(memory.buffer), new Int32Array(pristine.buffer)];
  const changed: number[] = [];
  for (let page = 0; page * WORDS_A_PAGE < now.length; page += 1) if (isChanged(now, before, page)) changed.push(page);
  const each = NUMBER_BYTES + PAGE_BYTES;
  if (changed.length * each > mostBytes) return null;
  const plain = new Uint8Array(changed.length * each);
  const numbers = new DataView(plain.buffer);
  for (const [index, page] of changed.entries()) {
    numbers.setUint32(index * each, page);
    plain.set(memory.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES), index * each + NUMBER_BYTES);
  }
  return plain;
}

/** Most pages are compared to their end, and that is most of what it costs to keep a session: eight words a turn, without a branch. */
function isChanged(now: Int32Array, before: Int32Array, page: number): boolean {
  const end = (page + 1) * WORDS_A_PAGE;
  let difference = 0;
  if (end <= before.length) {
    for (let at = page * WORDS_A_PAGE; at < end && difference === 0; at += 8) {
      difference =
        (word(now, at) ^ word(before, at)) |
        (word(now, at + 1) ^ word(before, at + 1)) |
        (word(now, at + 2) ^ word(before, at + 2)) |
        (word(now, at + 3) ^ word(before, at + 3)) |
        (word(now, at + 4) ^ word(before, at + 4)) |
        (word(now, at + 5) ^ word(before, at + 5)) |
        (word(now, at + 6) ^ word(before, at + 6)) |
        (word(now, at + 7) ^ word(before, at + 7));
    }
  } else {
    for (let at = page * WORDS_A_PAGE; at < end && difference === 0; at += 8) {
      difference =
        word(now, at) |
        word(now, at + 1) |
        word(now, at + 2) |
        word(now, at + 3) |
        word(now, at + 4) |
        word(now, at + 5) |
        word(now, at + 6) |
        word(now, at + 7);
    }
  }
  return difference !== 0;
}

const word = (words: Int32Array, at: number): number => words[at] ?? 0;

/** What `changedPages` gave. Throws for pages that are not in the memory. */
export function pagesOf(plain: Uint8Array<ArrayBuffer>): MemoryPages {
  const numbers = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const each = NUMBER_BYTES + PAGE_BYTES;
  return {
    writeTo(memory) {
      for (let at = 0; at + each <= plain.length; at += each) {
        memory.set(plain.subarray(at + NUMBER_BYTES, at + each), numbers.getUint32(at) * PAGE_BYTES);
      }
    },
  };
}

/** FNV-1a over 32-bit words, in hexadecimal: tells versions apart, and nothing more. */
export function fingerprint(bytes: Uint8Array<ArrayBuffer>): string {
  let hash = 0x811c9dc5;
  for (const word of new Int32Array(bytes.buffer)) if (word !== 0) hash = Math.imul(hash ^ word, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
