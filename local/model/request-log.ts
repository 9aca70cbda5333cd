export type RequestState = 'open' | 'done' | 'faulted' | 'client-closed';

/** One request that the demonstration model got. */
export interface RequestRecord {
  /** ISO 8601, UTC. */
  time: string;
  path: string;
  model: string;
  body: unknown;
  /** `faulted` ended as its directive said; `client-closed` means that the caller hung up first. */
  state: RequestState;
  /** Words and pieces of tool arguments. */
  tokensSent: number;
  /** Milliseconds from the request to its end; null while it is open. */
  elapsedMs: number | null;
}

export function newRecord(path: string, model: string, body: unknown): RequestRecord {
  const time = new Date().toISOString();
  return { time, path, model, body, state: 'open', tokensSent: 0, elapsedMs: null };
}

/** The first end counts: a socket that closes after `done` changes nothing. */
export function endRecord(record: RequestRecord, state: RequestState): void {
  if (record.state !== 'open') return;
  record.state = state;
  record.elapsedMs = Date.now() - Date.parse(record.time);
}
