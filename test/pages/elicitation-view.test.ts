import { expect, test } from 'vitest';
import { contentOf, fieldsOf, readElicitation } from '../../src/pages/chat/elicitation-view.ts';

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', title: 'Your name', description: 'As on the passport' },
    age: { type: 'integer' },
    color: { type: 'string', enum: ['red', 'blue'], enumNames: ['Red', 'Blue'] },
    size: { oneOf: [{ const: 's', title: 'Small' }] },
    news: { type: 'boolean', default: true },
  },
  required: ['name'],
};
const data = {
  elicitation_id: 'call:1',
  tool_call_id: 'call',
  answered: false,
  requests: [{ key: 'who', message: 'Who are you?', schema }],
};

function fields() {
  return fieldsOf(readElicitation(data)?.requests[0]?.schema);
}

test('a form has a field for each property of the schema', () => {
  expect(fields().map(({ label, kind, required }) => [label, kind, required])).toEqual([
    ['Your name', 'text', true],
    ['age', 'integer', false],
    ['color', 'choice', false],
    ['size', 'choice', false],
    ['news', 'checkbox', false],
  ]);
  expect(fields()[2]?.choices).toEqual([
    { value: 'red', label: 'Red' },
    { value: 'blue', label: 'Blue' },
  ]);
});

test('what was filled in has the types of the schema; what is empty is left out', () => {
  const filled = new FormData();
  filled.set('name', 'Ada');
  filled.set('age', '36');
  filled.set('color', '');
  expect(contentOf(fields(), filled)).toEqual({ name: 'Ada', age: 36, news: false });
});

test('an address that is no web page is not offered', () => {
  const request = { key: 'page', message: 'Go', url: 'javascript:alert(1)', host: '' };
  expect(readElicitation({ ...data, requests: [request] })).toBeNull();
});
