import type { UIMessageChunk } from 'ai';
import { expect, test } from 'vitest';
import { streamEncoder } from '../../src/wire/stream-formats.ts';
import { chatbotBubbles } from './chatbot-bubbles.ts';
import { encodeTurn, numbered, TURN } from './encode-turn.ts';
import { readChatbotLines, sourceOf } from './read-chatbot.ts';
import { call, FAIL, FINISH, NEXT_STEP, RESTART, result, START, STOP, text, TOOL_TURN } from './scripted-turns.ts';

const PICTURE = 'iVBOR'.repeat(4000);
const CODE_RESULT = {
  content: [{ type: 'text', text: 'the same again, for models' }],
  structuredContent: {
    stdout: 'سلام\n',
    result_repr: '{1}',
    stderr: '',
    error: '',
    display_data: [{ 'image/png': `${PICTURE}\n` }, { 'text/plain': 'x' }, { 'image/png': 'AAAA' }],
  },
};
const CODE_TURN: UIMessageChunk[] = [
  ...START,
  ...text('{look}'),
  ...call('call_1', 'code__code_interpreter', ['{ "co', 'de" : "print(', '{1}', ')"', '}']),
  result('call_1', CODE_RESULT),
  ...NEXT_STEP,
  ...text('Done.'),
  ...FINISH,
];

test('a turn that runs code: the lines of seed 004, in ASCII and without } in strings', () => {
  const short = (line: string) => line.replaceAll(/[A-Za-z]{200,}/g, ({ length }) => `<${length} characters>`);
  expect(encodeTurn('chatbot', CODE_TURN).split('\n').map(short).join('\n')).toMatchInlineSnapshot(`
    "{"variant":"ServerHint","content":{"thread_id":"session_1"}}
    {"variant":"Assistant","content":"{look"}
    {"variant":"Assistant","content":"\\u007d"}
    {"variant":"Code","content":"{\\"code\\":\\"","id":"call_1"}
    {"variant":"Code","content":"print(","id":"call_1"}
    {"variant":"Code","content":"{1","id":"call_1"}
    {"variant":"Code","content":"\\u007d","id":"call_1"}
    {"variant":"Code","content":")\\"","id":"call_1"}
    {"variant":"Code","content":"\\u007d","id":"call_1"}
    {"variant":"ServerHint","content":{"thread_id":"session_1"}}
    {"variant":"ServerHint","content":{"thread_id":"session_1"}}
    {"variant":"CodeOutput","content":"\\n\\u0633\\u0644\\u0627\\u0645\\n\\n{1\\u007d","id":"call_1"}
    {"variant":"Image","content":"<16384 characters>","id":"call_1_0"}
    {"variant":"Image","content":"<3616 characters>","id":"call_1_0"}
    {"variant":"ServerHint","content":{"thread_id":"session_1"}}
    {"variant":"Image","content":"AAAA","id":"call_1_1"}
    {"variant":"Assistant","content":"Done."}
    {"variant":"StreamEnd","content":"Stream ended."}
    "
  `);
});

test('a turn that runs code, as its clients show it', () => {
  const bubbles = chatbotBubbles(CODE_TURN);
  expect(bubbles.map(({ variant, id }) => [variant, id])).toEqual([
    ['Assistant', undefined],
    ['Code', 'call_1'],
    ['CodeOutput', 'call_1'],
    ['Image', 'call_1_0'],
    ['Image', 'call_1_1'],
    ['Assistant', undefined],
  ]);
  expect(bubbles[0]?.content).toBe('{look}');
  expect(sourceOf(bubbles[1]?.content ?? '')).toBe('print({1})');
  expect(bubbles[1]?.content.startsWith('{"code":"')).toBe(true);
  expect(bubbles[2]?.content).toBe('\nسلام\n\n{1}');
  expect(bubbles[3]?.content).toBe(PICTURE);
  expect(bubbles[4]?.content).toBe('AAAA');
  expect(bubbles[5]?.content).toBe('Done.');
});

test('other tools show as hints', () => {
  expect(encodeTurn('chatbot', TOOL_TURN)).toMatchInlineSnapshot(`
    "{"variant":"ServerHint","content":{"thread_id":"session_1"}}
    {"variant":"Assistant","content":"\\u0633\\u0644\\u0627\\u0645 "}
    {"variant":"Assistant","content":"{\\ud83d\\ude00"}
    {"variant":"Assistant","content":"\\u007d"}
    {"variant":"ServerHint","content":{"thread_id":"session_1"}}
    {"variant":"ServerHint","content":{"thread_id":"session_1"}}
    {"variant":"Assistant","content":"Found "}
    {"variant":"Assistant","content":"it."}
    {"variant":"StreamEnd","content":"Stream ended."}
    "
  `);
});

test.each([
  ['an answer', FINISH, ['Stream ended.']],
  ['a stop', STOP, ['Stream is stopped by user.']],
  ['a failure', FAIL, ['The model provider failed.', 'Stream ended with an error.']],
  ['a break', [], ['The stream broke off before the answer was complete.', 'Stream ended with an error.']],
])('the last lines after %s', (_what, ending, said) => {
  const lines = readChatbotLines(encodeTurn('chatbot', [...START, ...text('w'), ...ending]));
  expect(lines.slice(2).map(({ content }) => content)).toEqual(said);
  expect(lines.at(-1)?.variant).toBe('StreamEnd');
});

test('the thread comes first and once, whatever comes first: a chunk, a heartbeat, the end', () => {
  const hint = '{"variant":"ServerHint","content":{"thread_id":"session_1"}}\n';
  const resumed = streamEncoder('chatbot', TURN);
  for (const entry of numbered(TOOL_TURN)) resumed.observe(entry);
  expect(resumed.end()).toBe(`${hint}{"variant":"StreamEnd","content":"Stream ended."}\n`);
  const quiet = streamEncoder('chatbot', TURN);
  expect([quiet.heartbeat(), quiet.heartbeat()]).toEqual([`${hint}\n`, '\n']);
});

test('text of a restarted step follows a rule', () => {
  const bubbles = chatbotBubbles([...START, ...text('Hello wor'), ...RESTART, ...text('Hello world'), ...FINISH]);
  expect(bubbles).toEqual([{ variant: 'Assistant', content: 'Hello wor\n\n---\n\nHello world', id: undefined }]);
});
