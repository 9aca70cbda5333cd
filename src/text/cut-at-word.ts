/** A text on one line and in at most `most` characters, cut between two words where there are any; `…` says that it was cut. */
export function cutAtWord(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const start = line.slice(0, most - 1).toWellFormed();
  const gap = start.lastIndexOf(' ');
  return `${(gap > most / 2 ? start.slice(0, gap) : start.replace(/\uFFFD$/, '')).trimEnd()}…`;
}
