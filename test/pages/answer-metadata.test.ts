import { describe, expect, it } from 'vitest';
import { describeAnswer } from '../../src/pages/chat/answer-metadata.ts';

describe('describeAnswer', () => {
  it('names the model and what the answer cost', () => {
    const metadata = { model: 'demo', usage: { inputTokens: 1312, outputTokens: 48 }, turn_id: 't1' };
    expect(describeAnswer(metadata, null)).toBe('demo · 1,312 tokens in, 48 out');
  });

  it('says how an answer ended that is not complete, seen here or stored', () => {
    expect(describeAnswer({ model: 'demo', status: 'interrupted' }, null)).toBe('demo · interrupted');
    expect(describeAnswer({ model: 'demo', status: 'complete' }, null)).toBe('demo');
    expect(describeAnswer(undefined, 'stopped')).toBe('stopped');
  });

  it('says nothing about metadata that it cannot read', () => {
    expect(describeAnswer('nonsense', null)).toBeNull();
    expect(describeAnswer({ model: 'demo', usage: 'much' }, null)).toBe('demo');
  });
});
