import { Parser } from 'htmlparser2';
import type { Block, ReadDocument } from './block.ts';

/** What is not said to the reader. */
const SKIPPED = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'nav',
  'iframe',
  'select',
  'button',
  'head',
]);
/** Elements that stay one block with all that they hold. */
const WHOLE: Record<string, Block['kind']> = { ul: 'list', ol: 'list', dl: 'list', table: 'table', pre: 'code' };
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Deeper lists look alike; without a bound a page of nothing but lists would grow without one. */
const INDENT_MAX = 6;

/** The readable text of a page, with its blocks. Spans of its chunks point into that text, not into the tags. */
export function readHtml(html: string): ReadDocument {
  const writer = textWriter();
  let title = '';
  let inTitle = false;
  const skipping: string[] = [];
  const whole: string[] = [];
  let listDepth = 0;

  const parser = new Parser({
    onopentagname(name) {
      if (name === 'title' && skipping.at(-1) !== 'svg') inTitle = true;
      if (SKIPPED.has(name)) skipping.push(name);
      if (skipping.length > 0) return;
      if (name === 'br') return writer.lineBreak();
      if (name in WHOLE) {
        if (whole.length === 0) writer.begin(WHOLE[name] ?? 'paragraph');
        whole.push(name);
      }
      if (name === 'ul' || name === 'ol') listDepth += 1;
      if (name === 'li') writer.beginLine(`${'  '.repeat(Math.min(Math.max(0, listDepth - 1), INDENT_MAX))}- `);
      else if (name === 'tr' || name === 'dt') writer.beginLine('');
      else if (name === 'dd') writer.beginLine('  ');
      else if (name === 'td' || name === 'th') writer.cell();
      else if (whole.length === 0 && !INLINE.has(name)) writer.begin('paragraph', levelOf(name));
    },
    ontext(data) {
      if (inTitle) title += data;
      else if (skipping.length === 0) writer.write(data, whole[0] === 'pre');
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false;
      if (skipping.length > 0) {
        if (skipping.at(-1) === name) skipping.pop();
        return;
      }
      if (name === 'ul' || name === 'ol') listDepth -= 1;
      if (whole.at(-1) === name) whole.pop();
      if (whole.length === 0 && !INLINE.has(name) && name !== 'br') writer.begin('paragraph');
    },
  });
  parser.end(html);
  const { text, blocks } = writer.end();
  const named = collapse(title).trim() || blocks.find(({ heading }) => heading)?.heading?.text;
  return { title: named || null, text, blocks };
}

/** Puts blocks one after the other, with an empty line between. */
function textWriter() {
  let text = '';
  const blocks: Block[] = [];
  let kind: Block['kind'] = 'paragraph';
  let level: number | undefined;
  // Pieces and not one text: a page of many small ones would be copied for each.
  let open: string[] = [];
  const last = () => open.at(-1)?.at(-1) ?? '\n';
  const push = (piece: string): void => {
    if (piece !== '') open.push(piece);
  };

  const flush = (): void => {
    const joined = open.join('');
    const content =
      kind === 'code' ? joined.replace(/^\s*\n/, '').trimEnd() : joined.replaceAll(/[ \t]\n/g, '\n').trim();
    open = [];
    if (content.trim() === '') return;
    if (text !== '') text += '\n\n';
    const span = { start: text.length, end: text.length + content.length };
    text += content;
    const heading = level === undefined ? undefined : { level, text: collapse(content) };
    blocks.push({ kind: heading ? 'heading' : kind, ...span, ...(heading && { heading }) });
  };

  return {
    begin(next: Block['kind'], nextLevel?: number): void {
      flush();
      [kind, level] = [next, nextLevel];
    },
    write(data: string, verbatim: boolean): void {
      if (verbatim) push(data);
      else push(/\s/.test(last()) ? collapse(data).trimStart() : collapse(data));
    },
    lineBreak: (): void => push('\n'),
    beginLine(mark: string): void {
      if (last() !== '\n') push('\n');
      push(mark);
    },
    cell(): void {
      if (last() !== '\n') push(last() === ' ' ? '| ' : ' | ');
    },
    end(): Pick<ReadDocument, 'text' | 'blocks'> {
      flush();
      return { text, blocks };
    },
  };
}

function levelOf(name: string): number | undefined {
  return /^h[1-6]$/.test(name) ? Number(name.slice(1)) : undefined;
}

function collapse(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
