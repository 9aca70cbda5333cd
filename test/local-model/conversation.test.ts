import { describe, expect, test } from 'vitest';
import { composeAnswer } from '../../local/model/compose-answer.ts';
import { parseDirectives } from '../../local/model/directives.ts';
import type { ChatMessage, ModelRequest, OfferedTool } from '../../local/model/model-request.ts';

const schema = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
});
const id = { task_id: { type: 'integer' } };
const TOOLS: OfferedTool[] = [
  { name: 'tasks__add_task', parameters: schema({ title: { type: 'string' } }, ['title']) },
  { name: 'tasks__list_tasks', parameters: schema({ status: { type: 'string' } }) },
  { name: 'tasks__complete_task', parameters: schema(id, ['task_id']) },
  { name: 'tasks__delete_task', parameters: schema(id, ['task_id']) },
  { name: 'tasks__update_task', parameters: schema({ ...id, title: { type: 'string' } }, ['task_id']) },
  { name: 'odd', parameters: {} },
];

const say = (role: 'system' | 'user' | 'assistant', text: string): ChatMessage => ({
  role,
  text,
  calls: [],
  callId: null,
});
const request = (messages: ChatMessage[], tools = TOOLS): ModelRequest => ({
  model: 'demo',
  streamed: false,
  includeUsage: false,
  messages,
  tools,
  toolChoice: 'auto',
});
const answer = (...messages: ChatMessage[]) => composeAnswer(request(messages), parseDirectives('demo'));

/** Plays the tools until the model answers in words: the calls it made, step by step, and the words. */
function converse(text: string, results: Record<string, unknown> = {}) {
  const messages = [say('user', text)];
  const steps: string[][] = [];
  for (;;) {
    const { calls, text } = answer(...messages);
    if (calls.length === 0) return { steps, text };
    steps.push(calls.map((call) => `${call.name.replace('tasks__', '')} ${call.arguments}`));
    messages.push({ role: 'assistant', text: '', calls, callId: null });
    for (const call of calls) {
      messages.push({ role: 'tool', text: JSON.stringify(results[call.name] ?? {}), calls: [], callId: call.id });
    }
  }
}

describe('wishes become tool calls', () => {
  test.each<[string, string[][]]>([
    ['add a task to buy milk', [['add_task {"title":"Buy milk"}']]],
    ['Please add a new task: "Pay the rent".', [['add_task {"title":"Pay the rent"}']]],
    ['Can you create a task called Stretch?', [['add_task {"title":"Stretch"}']]],
    ['Add buy bread to my list', [['add_task {"title":"Buy bread"}']]],
    ['Remind me to water the plants and the trees', [['add_task {"title":"Water the plants and the trees"}']]],
    ['add a task to buy milk and eggs', [['add_task {"title":"Buy milk and eggs"}']]],
    ['What are my tasks?', [['list_tasks {}']]],
    ['list my open tasks', [['list_tasks {"status":"pending"}']]],
    ['show me the completed tasks', [['list_tasks {"status":"completed"}']]],
    ['complete task 3', [['complete_task {"task_id":3}']]],
    ['mark task 3 as done', [['complete_task {"task_id":3}']]],
    ['finish the task #3!', [['complete_task {"task_id":3}']]],
    ['delete task 2', [['delete_task {"task_id":2}']]],
    ['rename task 2 to Buy oat milk', [['update_task {"task_id":2,"title":"Buy oat milk"}']]],
    [
      'add a task to buy milk and a task to call Bob, then list my tasks',
      [['add_task {"title":"Buy milk"}', 'add_task {"title":"Call Bob"}'], ['list_tasks {}']],
    ],
    ['complete task 2, and delete task 1', [['complete_task {"task_id":2}'], ['delete_task {"task_id":1}']]],
    ['use the tool odd with {"a": 3, "b": {"c": "x, then y."}} please', [['odd {"a": 3, "b": {"c": "x, then y."}}']]],
    ['use the tool odd', [['odd {}']]],
    ['call the tool nowhere with {}', []],
    ['I think tasks are hard', []],
    ['How do I delete a file?', []],
  ])('%s', (text, steps) => {
    expect(converse(text).steps).toEqual(steps);
  });

  test('a title is looked up first', () => {
    const tasks__list_tasks = [{ id: 4, title: 'Call Bob', completed: false }];
    expect(converse('mark the task call bob as done', { tasks__list_tasks }).steps).toEqual([
      ['list_tasks {}'],
      ['complete_task {"task_id":4}'],
    ]);
    const unknown = converse('delete task nonsense', { tasks__list_tasks });
    expect(unknown.steps).toEqual([['list_tasks {}']]);
    expect(unknown.text).toContain('I found no task of that title');
  });

  test('without the tool the answer says which one is missing', () => {
    const { text, calls } = composeAnswer(
      request([say('user', 'add a task to buy milk')], []),
      parseDirectives('demo'),
    );
    expect(calls).toEqual([]);
    expect(text).toContain('`add_task`');
  });
});

describe('results become words that hold their facts', () => {
  test.each<[string, string, unknown, string]>([
    ['add a task to x', 'tasks__add_task', { status: 'created', task_id: 1, title: 'X' }, 'I added task **1**: X.'],
    [
      'complete task 1',
      'tasks__complete_task',
      { task_id: 1, title: 'X', completed: true },
      'I marked as done task **1**: X (done).',
    ],
    [
      'delete task 9',
      'tasks__delete_task',
      { status: 'error', message: 'No such task.' },
      'That did not work: No such task.',
    ],
    ['list my tasks', 'tasks__list_tasks', [], 'Your task list is empty.'],
    [
      'list my tasks',
      'tasks__list_tasks',
      { tasks: [{ id: 2, title: 'B', completed: true }] },
      'Here are your tasks:\n\n- **2**: B (done)',
    ],
    [
      'use the tool odd',
      'odd',
      { content: [{ type: 'text', text: '{"x":1}' }] },
      'The tool `odd` answered:\n\n- **x**: 1',
    ],
    [
      'use the tool odd',
      'odd',
      { content: [], structuredContent: { y: 'z' } },
      'The tool `odd` answered:\n\n- **y**: z',
    ],
    ['use the tool odd', 'odd', 'plain', 'The tool `odd` answered: plain'],
  ])('%s: %s gave %j', (text, tool, result, words) => {
    expect(converse(text, { [tool]: result }).text).toBe(words);
  });
});

describe('the memory is what the request holds', () => {
  const introduced = [
    say('user', 'Hello!'),
    say('assistant', 'Hi'),
    say('user', 'My name is Sara.'),
    say('assistant', 'Nice'),
  ];

  test('a name is known when it was said, and not otherwise', () => {
    expect(answer(...introduced, say('user', 'What is my name?')).text).toContain('**Sara**');
    expect(answer(say('user', 'What is my name?')).text).toContain('I do not know your name');
  });

  test('the first message and the one before are quoted', () => {
    expect(answer(...introduced, say('user', 'What was my first message?')).text).toContain('> Hello!');
    expect(answer(...introduced, say('user', 'What did I say first?')).text).toContain('> Hello!');
    expect(answer(...introduced, say('user', 'What did I just say?')).text).toContain('> My name is Sara.');
  });

  test('instructions are quoted', () => {
    expect(answer(say('system', 'Be kind.'), say('user', 'What are your instructions?')).text).toContain('> Be kind.');
  });
});

test('an answer is several sentences about the message, the same for the same request', () => {
  const question = say('user', 'How do tides follow the moon?');
  const { text } = answer(question);
  expect(text).toMatch(/^That is a good question about \*\*tides\*\*/);
  expect(text.match(/[.:!?]\s/g)?.length).toBeGreaterThan(3);
  expect(answer(question).text).toBe(text);
});

test('Persian is answered in Persian', () => {
  const { text } = answer(say('user', 'سلام، حال شما چطور است؟'));
  expect(text).toMatch(/^سلام!/);
  expect(text).not.toMatch(/[A-Za-z]/);
  expect(answer(say('user', 'اسم من سارا است'), say('user', 'اسم من چیست؟')).text).toContain('**سارا**');
});

test('counting and stories are as long as asked for', () => {
  expect(answer(say('user', 'count to 5')).text).toBe('1, 2, 3, 4, 5.');
  expect(answer(say('user', 'Tell me a long story about otters')).text).toMatch(/otters[^]{900,}/);
});
