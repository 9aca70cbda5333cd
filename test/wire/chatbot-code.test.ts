import { expect, test } from 'vitest';
import { chatbotBubbles } from './chatbot-bubbles.ts';
import { encodeTurn } from './encode-turn.ts';
import { readChatbotLines, sourceOf } from './read-chatbot.ts';
import { call, FINISH, RESTART, result, START, STOP } from './scripted-turns.ts';

const code = (pieces: string[], output: unknown = { content: [] }) =>
  chatbotBubbles([...START, ...call('c', 'code_interpreter', pieces), result('c', output), ...FINISH]);

test.each([
  ['in one piece', ['{"code":"{x}"}']],
  ['in single characters', '{"code":"{x}"}'.split('')],
  ['with another argument first', ['{"a":1,', '"code":"{x}"}']],
  ['of nothing but braces', [`{"code":"{x${'}'.repeat(9000)}{x}"}`]],
])('%s reaches every client as text that begins with the code', (_what, pieces) => {
  const [cell] = code(pieces);
  expect(cell?.content.startsWith('{"code":"')).toBe(true);
  expect(sourceOf(cell?.content ?? '')).toBe(JSON.parse(pieces.join('')).code);
});

test.each([
  ['{}', ''],
  ['[1]', '[1]'],
  ['"print(1)"', 'print(1)'],
  ['null', 'null'],
  ['{"code":7}', '7'],
  ['{"1":2,"code":"x"}', 'x'],
])('arguments %s are shown as the source "%s"', (json, source) => {
  expect(sourceOf(code([json])[0]?.content ?? '')).toBe(source);
});

test.each([
  ['nothing', { content: [], structuredContent: { stdout: '' } }, ''],
  ['an error', { content: [], structuredContent: { stdout: 'a', error: 'E' }, isError: true }, '\na\nE'],
  ['text alone', { content: [{ type: 'text', text: '{"a":1}' }] }, '\n{"a":1}'],
  ['a refusal', { content: [{ type: 'text', text: 'too long' }], isError: true }, 'code_interpreter error: too long'],
  ['something else', { logs: [1] }, '\n{"logs":[1]}'],
])('a run that answers with %s', (_what, output, said) => {
  expect(code(['{"code":"x"}'], output).at(-1)).toEqual({ variant: 'CodeOutput', content: said, id: 'c' });
});

test('the pictures of a result without structure are shown too', () => {
  const picture = { type: 'image', data: 'AAAA', mimeType: 'image/png' };
  const content = [picture, { ...picture, mimeType: 'image/gif' }, { ...picture, data: 'BBBB' }];
  const bubbles = code(['{"code":"x"}'], { content });
  expect(bubbles.slice(2).map(({ content, id }) => [content, id])).toEqual([
    ['AAAA', 'c_0'],
    ['BBBB', 'c_1'],
  ]);
});

test('two calls at once are two cells, typed one after the other even when the model mixes them', () => {
  const [first = [], second = []] = ['a', 'b'].map((id) => call(id, 'code_interpreter', ['{"code":"', id, '"}']));
  const mixed = first.slice(0, 3).concat(second.slice(0, 3), first.slice(3), second.slice(3));
  for (const calls of [[...first, ...second], mixed]) {
    const bubbles = chatbotBubbles([
      ...START,
      ...calls,
      result('a', { content: [] }),
      result('b', { content: [] }),
      ...FINISH,
    ]);
    expect(bubbles.map(({ variant, id }) => `${variant} ${id}`)).toEqual([
      'Code a',
      'Code b',
      'CodeOutput a',
      'CodeOutput b',
    ]);
    expect(bubbles.slice(0, 2).map(({ content }) => sourceOf(content))).toEqual(['a', 'b']);
  }
});

test('a call that fails, is refused or cannot be read says why', () => {
  const about = { toolCallId: 'c', toolName: 'code_interpreter', dynamic: true, errorText: 'No.' };
  const typed = call('c', 'code_interpreter', ['{"code":"x"}']);
  const ends = [
    chatbotBubbles([...START, ...typed, { type: 'tool-output-error', ...about }]),
    chatbotBubbles([...START, ...typed, { type: 'tool-output-denied', toolCallId: 'c' }]),
    chatbotBubbles([
      ...START,
      { type: 'tool-input-error', input: '{"cod', ...about },
      { type: 'tool-output-error', ...about },
    ]),
  ];
  expect(ends.map((bubbles) => bubbles[1]?.content)).toEqual([
    'code_interpreter error: No.',
    'code_interpreter error: The call was not allowed.',
    'code_interpreter error: No.',
  ]);
  expect(ends.map((bubbles) => bubbles.filter(({ variant }) => variant === 'CodeOutput').length)).toEqual([1, 1, 1]);
  expect(sourceOf(ends[2]?.[0]?.content ?? '')).toBe('{"cod');
});

test.each([
  ['a restart', [...RESTART, ...call('d', 'code_interpreter', ['{"code":"y"}']), ...FINISH]],
  ['a stop', STOP],
])('a cell that is cut off by %s is closed with an empty output', (_what, rest) => {
  const begun = call('c', 'code_interpreter', ['{"code":"x', '"}']).slice(0, 2);
  const bubbles = chatbotBubbles([...START, ...begun, ...rest]);
  expect(bubbles.slice(0, 2)).toEqual([
    { variant: 'Code', content: '{"code":"x', id: 'c' },
    { variant: 'CodeOutput', content: '', id: 'c' },
  ]);
});

test('no fragment ends inside a character', () => {
  const code = `x${'😀'.repeat(5000)}`;
  const typed = [...START, ...call('c', 'code_interpreter', [JSON.stringify({ code })]), ...FINISH];
  const lines = readChatbotLines(encodeTurn('chatbot', typed));
  expect(lines.length).toBeGreaterThan(4);
  expect(lines.filter(({ content }) => typeof content === 'string' && !content.isWellFormed())).toEqual([]);
});

test('data that a run displays is a second output, which no client takes for anything but text', () => {
  const display_data = [{ 'application/json': { a: 1 } }, { 'image/png': 'AAAA' }, { 'application/json': '[2]' }];
  const bubbles = code(['{"code":"x"}'], { content: [], structuredContent: { stdout: 'said', display_data } });
  expect(bubbles.slice(1)).toEqual([
    { variant: 'CodeOutput', content: '\nsaid', id: 'c' },
    { variant: 'Image', content: 'AAAA', id: 'c_0' },
    { variant: 'CodeOutput', content: '\n{"a":1}\n[2]', id: 'c:json' },
  ]);
});
