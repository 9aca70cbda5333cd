import type { UIMessageChunk } from 'ai';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { properChunks, type ProperChunks } from '../../src/model/proper-chunks.ts';

const anyChunk = fc.constantFrom<UIMessageChunk>(
  { type: 'start', messageId: 'm' },
  { type: 'start-step' },
  { type: 'finish-step' },
  { type: 'text-start', id: '1' },
  { type: 'text-delta', id: '1', delta: 'a' },
  { type: 'text-end', id: '1' },
  { type: 'reasoning-start', id: '2' },
  { type: 'reasoning-end', id: '2' },
  { type: 'error', errorText: 'passed on' },
  { type: 'finish', finishReason: 'stop' },
  { type: 'abort' },
);
const ENDS: Record<string, (chunks: ProperChunks) => void> = {
  finish: (chunks) => chunks.finish({ type: 'finish', finishReason: 'stop' }),
  fail: (chunks) => chunks.fail('told'),
  abort: (chunks) => chunks.abort(),
};

test.each(Object.keys(ENDS))('whatever came before, a turn that ends by %s can be ended on', (name) => {
  fc.assert(
    fc.property(fc.array(anyChunk, { maxLength: 15 }), (script) => {
      const out: UIMessageChunk[] = [];
      const chunks = properChunks('m', (chunk) => out.push(chunk));
      for (const chunk of script) chunks.pass(chunk);
      ENDS[name]?.(chunks);

      const types = out.map(({ type }) => type);
      expect(types[0]).toBe('start');
      expect(types.filter((type) => type === 'start')).toHaveLength(1);
      expect(types.filter((type) => type === 'finish' || type === 'abort')).toHaveLength(1);
      expect(types.at(-1)).toBe(name === 'abort' ? 'abort' : 'finish');
      expect(types.lastIndexOf('text-start')).toBeLessThanOrEqual(types.lastIndexOf('text-end'));
      expect(types.lastIndexOf('reasoning-start')).toBeLessThanOrEqual(types.lastIndexOf('reasoning-end'));
      expect(name !== 'fail' || types.includes('error')).toBe(true);
    }),
  );
});

test('a failure that was told already is not told again', () => {
  const out: UIMessageChunk[] = [];
  const chunks = properChunks('m', (chunk) => out.push(chunk));
  chunks.pass({ type: 'error', errorText: 'first' });
  chunks.fail('second');
  expect(out).toEqual([
    { type: 'start', messageId: 'm' },
    { type: 'error', errorText: 'first' },
    { type: 'finish', finishReason: 'error' },
  ]);
});
