export interface Table {
  title: string;
  /** The first column holds the names of the rows. */
  columns: string[];
  rows: (string | number)[][];
  /** What a reader must know to read the numbers. */
  notes: string[];
}

/** A table as text for a terminal; numbers stand to the right. */
export function formatTable({ title, columns, rows, notes }: Table): string {
  const cells = [columns, ...rows.map((row) => row.map(formatCell))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)));
  const texts = columns.map((_, at) => at === 0 || rows.every((row) => typeof row[at] === 'string'));
  const pad = (cell: string, at: number): string =>
    texts[at] ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  const lines = cells.map((row) => row.map(pad).join('  ').trimEnd());
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [title, '', lines[0], rule, ...lines.slice(1), ...notes.map((note) => `* ${note}`)].join('\n');
}

/** Three digits that count, and never a fraction of a large number. */
function formatCell(cell: string | number): string {
  if (typeof cell === 'string') return cell;
  if (Number.isNaN(cell)) return 'not available';
  if (Number.isInteger(cell) || Math.abs(cell) >= 100) return cell.toFixed(0);
  return cell.toFixed(Math.abs(cell) >= 10 ? 1 : 2);
}
