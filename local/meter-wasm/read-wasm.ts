/** Where a reader stands in a WebAssembly binary. */
export interface WasmReader {
  at: number;
  readonly bytes: Uint8Array;
}

export function readByte(reader: WasmReader): number {
  const byte = reader.bytes[reader.at];
  if (byte === undefined) throw new Error('The WebAssembly binary ends too early.');
  reader.at += 1;
  return byte;
}

/** An unsigned LEB128 number. */
export function readUnsigned(reader: WasmReader): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = readByte(reader);
    value += (byte % 128) * scale;
    if (byte < 128) return value;
  }
}

/** Goes past a LEB128 number, signed or not. */
export function skipNumber(reader: WasmReader): void {
  while (readByte(reader) >= 128);
}

export function writeUnsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}

export function writeSigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}
