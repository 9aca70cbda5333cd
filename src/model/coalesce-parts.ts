import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { TurnClock } from '../turn/turn-clock.ts';

type Part = LanguageModelV4StreamPart;
type Delta = Extract<Part, { type: 'text-delta' | 'reasoning-delta' | 'tool-input-delta' }>;

/** A timer that rings this much later than it should: the isolate has more to do than it can, and half the updates are half the work. */
const LATE_MS = 25;

/**
 * The same parts with small deltas merged, because everything above the model pays for each part. The first delta after a
 * pause leaves at once; later ones of the same kind and id leave together, `intervalMs` after the one before, or twice that
 * while the isolate is overloaded. Whatever else comes keeps its place, behind what was held. A delta with provider metadata
 * is never merged.
 */
export async function* coalesceParts(
  parts: AsyncIterable<Part>,
  intervalMs: number,
  clock: TurnClock,
): AsyncGenerator<Part> {
  const source = parts[Symbol.asyncIterator]();
  let pending: Promise<IteratorResult<Part, unknown>> | undefined;
  let held: Delta | undefined;
  let alarm: Alarm | undefined;
  let lastLeft = -Infinity;
  let interval = intervalMs;

  const release = (): Part[] => {
    alarm?.cancel();
    alarm = undefined;
    if (held === undefined) return [];
    const part = held;
    held = undefined;
    lastLeft = clock.now();
    return [part];
  };

  try {
    for (;;) {
      pending ??= readAhead(source);
      const next = await (alarm ? Promise.race([pending, alarm.rings]) : pending);
      if (next === undefined) {
        interval = alarm && clock.now() - alarm.due > LATE_MS ? 2 * intervalMs : intervalMs;
        // Rung, so there is nothing to cancel: a platform's timers cost as much as a merged part.
        alarm = undefined;
        yield* release();
        continue;
      }
      pending = undefined;
      if (next.done) break;

      const part = next.value;
      const merged = held && joinDeltas(held, part);
      if (!merged) yield* release();
      if (!merged && !isDelta(part)) {
        yield part;
        continue;
      }
      held = merged ?? (isDelta(part) ? part : undefined);
      const wait = lastLeft + interval - clock.now();
      if (wait <= 0) yield* release();
      else alarm ??= setAlarm(clock, wait);
    }
    yield* release();
  } catch (error) {
    yield* release();
    throw error;
  } finally {
    alarm?.cancel();
    await source.return?.();
  }
}

interface Alarm {
  /** When it should ring. */
  due: number;
  rings: Promise<undefined>;
  cancel: () => void;
}

function setAlarm(clock: TurnClock, ms: number): Alarm {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { due: clock.now() + ms, rings: promise, cancel: clock.after(ms, () => resolve(undefined)) };
}

/** The read may fail while a held delta is being handed out; whoever awaits it next gets the error. */
function readAhead(source: AsyncIterator<Part>): Promise<IteratorResult<Part, unknown>> {
  const read = source.next();
  read.catch(() => {});
  return read;
}

function isDelta(part: Part): part is Delta {
  return part.type === 'text-delta' || part.type === 'reasoning-delta' || part.type === 'tool-input-delta';
}

function joinDeltas(held: Delta, next: Part): Delta | undefined {
  if (!isDelta(next) || next.type !== held.type || next.id !== held.id) return undefined;
  if (held.providerMetadata || next.providerMetadata) return undefined;
  return { ...held, delta: held.delta + next.delta };
}
