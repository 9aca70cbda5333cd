import { readUnsigned, skipNumber, type WasmReader } from './read-wasm.ts';

/** What stands behind an operation's code. */
type Immediates = 'none' | 'block' | 'number' | 'numbers' | 'table' | 'four bytes' | 'eight bytes' | 'types';

const PLAIN = new Set([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1]);
const NUMBER = new Set([
  0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0, 0xd2,
]);

function immediatesOf(code: number): Immediates {
  if (PLAIN.has(code) || (code >= 0x45 && code <= 0xc4)) return 'none';
  if (code >= 0x02 && code <= 0x04) return 'block';
  if (NUMBER.has(code)) return 'number';
  if (code === 0x11 || (code >= 0x28 && code <= 0x3e)) return 'numbers';
  if (code === 0x0e) return 'table';
  if (code === 0x43) return 'four bytes';
  if (code === 0x44) return 'eight bytes';
  if (code === 0x1c) return 'types';
  throw new Error(`The operation 0x${code.toString(16)} is not known here.`);
}

/** How many numbers stand behind an operation whose code begins with 0xfc. */
const BULK_NUMBERS: Record<number, number> = { 8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1 };

/** Goes past what stands behind the operation `code`. Throws for operations that the interpreter's build does not use. */
export function skipImmediates(reader: WasmReader, code: number): void {
  switch (immediatesOf(code)) {
    case 'none':
      return;
    case 'block':
    case 'number':
      return skipNumber(reader);
    case 'numbers':
      skipNumber(reader);
      return skipNumber(reader);
    case 'table':
    case 'types': {
      // A table of branches has one more than it says, for every other value.
      const count = readUnsigned(reader) + (code === 0x0e ? 1 : 0);
      for (let index = 0; index < count; index += 1) skipNumber(reader);
      return;
    }
    case 'four bytes':
      reader.at += 4;
      return;
    case 'eight bytes':
      reader.at += 8;
  }
}

/** Reads the second half of an operation whose code begins with 0xfc, and goes past what stands behind it. */
export function readBulkOperation(reader: WasmReader): number {
  const code = readUnsigned(reader);
  const numbers = code <= 7 ? 0 : BULK_NUMBERS[code];
  if (numbers === undefined) throw new Error(`The operation 0xfc ${code} is not known here.`);
  for (let index = 0; index < numbers; index += 1) skipNumber(reader);
  return code;
}
