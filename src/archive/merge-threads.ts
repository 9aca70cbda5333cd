import { comparePlaces, type ListPlace } from '../memory/page-of-sessions.ts';

export interface PartOfList<T> {
  items: { place: ListPlace; details: T }[];
  /** The part says everything down to this place; null when it says everything there is. */
  reachesTo: ListPlace | null;
}

/**
 * One page from two lists that are sorted alike and share no session. It goes no further down than both parts reach, so it may be shorter
 * than `limit`, even empty, although there is more. `next` is null after the last page.
 */
export function mergeThreads<T>(
  one: PartOfList<T>,
  other: PartOfList<T>,
  limit: number,
): { page: T[]; next: ListPlace | null } {
  const [floor] = [one.reachesTo, other.reachesTo].filter((place) => place !== null).sort(comparePlaces);
  const known = [...one.items, ...other.items]
    .filter(({ place }) => !floor || comparePlaces(place, floor) <= 0)
    .sort((first, second) => comparePlaces(first.place, second.place));
  const page = known.slice(0, limit);
  const next = known.length > limit ? page.at(-1)?.place : floor;
  return { page: page.map(({ details }) => details), next: next ?? null };
}
