/** A place in a list of sessions that runs from the newest activity down, and between two of the same millisecond by id. */
export interface ListPlace {
  /** Milliseconds since the epoch. */
  time: number;
  id: string;
}

/** Sessions of one owner that may share a millisecond; a page reads this many more than it shows to step over the ones already shown. */
export const MOST_TIES = 64;

/** Where a page starts: below a session that was shown, which need not exist any more. Null when the text is not a cursor. */
export function parseCursor(cursor: string): ListPlace | null {
  const match = /^(\d{1,15})-(.+)$/.exec(cursor);
  return match?.[1] && match[2] ? { time: Number(match[1]), id: match[2] } : null;
}

export function formatCursor({ time, id }: ListPlace): string {
  return `${time}-${id}`;
}

/** Less than 0 when `one` comes before `other` in the list. */
export function comparePlaces(one: ListPlace, other: ListPlace): number {
  return other.time - one.time || (one.id === other.id ? 0 : one.id < other.id ? 1 : -1);
}

/** Cuts one page from index entries that are sorted as the list is, and that begin at the time of `before`. */
export function pageOfSessions(entries: ListPlace[], limit: number, before: ListPlace | null) {
  const rest = before ? entries.filter((item) => comparePlaces(before, item) < 0) : entries;
  return { page: rest.slice(0, limit), more: rest.length > limit };
}
