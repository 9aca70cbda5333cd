import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { codeWorld, memoryFiles, memoryStates } from './code-world.ts';

async function last(...cells: string[]) {
  const { run } = codeWorld();
  const runs = [];
  for (const cell of cells) runs.push(await run(cell));
  const end = runs.at(-1);
  if (!end) throw new Error('Nothing was run.');
  return end;
}

test.each([
  ['1 + 1', '2'],
  ['const x = 4', null],
  ['"text"', '"text"'],
  ['-0', '-0'],
  ['10n ** 20n', '100000000000000000000n'],
  ['({ a: [1, { b: null }], "c d": undefined })', '{ a: [1, { b: null }], "c d": undefined }'],
  ['new Map([["a", new Set([1])]])', 'Map(1) { "a" => Set(1) { 1 } }'],
  ['new Date(0)', '1970-01-01T00:00:00.000Z'],
  [
    '[function f() {}, class K {}, () => 1, Symbol("s"), /x/g]',
    '[[Function: f], [Function: K], [Function], Symbol(s), /x/g]',
  ],
  ['const a = { n: 1 }; a.a = a; a', '{ n: 1, a: [Circular] }'],
  ['({ get secret() { throw 1 } })', '{ secret: [Getter] }'],
  ['await Promise.resolve(5)', '5'],
  ['Promise.resolve(5)', 'Promise {}'],
  ['await new Promise((resolve) => setTimeout(resolve, 5, "slept"))', '"slept"'],
  ['new Uint8Array([1, 2])', 'Uint8Array(2) [1, 2]'],
  ['[1, 2, 3].map((n: number): number => n * 2) satisfies number[]', '[2, 4, 6]'],
  ['enum Colour { Red, Green }\ninterface Named { name: string }\nColour.Green', '1'],
])('%s shows %s', async (code, value) => {
  expect(await last(code)).toMatchObject({ value, error: null });
});

test('a later call of the session has everything that an earlier one made, and may declare it again', async () => {
  const first =
    'const count = (() => { let n = 0; return () => ++n })(); class Secret { #key = 7; get key() { return this.#key } }\n' +
    'let secret = new Secret(); function twice(n) { return n * 2 } var map = new Map(); map.set(map, secret); count()';
  const second =
    'const count2 = count(); let secret2 = secret.key; [count2, secret2, twice(4), map.get(map) === secret]';
  expect(await last(first, second)).toMatchObject({ value: '[2, 7, 8, true]', runs: 2, note: '' });
  expect(await last(first, 'const twice = 1; class Secret {}; twice')).toMatchObject({ value: '1' });
  expect(await last(first, 'throw new Error("x")', 'count()')).toMatchObject({ value: '2', runs: 3 });
});

test('sessions are apart, and without one nothing is kept', async () => {
  const { code } = codeWorld();
  await code.interpret('globalThis.mine = 1', 'a');
  expect(await code.interpret('typeof mine', 'b')).toMatchObject({ value: '"undefined"', runs: 1 });
  expect(await code.interpret('typeof mine', 'a')).toMatchObject({ value: '"number"', runs: 2 });
  expect(await code.interpret('globalThis.other = 1', null)).toMatchObject({ runs: null, note: '' });
  expect(await code.interpret('typeof other', null)).toMatchObject({ value: '"undefined"' });
});

test('a state of another version is left behind, one that is too large or overtaken is not kept, and each is said', async () => {
  const states = memoryStates();
  const { run } = codeWorld({ states });
  states.all.set('test', { runs: 3, bytes: new Uint8Array([1, 2, 3]) });
  expect(await run('let a = 1')).toMatchObject({ runs: 4, note: expect.stringContaining('is gone') });
  const noise =
    'let x = 1; const noise = Uint32Array.from({ length: 900_000 }, () => (x = (x * 1664525 + 1013904223) >>> 0)); 0';
  expect(await run(noise)).toMatchObject({ value: '0', note: expect.stringContaining('too large') });
  expect(await run('typeof noise + a')).toMatchObject({ value: '"undefined1"' });
  const both = await Promise.all([run('a = 2'), run('a = 3')]);
  expect(both.map(({ note }) => note).filter((note) => note.includes('Another run'))).toHaveLength(1);
});

test('what is logged comes with its level, values as they are inspected', async () => {
  const run = await last(
    'console.log("a", { b: [1] }); console.warn("careful"); console.error(new TypeError("no")); console.info()',
  );
  expect(run).toMatchObject({ stdout: 'a { b: [1] }', stderr: 'careful\nTypeError: no' });
});

test.each([
  [
    'const a = 1;\n\nfunction f() {\n  return a.b.c;\n}\nf()',
    'TypeError',
    "cannot read property 'c' of undefined",
    'at f (cell1:4:13)\nat <eval> (cell1:6:2)',
  ],
  ['let x = 1;\nlet y = ;', 'SyntaxError', expect.any(String), 'at cell1:2:9'],
  [
    'class Mine extends Error { name = "Mine" }\nthrow new Mine("own")',
    'Mine',
    'own',
    expect.stringContaining('at <eval> (cell1:2:15)'),
  ],
  ['throw null', 'Error', 'The code threw null', ''],
  ['throw { code: 7 }', 'Error', 'The code threw { code: 7 }', ''],
  ['await Promise.reject(new RangeError("late"))', 'RangeError', 'late', expect.any(String)],
  ['fetch("https://example.com")', 'Error', 'fetch: there is no network in here.', expect.any(String)],
  ['new WebSocket("wss://example.com")', 'Error', 'WebSocket: there is no network in here.', expect.any(String)],
  ['require("fs")', 'Error', expect.stringContaining('no modules'), expect.any(String)],
  ['await import("fs")', 'Error', expect.stringContaining('no modules'), expect.any(String)],
])('%s fails as %s', async (code, name, message, stack) => {
  const { error } = await last(code);
  expect(error).toEqual({ name, message, stack, isCutOff: false });
});

test('files are read and written, as text and as bytes, also when the code does not wait for them', async () => {
  const { run, files } = codeWorld();
  const code = `await files.write('a/é.txt', 'héllo'); await files.append('a/é.txt', '!');
    await files.write('b.bin', new Uint8Array([0, 255]).subarray(1)); files.write('late.txt', 'x');
    [await files.read('a/é.txt'), await files.bytes('b.bin'), await files.exists('none'), await files.remove('b.bin'), await files.list('a')]`;
  expect(await run(code)).toMatchObject({
    error: null,
    value: expect.stringMatching(/"héllo!".*Uint8Array\(1\) \[255\].*false.*true.*size: 7/s),
  });
  expect([...files.all.keys()]).toEqual(['a/é.txt', 'late.txt']);
  expect((await run('await files.read("none")')).error).toMatchObject({ message: 'There is no file `none`.' });
  expect((await run('await files.write("x", 7)')).error).toMatchObject({ name: 'TypeError' });
  expect((await run('for (let i = 0; i < 60; i++) await files.exists("x")')).error?.message).toContain('50 times');
});

test('a refusal of the workspace reaches the code, and nothing of any other failure does', async () => {
  const failures = [new AppError('workspace_full', 'The workspace is full.'), new Error('postgres://secret')];
  const files = { ...memoryFiles(), write: () => Promise.reject(failures.shift()) };
  const { run, problems } = codeWorld({ files });
  const code =
    'try { await files.write("a", "b") } catch (error) { error.message + (error.stack.includes("src/") ? "!" : "") }';
  expect(await run(code)).toMatchObject({ value: '"The workspace is full."' });
  expect(await run(code)).toMatchObject({ value: '"The files cannot be reached right now."' });
  expect(problems).toEqual([new Error('postgres://secret')]);
});

test('pictures are shown: an SVG, a base64 picture, charts', async () => {
  const { run } = codeWorld();
  const { pictures } = await run(
    'display.svg("<svg/>"); display.image("AAAA", "image/gif"); chart.line([1, 4, 2], { title: "<T>" }); chart.bar({ a: [1, -2], b: [3, 4] })',
  );
  expect(pictures.map(({ mediaType }) => mediaType)).toEqual([
    'image/svg+xml',
    'image/gif',
    'image/svg+xml',
    'image/svg+xml',
  ]);
  const sources = pictures.map(({ base64 }) => Buffer.from(base64, 'base64').toString());
  expect(sources[0]).toBe('<svg/>');
  expect(sources[2]).toMatch(/^<svg xmlns.*&#60;T&#62;.*<polyline .*<\/svg>$/);
  expect(sources[3]?.match(/<rect /g)).toHaveLength(5);
  for (const [code, message] of [
    ['display.image("!")', 'not base64'],
    ['display.image("AAAA", "text/html")', 'must be an SVG'],
    ['display.svg(7)', 'must be a string'],
    ['chart.line(["x"])', 'finite numbers'],
    ['for (;;) display.svg("<svg/>")', '8 pictures'],
    ['display.svg("x".repeat(1e6))', '300000'],
  ] as const) {
    expect((await run(code)).error?.message).toContain(message);
  }
});
