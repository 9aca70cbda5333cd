import type { TurnClock } from '../turn/turn-clock.ts';
import type { Viewer } from '../turn/viewer.ts';
import type { StreamEncoder } from '../wire/stream-encoder.ts';

/** A client that lets more than this pile up is dropped: it can resume from the journal, and must not fill the isolate's memory. */
const MAX_QUEUED_CHARACTERS = 256 * 1024;
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
  let writing: Promise<void> | null = null;
  let gone = false;
  let cancelHeartbeat: (() => void) | undefined;
  const left = Promise.withResolvers<void>();

  function leave() {
    gone = true;
    queued = '';
    cancelHeartbeat?.();
    left.resolve();
  }
  writer.closed.catch(leave);
  void clientLeft.then(leave);

  function drop() {
    leave();
    writer.abort(new Error('the client is too slow')).catch(() => undefined);
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
    if (queued.length > MAX_QUEUED_CHARACTERS) {
      drop();
      return;
    }
    writing ??= drain().finally(() => {
      writing = null;
    });
  }

  async function drain() {
    // Lets the chunks of one event-loop turn gather into one write.
    await Promise.resolve();
    try {
      while (queued !== '' && !gone) {
        const text = queued;
        queued = '';
        await writer.write(bytes.encode(text));
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
