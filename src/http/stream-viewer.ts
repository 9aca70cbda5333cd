import type { TurnClock } from '../turn/turn-clock.ts';
import type { Viewer } from '../turn/viewer.ts';
import { replayChunks } from '../wire/replay-chunks.ts';
import type { StreamEncoder } from '../wire/stream-encoder.ts';

/** A client that lets more than this pile up is dropped: it can resume from the journal, and must not fill the isolate's memory. */
const MAX_QUEUED_CHARACTERS = 256 * 1024;
/** Up to here a replay goes on writing. */
const ROOM_CHARACTERS = 64 * 1024;
const HEARTBEAT_MS = 15_000;
const CLOSE_TIMEOUT_MS = 10_000;

/**
 * Writes a turn to a client. Chunks that come while a write is under way share the next one; nothing ever waits for the client.
 * A broken connection is noticed by the next write, and by `clientLeft` before that.
 */
export function streamViewer(
  writable: WritableStream<Uint8Array>,
  encoder: StreamEncoder,
  clock: TurnClock,
  clientLeft: Promise<void>,
): Viewer {
  const writer = writable.getWriter();
  const bytes = new TextEncoder();
  let queued = '';
  let largest = 0;
  let writing: Promise<void> | null = null;
  let gone = false;
  let cancelHeartbeat: (() => void) | undefined;
  const left = Promise.withResolvers<void>();
  let waiting: (() => void)[] = [];

  function leave() {
    gone = true;
    queued = '';
    cancelHeartbeat?.();
    left.resolve();
    makeRoom();
  }
  writer.closed.catch(leave);
  void clientLeft.then(leave);

  function drop() {
    leave();
    writer.abort(new Error('the client is too slow')).catch(() => undefined);
  }

  function makeRoom() {
    const resolvers = waiting;
    waiting = [];
    for (const resolve of resolvers) resolve();
  }

  function beat() {
    cancelHeartbeat = clock.after(HEARTBEAT_MS, () => {
      push(encoder.heartbeat());
      if (!gone) beat();
    });
  }

  function push(text: string) {
    if (gone || text === '') return;
    queued += text;
    // One large chunk is not the client's fault: the largest that waits does not count.
    largest = Math.max(largest, text.length);
    if (queued.length - largest > MAX_QUEUED_CHARACTERS) {
      drop();
      return;
    }
    writing ??= drain().finally(() => {
      writing = null;
    });
  }

  function ready(): Promise<void> {
    if (gone || queued.length < ROOM_CHARACTERS) return Promise.resolve();
    return new Promise((resolve) => waiting.push(resolve));
  }

  async function drain() {
    // Lets the chunks of one event-loop turn gather into one write.
    await Promise.resolve();
    try {
      while (queued !== '' && !gone) {
        const text = queued;
        queued = '';
        largest = 0;
        await writer.write(bytes.encode(text));
        makeRoom();
      }
    } catch {
      // The client is gone: the turn goes on without it.
      leave();
    }
  }

  beat();
  return {
    departed: left.promise,
    write: (entry) => push(encoder.encode(entry)),
    async replay(entries, afterSeq) {
      for (const text of replayChunks(encoder, entries, afterSeq)) {
        push(text);
        await ready();
      }
    },
    async close() {
      push(encoder.end());
      cancelHeartbeat?.();
      const finish = async () => {
        await writing;
        if (!gone) await writer.close();
        left.resolve();
      };
      const cancelTimeout = clock.after(CLOSE_TIMEOUT_MS, drop);
      finish().catch(leave);
      await left.promise;
      cancelTimeout();
    },
  };
}
