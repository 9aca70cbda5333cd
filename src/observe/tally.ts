import { encodeCounts, type Counts } from '../redis/counts.ts';

/** What waits for longer than this, because no script has left since, is worth a command of its own. */
const FLUSH_AFTER_MS = 10_000;

/** Counts on their way to Redis. They travel with the scripts of turns and sessions, so that counting costs no command. */
export interface Tally {
  /** The counts as a script takes them; '' where nothing is counted. */
  encode(counts: Counts): string;
  /** The same together with all that waits. `putBack` when the script did not take them. */
  carry(counts: Counts): Carried;
  /** Lets counts wait for the next script that leaves. */
  add(counts: Counts, now: number): void;
  /** Whether something has waited for ten seconds. */
  isDue(now: number): boolean;
}

export interface Carried {
  text: string;
  putBack(): void;
}

/** One for each isolate. With `enabled` false it never gives a script anything to count. */
export function tally(enabled: boolean): Tally {
  let waiting: Record<string, number> = {};
  let since = Infinity;
  const put = (counts: Counts) => {
    if (enabled) for (const [field, by] of Object.entries(counts)) waiting[field] = (waiting[field] ?? 0) + by;
  };
  const encode = (counts: Counts) => (enabled ? encodeCounts(counts) : '');
  return {
    encode,
    add(counts, now) {
      if (enabled) since = Math.min(since, now);
      put(counts);
    },
    carry(counts) {
      const [taken, takenSince] = [waiting, since];
      waiting = {};
      since = Infinity;
      const putBack = () => {
        put(taken);
        since = Math.min(since, takenSince);
      };
      return { text: encode(counts) + encode(taken), putBack };
    },
    isDue: (now) => now - since >= FLUSH_AFTER_MS,
  };
}

/** Waits for a script that carries counts; when it fails, they wait for the next one. */
export async function orPutBack<T>({ putBack }: Carried, sent: Promise<T>): Promise<T> {
  try {
    return await sent;
  } catch (error) {
    putBack();
    throw error;
  }
}
