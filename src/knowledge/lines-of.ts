export interface Line {
  /** Without the line break. */
  text: string;
  start: number;
  end: number;
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    const [, content = '', lineBreak] = match;
    lines.push({ text: content, start: match.index, end: match.index + content.length });
    if (lineBreak === '') break;
  }
  return lines;
}
