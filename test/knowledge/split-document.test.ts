import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_MAX_CHARACTERS, OVERLAP_MAX_CHARACTERS } from '../../src/knowledge/knowledge-limits.ts';
import { readHtml } from '../../src/knowledge/htmlparser2.ts';
import { readMarkdown } from '../../src/knowledge/read-markdown.ts';
import { readPlainText } from '../../src/knowledge/read-plain-text.ts';
import { splitDocument } from '../../src/knowledge/split-document.ts';

const READERS = { markdown: readMarkdown, 'plain text': readPlainText, HTML: readHtml };

const line = fc.oneof(
  fc.constantFrom(
    '# One',
    '## Two',
    '### Three ###',
    'Title',
    '===',
    '---',
    '```js',
    '```',
    '~~~~',
    '| a | b |',
    '|---|:-:|',
  ),
  fc.constantFrom(
    '- item',
    '1. first',
    '۲. دوم',
    '  more',
    '    code',
    '',
    '',
    '> quote',
    '<h2>Head</h2>',
    '<pre>',
    '</pre>',
  ),
  fc.constantFrom('<ul><li>a', '</ul>', '<table><tr><td>x', '</table>', '<p>text', '<br>', '&amp;', '😀'.repeat(1100)),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.lorem({ maxCount: 400 }),
  fc.array(fc.constantFrom('کلید', 'را', 'عوض', 'کنید.', 'می‌شود'), { maxLength: 600 }).map((words) => words.join(' ')),
);
const documents = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n\n', '\r\n', '\r')), { maxLength: 40 })
  .map((lines) => lines.flat().join(''));

test.each(Object.entries(READERS))('chunks of %s cover the text in order, within their limits', (_, read) => {
  fc.assert(
    fc.property(documents, (source) => {
      const document = read(source);
      const { text } = document;
      const covered = new Uint8Array(text.length);
      let before = { start: -1, end: 0 };
      for (const chunk of splitDocument(document)) {
        expect(chunk.text).toBe(text.slice(chunk.start, chunk.end));
        expect(chunk.text.trim()).not.toBe('');
        expect(chunk.text.length).toBeLessThanOrEqual(CHUNK_MAX_CHARACTERS);
        expect(chunk.start).toBeGreaterThan(before.start);
        expect(before.end - chunk.start).toBeLessThanOrEqual(OVERLAP_MAX_CHARACTERS + 1);
        covered.fill(1, chunk.start, chunk.end);
        before = chunk;
      }
      const lost = [...covered.keys()].filter((at) => covered[at] === 0 && /\S/.test(text[at] ?? ''));
      expect(lost).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

const MARKDOWN = `Before all.

# Keys

Intro.

## Rotate

- one
- two

  still two

\`\`\`sh
# no heading

run
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

Setext
------
End.
`;

test('markdown is split at its headings, and each chunk knows those above it', () => {
  const chunks = splitDocument(readMarkdown(MARKDOWN));
  expect(chunks.map(({ headings, text }) => [headings, text.split('\n')[0]])).toEqual([
    [[], 'Before all.'],
    [['Keys'], '# Keys'],
    [['Keys', 'Rotate'], '## Rotate'],
    [['Keys', 'Setext'], 'Setext'],
  ]);
  expect(readMarkdown(MARKDOWN).blocks.map(({ kind }) => kind)).toEqual([
    'paragraph',
    'heading',
    'paragraph',
    'heading',
    'list',
    'code',
    'table',
    'heading',
    'paragraph',
  ]);
});

test('code, lists and tables that fit into a chunk are not cut', () => {
  const code = `\`\`\`\n${'line of code\n\n'.repeat(90)}\`\`\``;
  const table = `| a | b |\n|---|---|\n${'| cell | cell |\n'.repeat(80)}`.trimEnd();
  const source = `# Title\n\n${'Some words here. '.repeat(60)}\n\n${code}\n\n${table}\n`;
  const texts = splitDocument(readMarkdown(source)).map(({ text }) => text);
  expect(texts.some((text) => text.includes(code))).toBe(true);
  expect(texts.some((text) => text.includes(table))).toBe(true);
});

test('a long paragraph is cut at a sentence, and the parts share a little', () => {
  const text = Array.from({ length: 300 }, (_, index) => `This is sentence ${index}.`).join(' ');
  const [first, second] = splitDocument(readPlainText(text));
  expect(first?.text.trimEnd()).toMatch(/\.$/);
  expect(first && second && first.end - second.start).toBeGreaterThan(20);
});

test('a long table is cut between its rows', () => {
  const rows = Array.from({ length: 200 }, (_, index) => `| row ${index} | cell |`);
  const chunks = splitDocument(readMarkdown(['| a | b |', '|---|---|', ...rows].join('\n')));
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.every(({ text }) => /^\|[^]*\|\n?$/.test(text))).toBe(true);
});

test('HTML is read as its words: title, headings, lists, tables and code, without scripts and menus', () => {
  const document = readHtml(
    `<!doctype html><html><head><title>The &amp; guide</title><style>p{}</style></head><body><nav>Menu</nav>
    <h1>Guide</h1><p>One <b>bold</b>
    line.<script>alert(1)</script></p><ul><li>first<ul><li>inner</li></ul></li><li>second</li></ul>
    <pre><code>a  =  1\n\nb</code></pre><table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>loose</body></html>`,
  );
  expect(document.title).toBe('The & guide');
  expect(document.text).toBe(
    'Guide\n\nOne bold line.\n\n- first\n  - inner\n- second\n\na  =  1\n\nb\n\nx | y\n1 | 2\n\nloose',
  );
  expect(document.blocks.map(({ kind }) => kind)).toEqual([
    'heading',
    'paragraph',
    'list',
    'code',
    'table',
    'paragraph',
  ]);
});
