import type { Block, Heading, ReadDocument } from './block.ts';
import { linesOf, type Line } from './lines-of.ts';

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const LIST_ITEM = /^\s*(?:[-*+]|[\p{Nd}]{1,9}[.)])(?:\s|$)/u;
const INDENTED = /^(?: {4}|\t)/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
/** A longer line is no heading: nobody would read it as one. */
const HEADING_MAX_CHARACTERS = 500;

/**
 * Markdown by its lines: headings, fenced and indented code, tables, lists, and paragraphs, which is what anything else counts as. Nothing
 * inside a block is read, so that no text can take long.
 */
export function readMarkdown(text: string): ReadDocument {
  const lines = linesOf(text);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const found = isBlank(lines[at]) ? null : blockAt(lines, at);
    if (found) blocks.push(toBlock(lines, at, found));
    at += found?.lines ?? 1;
  }
  return { title: titleOf(blocks), text, blocks };
}

interface Found {
  kind: Block['kind'];
  /** How many lines it takes. */
  lines: number;
  heading?: Heading;
}

function blockAt(lines: Line[], at: number): Found {
  const text = lines[at]?.text ?? '';
  const heading = atxHeading(text);
  if (heading) return { kind: 'heading', lines: 1, heading };
  const fence = FENCE.exec(text)?.[1];
  if (fence) return { kind: 'code', lines: fencedLines(lines, at, fence) };
  if (isTable(lines, at)) return { kind: 'table', lines: countWhile(lines, at, (line) => !isBlank(line)) };
  if (LIST_ITEM.test(text) && !isRule(text)) return { kind: 'list', lines: listLines(lines, at) };
  if (INDENTED.test(text)) {
    return { kind: 'code', lines: countWhile(lines, at, (line) => INDENTED.test(line.text) && !isBlank(line)) };
  }
  const underline = UNDERLINE.exec(lines[at + 1]?.text ?? '')?.[1];
  if (underline && text.length <= HEADING_MAX_CHARACTERS && !isRule(text)) {
    return { kind: 'heading', lines: 2, heading: { level: underline.startsWith('=') ? 1 : 2, text: text.trim() } };
  }
  return { kind: 'paragraph', lines: 1 + countWhile(lines, at + 1, (_, index) => continuesParagraph(lines, index)) };
}

function atxHeading(text: string): Heading | null {
  const marks = text.length > HEADING_MAX_CHARACTERS ? null : /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(text);
  if (!marks) return null;
  const content = text.slice(marks[0].length).trim();
  return { level: marks[1]?.length ?? 1, text: content.replace(/(^|[ \t])#+$/, '').trim() };
}

/** Up to the fence that closes it, or to the end of the text. */
function fencedLines(lines: Line[], at: number, fence: string): number {
  const before = countWhile(lines, at + 1, ({ text }) => {
    const mark = FENCE.exec(text)?.[1];
    return mark === undefined || !mark.startsWith(fence) || text.trim() !== mark;
  });
  return Math.min(before + 2, lines.length - at);
}

/** A row with a bar, and below it a row of dashes. */
function isTable(lines: Line[], at: number): boolean {
  const below = lines[at + 1]?.text ?? '';
  return (lines[at]?.text.includes('|') ?? false) && /^[\s|:-]+$/.test(below) && /\|/.test(below) && /-/.test(below);
}

/** Items with what is indented below them; an empty line ends the list when neither follows. */
function listLines(lines: Line[], at: number): number {
  return countWhile(lines, at, (line, index) => {
    if (isBlank(line)) {
      const next = lines.slice(index, index + 3).find((later) => !isBlank(later));
      return next !== undefined && (LIST_ITEM.test(next.text) || /^(?: {2}|\t)/.test(next.text));
    }
    return (
      index === at || (atxHeading(line.text) === null && (FENCE.exec(line.text)?.index !== 0 || /^\s/.test(line.text)))
    );
  });
}

function continuesParagraph(lines: Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  return text.trim() !== '' && !atxHeading(text) && !FENCE.test(text) && !isTable(lines, at) && !LIST_ITEM.test(text);
}

/** `---` and `***` separate and are no items. */
function isRule(text: string): boolean {
  return /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(text);
}

function isBlank(line: Line | undefined): boolean {
  return line === undefined || line.text.trim() === '';
}

function countWhile(lines: Line[], from: number, holds: (line: Line, index: number) => boolean): number {
  let index = from;
  for (let line = lines[index]; line && holds(line, index); line = lines[index]) index += 1;
  return index - from;
}

function toBlock(lines: Line[], at: number, { kind, lines: count, heading }: Found): Block {
  const whole = lines.slice(at, at + count);
  const last = whole.findLast((line) => !isBlank(line));
  return { kind, start: whole[0]?.start ?? 0, end: last?.end ?? 0, ...(heading && { heading }) };
}

function titleOf(blocks: Block[]): string | null {
  const [first] = blocks;
  const title = first?.heading ?? blocks.find(({ heading }) => heading?.level === 1)?.heading;
  return title?.text || null;
}
