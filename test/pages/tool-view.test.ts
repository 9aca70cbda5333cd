import type { DynamicToolUIPart } from 'ai';
import { describe, expect, it } from 'vitest';
import { toolViewOf } from '../../src/pages/chat/tool-view.ts';

const called = { type: 'dynamic-tool', toolCallId: 'call-1', toolName: 'add_task' } as const;

function finished(output: unknown): DynamicToolUIPart {
  return { ...called, state: 'output-available', input: { title: 'buy milk' }, output };
}

describe('toolViewOf', () => {
  it('shows a call that is being written or run as running, without a result', () => {
    expect(toolViewOf({ ...called, state: 'input-streaming', input: undefined })).toEqual({
      name: 'add_task',
      server: null,
      state: 'running',
      brief: '',
      input: null,
      result: null,
    });
    const running = toolViewOf({ ...called, state: 'input-available', input: { title: 'buy milk', tags: ['a'] } });
    expect(running).toMatchObject({ state: 'running', brief: 'title: buy milk, tags: ["a"]', result: null });
  });

  it('lays out JSON in the text of an MCP result', () => {
    const view = toolViewOf(finished({ content: [{ type: 'text', text: '{"task_id":1}' }] }));
    expect(view).toMatchObject({ state: 'done', result: '{\n  "task_id": 1\n}' });
  });

  it('names the blocks of an MCP result that are not text', () => {
    const content = [
      { type: 'text', text: 'A chart:' },
      { type: 'image', data: 'AAAA', mimeType: 'image/png' },
    ];
    expect(toolViewOf(finished({ content })).result).toBe('A chart:\n\n[image]');
  });

  it('shows an MCP result that is an error as failed', () => {
    const view = toolViewOf(finished({ content: [{ type: 'text', text: 'No such task' }], isError: true }));
    expect(view).toMatchObject({ state: 'failed', result: 'No such task' });
  });

  it('prints any other output as JSON, and plain text as it is', () => {
    expect(toolViewOf(finished([1])).result).toBe('[\n  1\n]');
    expect(toolViewOf(finished('milk')).result).toBe('milk');
    expect(toolViewOf(finished(null)).result).toBeNull();
  });

  it('shows the error text of a failed call', () => {
    const view = toolViewOf({ ...called, state: 'output-error', input: {}, errorText: 'Timed out' });
    expect(view).toMatchObject({ state: 'failed', input: null, result: 'Timed out' });
  });

  it('shows the server that a tool is said to belong to', () => {
    const toolMetadata = { server: 'tasks', name: 'add_task', readOnly: false };
    const view = toolViewOf({
      ...called,
      toolName: 'tasks_add_task',
      state: 'input-available',
      input: {},
      toolMetadata,
    });
    expect(view).toMatchObject({ server: 'tasks', name: 'add_task' });
  });

  it('tells the server of a remote tool from its name', () => {
    const view = toolViewOf({
      type: 'tool-weather__get_forecast',
      toolCallId: 'c',
      state: 'input-available',
      input: 1,
    });
    expect(view).toMatchObject({ server: 'weather', name: 'get_forecast', brief: '1' });
  });
});
