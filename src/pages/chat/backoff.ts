export interface Backoff {
  /** Milliseconds to wait before the next try; null when there were enough. */
  next(): number | null;
  /** To be called after a success. */
  reset(): void;
}

const FIRST_MS = 1000;
/** After 1, 2, 4 … seconds, a minute in all: longer than it takes until a turn whose producer died is taken over. */
const TRIES = 6;

export function createBackoff(): Backoff {
  let tries = 0;
  return {
    next: () => {
      if (tries === TRIES) return null;
      tries += 1;
      return FIRST_MS * 2 ** (tries - 1);
    },
    reset: () => {
      tries = 0;
    },
  };
}
