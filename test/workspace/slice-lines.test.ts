import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sliceLines } from '../../src/workspace/slice-lines.ts';

const text = 'one\ntwo\nthree\n';

test.each([
  ['the whole', text, 1, Infinity, 100, { text, firstLine: 1, lastLine: 3, totalLines: 3, isCut: false }],
  ['a range', text, 2, 2, 100, { text: 'two\n', firstLine: 2, lastLine: 2, totalLines: 3, isCut: false }],
  [
    'whole lines only',
    text,
    1,
    Infinity,
    9,
    { text: 'one\ntwo\n', firstLine: 1, lastLine: 2, totalLines: 3, isCut: false },
  ],
  ['a long line', text, 3, Infinity, 4, { text: 'thre', firstLine: 3, lastLine: 3, totalLines: 3, isCut: true }],
  ['nothing', '', 1, Infinity, 10, { text: '', firstLine: 1, lastLine: 0, totalLines: 0, isCut: false }],
  ['no last newline', 'a\nb', 2, 9, 10, { text: 'b', firstLine: 2, lastLine: 2, totalLines: 2, isCut: false }],
])('%s', (_, text, start, end, room, slice) => {
  expect(sliceLines(text, start, end, room)).toEqual(slice);
});

test('reading on from where a slice ends gives the whole text, when every line has room', () => {
  const lines = fc.array(fc.stringMatching(/^[a-z ]{0,9}$/), { maxLength: 20 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(lines, fc.integer({ min: 10, max: 40 }), (text, room) => {
      let read = '';
      for (let slice = sliceLines(text, 1, Infinity, room); ;) {
        read += slice.text;
        expect(slice.text.length).toBeLessThanOrEqual(room);
        if (slice.lastLine >= slice.totalLines) break;
        slice = sliceLines(text, slice.lastLine + 1, Infinity, room);
      }
      expect(read).toBe(text);
    }),
  );
});
