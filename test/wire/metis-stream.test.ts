import type { UIMessageChunk } from 'ai';
import { expect, test } from 'vitest';
import { streamEncoder } from '../../src/wire/stream-formats.ts';
import { cutBytes, encodeTurn, numbered, TURN } from './encode-turn.ts';
import { readMetis, tokensOf } from './read-metis.ts';
import { call, FAIL, FINISH, RESTART, result, START, STOP, text, TOOL_TURN } from './scripted-turns.ts';

const read = (chunks: readonly UIMessageChunk[]) => readMetis(cutBytes(encodeTurn('metis', chunks), [1000]));

test('a turn with tools: the frames of seed 000 in ASCII, each with the place to go on from', () => {
  expect(encodeTurn('metis', TOOL_TURN)).toMatchInlineSnapshot(`
    "id: turn_1:7
    data: {"type":"token","content":"\\u0633\\u0644\\u0627\\u0645 "}

    id: turn_1:8
    data: {"type":"token","content":"{\\ud83d\\ude00}"}

    id: turn_1:10
    data: {"type":"tool_call_started","tool_name":"search__find","call_id":"call_1"}

    data: {"type":"tool_call","name":"search__find","call_id":"call_1","arguments":{"q":"\\u06a9\\u062a\\u0627\\u0628"}}

    id: turn_1:13
    data: {"type":"tool_call_complete","name":"search__find","call_id":"call_1"}

    id: turn_1:14
    data: {"type":"tool_call_started","tool_name":"pay","call_id":"call_2"}

    data: {"type":"tool_call","name":"pay","call_id":"call_2","arguments":{}}

    id: turn_1:16
    data: {"type":"tool_call_complete","name":"pay","call_id":"call_2"}

    id: turn_1:17
    data: {"type":"tool_response","name":"search__find","call_id":"call_1","output":{"type":"text","text":"{\\"found\\":1}","annotations":null}}

    id: turn_1:18
    data: {"type":"tool_response","name":"pay","call_id":"call_2","output":"The tool server \\"pay\\" timed out."}

    id: turn_1:23
    data: {"type":"token","content":"Found "}

    id: turn_1:24
    data: {"type":"token","content":"it."}

    id: turn_1:27
    data: {"type":"completion","message":"Response completed"}

    "
  `);
});

const UNSAVED = { type: 'error' as const, errorText: 'It was not saved.' };

test.each([
  ['an answer', FINISH],
  ['a stop', STOP],
])('%s ends with a completion', (_what, ending) => {
  const { frames, lastEventId } = read([...START, ...text('w'), ...ending]);
  expect(frames.slice(1)).toEqual([{ type: 'completion', message: 'Response completed' }]);
  expect(lastEventId).toBe('turn_1:7');
});

test.each([
  ['a failure', FAIL, 'The model provider failed.'],
  ['an answer that was not saved', [...FINISH, UNSAVED], 'It was not saved.'],
  ['a break', [], 'The stream broke off before the answer was complete.'],
])('%s ends with an error, and the place to go on from stays at the last chunk', (_what, ending, reason) => {
  const { frames, lastEventId } = read([...START, ...text('w'), ...ending]);
  expect(frames.slice(1)).toEqual([{ type: 'error', message: `Agent execution error: ${reason}` }]);
  expect(lastEventId).toBe('turn_1:4');
});

test('text of a restarted step follows a rule; a call that was begun there has no arguments and no answer', () => {
  const begun = call('call_1', 'find', ['{"q":"x"}']).slice(0, 2);
  const { frames } = read([...START, ...text('Hello wor'), ...begun, ...RESTART, ...text('Hello world')]);
  expect(tokensOf(frames)).toBe('Hello wor\n\n---\n\nHello world');
  expect(frames.map(({ type }) => type)).toEqual(['token', 'tool_call_started', 'token', 'error']);
});

const part = (text: string) => ({ type: 'text', text });
const item = (text: string) => ({ ...part(text), annotations: null });
const picture = { type: 'image', data: 'AAAA', mimeType: 'image/png' };

test.each([
  ['one part', { content: [part('{"a":1}')] }, item('{"a":1}')],
  ['several parts', { content: [part('a'), part('b')] }, [item('a'), item('b')]],
  ['a picture', { content: [picture] }, { ...picture, annotations: null }],
  ['no part', { content: [] }, []],
  ['structure alone', { content: [], structuredContent: { rows: 2 } }, { rows: 2 }],
  ['JSON text', '{"rows":[1]}', { rows: [1] }],
  ['other text', 'two rows', 'two rows'],
  ['something else', { rows: 1 }, { rows: 1 }],
])('a tool that answers with %s', (_what, output, shown) => {
  const { frames } = read([...START, ...call('c', 'find', ['{}']), result('c', output)]);
  expect(frames.at(-2)).toEqual({ type: 'tool_response', name: 'find', call_id: 'c', output: shown });
});

test('what a tool shows on its way is not its answer', () => {
  const early = { ...result('c', 'half'), preliminary: true };
  const { frames } = read([...START, ...call('c', 'find', ['{}']), early, result('c', 'whole')]);
  expect(frames.flatMap(({ output }) => output ?? [])).toEqual(['whole']);
});

test('arguments that are no JSON are shown as they came, with what is wrong as the answer', () => {
  const about = { toolCallId: 'c', toolName: 'find', dynamic: true, errorText: 'Invalid input.' };
  const { frames } = read([
    ...START,
    { type: 'tool-input-error', input: '{"q":', ...about },
    { type: 'tool-output-error', ...about },
  ]);
  expect(frames.slice(0, -1)).toEqual([
    { type: 'tool_call_started', tool_name: 'find', call_id: 'c' },
    { type: 'tool_call', name: 'find', call_id: 'c', arguments: '{"q":' },
    { type: 'tool_call_complete', name: 'find', call_id: 'c' },
    { type: 'tool_response', name: 'find', call_id: 'c', output: 'Invalid input.' },
  ]);
});

test('an EventSource that is cut off after any byte goes on from its last id to the whole answer', () => {
  const body = encodeTurn('metis', TOOL_TURN);
  const whole = readMetis(cutBytes(body, [3])).frames;
  for (let cut = 0; cut <= body.length; cut += 1) {
    const first = readMetis(cutBytes(body.slice(0, cut), [7, 1, 64]));
    const afterSeq = Number(first.lastEventId.split(':')[1] ?? 0);
    const encoder = streamEncoder('metis', TURN);
    let rest = '';
    for (const entry of numbered(TOOL_TURN)) {
      if (entry.seq <= afterSeq) encoder.observe(entry);
      else rest += encoder.encode(entry);
    }
    const second = readMetis(cutBytes(rest + encoder.end(), [5]));
    const frames = [...first.frames, ...second.frames];
    // A frame may come twice where several belong to one chunk; text never does.
    expect(tokensOf(frames)).toBe(tokensOf(whole));
    expect(new Set(frames.map((frame) => JSON.stringify(frame)))).toEqual(
      new Set(whole.map((frame) => JSON.stringify(frame))),
    );
  }
});

test('a heartbeat is a comment', () => {
  expect(readMetis(cutBytes(streamEncoder('metis', TURN).heartbeat(), [4])).frames).toEqual([]);
  expect(streamEncoder('metis', TURN).heartbeat()).toBe(': heartbeat\n\n');
});
