import { concat, meterFunction } from './meter-function.ts';
import { readByte, readUnsigned, skipNumber, writeSigned, writeUnsigned, type WasmReader } from './read-wasm.ts';

const [TYPE, IMPORT, FUNCTION, GLOBAL, EXPORT, CODE] = [1, 2, 3, 6, 7, 10];
const END = 0x0b;

interface Section {
  id: number;
  content: Uint8Array;
}

/**
 * A WebAssembly binary that counts its own steps down in a global that it exports as `steps`, and traps when they are used up: whatever it
 * is made to do ends, also where no clock moves. Its stack pointer is exported as `stack`, so that it can be put back after a trap.
 */
export function meterWasm(binary: Uint8Array): Uint8Array {
  const sections = readSections(binary);
  const contentOf = (id: number) => {
    const section = sections.find((one) => one.id === id);
    if (!section) throw new Error(`The WebAssembly binary has no section ${id}.`);
    return { bytes: section.content, at: 0 };
  };
  const parameters = parametersOf(contentOf(TYPE), contentOf(FUNCTION));
  checkImports(contentOf(IMPORT));
  const counter = readUnsigned(contentOf(GLOBAL));
  const changed = sections.map(({ id, content }) => {
    const reader = { bytes: content, at: 0 };
    if (id === GLOBAL) return { id, content: withMore(reader, [[0x7f, 0x01, 0x41, ...writeSigned(0x7fffffff), END]]) };
    if (id === EXPORT) return { id, content: withMore(reader, [exported('steps', counter), exported('stack', 0)]) };
    if (id === CODE) return { id, content: meterCode(reader, parameters, counter) };
    return { id, content };
  });
  return concat([
    binary.subarray(0, 8),
    ...changed.map(({ id, content }) => concat([Uint8Array.from([id, ...writeUnsigned(content.length)]), content])),
  ]);
}

function readSections(binary: Uint8Array): Section[] {
  const reader = { bytes: binary, at: 8 };
  const sections: Section[] = [];
  while (reader.at < binary.length) {
    const id = readByte(reader);
    sections.push({ id, content: readSized(reader) });
  }
  return sections;
}

function readSized(reader: WasmReader): Uint8Array {
  const length = readUnsigned(reader);
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

/** How many parameters each function has. */
function parametersOf(types: WasmReader, functions: WasmReader): number[] {
  const counts: number[] = [];
  for (let left = readUnsigned(types); left > 0; left -= 1) {
    if (readByte(types) !== 0x60) throw new Error('A type is not that of a function.');
    const [parameters] = [readSized(types), readSized(types)];
    counts.push(parameters.length);
  }
  return Array.from({ length: readUnsigned(functions) }, () => counts[readUnsigned(functions)] ?? 0);
}

/** Globals are numbered from those that are imported: here there are none. */
function checkImports(reader: WasmReader): void {
  for (let left = readUnsigned(reader); left > 0; left -= 1) {
    readSized(reader);
    readSized(reader);
    const kind = readByte(reader);
    if (kind === 3) throw new Error('The WebAssembly binary imports a global.');
    if (kind === 0) skipNumber(reader);
    if (kind === 1) readByte(reader);
    if (kind === 1 || kind === 2) {
      const hasMaximum = readByte(reader) % 2 === 1;
      skipNumber(reader);
      if (hasMaximum) skipNumber(reader);
    }
  }
}

function withMore(reader: WasmReader, entries: number[][]): Uint8Array {
  const count = readUnsigned(reader);
  const rest = reader.bytes.subarray(reader.at);
  return concat([Uint8Array.from(writeUnsigned(count + entries.length)), rest, Uint8Array.from(entries.flat())]);
}

const exported = (name: string, global: number) => [
  name.length,
  ...new TextEncoder().encode(name),
  3,
  ...writeUnsigned(global),
];

function meterCode(reader: WasmReader, parameters: readonly number[], counter: number): Uint8Array {
  const count = readUnsigned(reader);
  const bodies = Array.from({ length: count }, (_, index) =>
    meterFunction(readSized(reader), parameters[index] ?? 0, counter),
  );
  return concat([
    Uint8Array.from(writeUnsigned(count)),
    ...bodies.flatMap((body) => [Uint8Array.from(writeUnsigned(body.length)), body]),
  ]);
}
