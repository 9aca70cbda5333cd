export interface IndexedSession {
  id: string;
  createdAt: number;
}

/** Sessions of one owner that may share a millisecond; a page reads this many more than it shows to step over the ones already shown. */
export const MOST_TIES = 64;

/** Where a page starts: below a session that was shown, which need not exist any more. Null when the text is not a cursor. */
export function parseCursor(cursor: string): IndexedSession | null {
  const match = /^(\d{1,15})-(.+)$/.exec(cursor);
  return match?.[1] && match[2] ? { createdAt: Number(match[1]), id: match[2] } : null;
}

/**
 * Cuts one page from index entries that are sorted by time, then id, both descending, and that begin at the cursor's time.
 * The cursor is null after the last page.
 */
export function pageOfSessions(entries: IndexedSession[], limit: number, after: IndexedSession | null) {
  const rest = after
    ? entries.filter(
        (item) => item.createdAt < after.createdAt || (item.createdAt === after.createdAt && item.id < after.id),
      )
    : entries;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { page, cursor: rest.length > limit && last ? `${last.createdAt}-${last.id}` : null };
}
