import type { DynamicToolUIPart } from 'ai';
import { expect, test } from 'vitest';
import { codeViewOf } from '../../src/pages/chat/code-view.ts';

const called = { type: 'dynamic-tool', toolCallId: 'call-1', toolName: 'code_interpreter' } as const;
const nothing = { stdout: '', stderr: '', result_repr: '', error: '', note: '' };

function finished(output: unknown): DynamicToolUIPart {
  return { ...called, state: 'output-available', input: { code: 'run()' }, output };
}

test('a call shows its code while it runs, and is no run of code before that and for other tools', () => {
  const running = { code: 'run()', outputs: [], error: null, pictures: [] };
  expect(codeViewOf({ ...called, state: 'input-available', input: { code: 'run()' } })).toEqual(running);
  expect(codeViewOf({ ...called, state: 'input-streaming', input: { code: 'run()' } })).toEqual(running);
  expect(codeViewOf({ ...called, state: 'input-streaming', input: undefined })).toBeNull();
  expect(codeViewOf({ ...finished({ content: [] }), toolName: 'add_task' })).toBeNull();
});

test('what a run showed has names, and what it did not show is left out', () => {
  const shown = { ...nothing, stdout: '1\n2', stderr: 'hm', result_repr: '42', note: 'Not kept.', runs: 1 };
  expect(codeViewOf(finished({ content: [{ type: 'text', text: '1\n2' }], structuredContent: shown }))).toEqual({
    code: 'run()',
    outputs: [
      { name: 'Output', text: '1\n2' },
      { name: 'Error output', text: 'hm' },
      { name: 'Value', text: '42' },
      { name: 'Note', text: 'Not kept.' },
    ],
    error: null,
    pictures: [],
  });
  expect(codeViewOf(finished({ content: [], structuredContent: nothing }))).toMatchObject({ outputs: [], error: null });
});

test('an error stands apart from what was shown before it', () => {
  const failed = { ...nothing, stdout: 'so far', error: 'TypeError: no\n    at cell1:1:1' };
  expect(codeViewOf(finished({ content: [], structuredContent: failed, isError: true }))).toMatchObject({
    outputs: [{ name: 'Output', text: 'so far' }],
    error: 'TypeError: no\n    at cell1:1:1',
  });
});

test('texts are shown where the fields are missing: of a refusal, and of a run that showed too much', () => {
  const content = [
    { type: 'text', text: 'one' },
    { type: 'text', text: 'two' },
  ];
  expect(codeViewOf(finished({ content, isError: true }))).toMatchObject({ outputs: [], error: 'one\n\ntwo' });
  expect(codeViewOf(finished({ content }))).toMatchObject({
    outputs: [{ name: 'Output', text: 'one\n\ntwo' }],
    error: null,
  });
  const failure = { state: 'output-error', input: { code: 'run()' }, errorText: 'Timed out' } as const;
  expect(codeViewOf({ ...called, ...failure })).toMatchObject({ outputs: [], error: 'Timed out' });
});

test('pictures become addresses that hold them, and nothing that is no picture does', () => {
  const image = (mimeType: string, data: string) => ({ type: 'image', mimeType, data });
  const content = [
    image('image/png', 'iVBORw0KGgo='),
    image('image/svg+xml', 'PHN2Zy8+'),
    image('text/html', 'PHN2Zy8+'),
    image('image/svg+xml;x="', 'PHN2Zy8+'),
    image('image/png', '"><script>'),
    image('image/png', ''),
    { type: 'resource_link', uri: 'https://elsewhere.example/a.png', name: 'a', mimeType: 'image/png' },
  ];
  expect(codeViewOf(finished({ content, structuredContent: nothing }))?.pictures).toEqual([
    'data:image/png;base64,iVBORw0KGgo=',
    'data:image/svg+xml;base64,PHN2Zy8+',
  ]);
});
