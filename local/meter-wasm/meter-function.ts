import { readByte, readUnsigned, skipNumber, writeSigned, writeUnsigned, type WasmReader } from './read-wasm.ts';
import { readBulkOperation, skipImmediates } from './skip-instruction.ts';

const LOOP = 0x03;
const BULK = 0xfc;
const MEMORY_COPY = 10;
const MEMORY_FILL = 11;
const I32 = 0x7f;
/** Bytes that are copied or filled for the price of one step. */
const BYTES_A_STEP_LOG2 = 5;

/**
 * A function's body with its steps counted down in the global `counter`: one when it begins, one each time a loop goes round, and as many
 * as a copy or a fill of memory is long. Below zero it traps.
 */
export function meterFunction(body: Uint8Array, parameters: number, counter: number): Uint8Array {
  const reader: WasmReader = { bytes: body, at: 0 };
  const { groups, count, text } = readLocals(reader);
  const start = reader.at;
  const global = writeUnsigned(counter);
  const length = writeUnsigned(parameters + count);
  const trapBelowZero = [0x23, ...global, 0x41, 0x00, 0x48, 0x04, 0x40, 0x00, 0x0b];
  const one = [0x23, ...global, 0x41, ...writeSigned(1), 0x6b, 0x24, ...global, ...trapBelowZero];
  const shift = [0x41, ...writeSigned(BYTES_A_STEP_LOG2), 0x76];
  const byLength = [0x22, ...length, 0x1a, 0x23, ...global, 0x20, ...length, ...shift, 0x6b, 0x24, ...global];
  const bulk = [...byLength, ...trapBelowZero, 0x20, ...length];

  const pieces: Uint8Array[] = [Uint8Array.from(one)];
  let usesBulk = false;
  let from = start;
  while (reader.at < body.length) {
    const at = reader.at;
    const code = readByte(reader);
    if (code === BULK) {
      const operation = readBulkOperation(reader);
      if (operation !== MEMORY_COPY && operation !== MEMORY_FILL) continue;
      usesBulk = true;
      pieces.push(body.subarray(from, at), Uint8Array.from(bulk));
      from = at;
      continue;
    }
    skipImmediates(reader, code);
    if (code !== LOOP) continue;
    pieces.push(body.subarray(from, reader.at), Uint8Array.from(one));
    from = reader.at;
  }
  pieces.push(body.subarray(from));
  const locals = usesBulk ? [...writeUnsigned(groups + 1), ...text, 1, I32] : [...writeUnsigned(groups), ...text];
  return concat([Uint8Array.from(locals), ...pieces]);
}

function readLocals(reader: WasmReader): { groups: number; count: number; text: Uint8Array } {
  const groups = readUnsigned(reader);
  const from = reader.at;
  let count = 0;
  for (let group = 0; group < groups; group += 1) {
    count += readUnsigned(reader);
    skipNumber(reader);
  }
  return { groups, count, text: reader.bytes.subarray(from, reader.at) };
}

export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
