import { eventDelta, type EventDelta } from './event-delta.ts';

const EVENT = /^((?:event: [^\r\n]*\r?\n)?data: )(\{.*\})$/;

/**
 * The same server-sent events with neighbours joined that differ in nothing but a piece of text: what reads them then says and means the
 * same. `text` holds whole events, each with its empty line.
 */
export function mergeEvents(text: string): string {
  const blank = text.includes('\r\n') ? '\r\n\r\n' : '\n\n';
  const merged: string[] = [];
  let held: { head: string; delta: EventDelta; text: string; alone: string | null } | null = null;

  const release = (): void => {
    if (held) merged.push(held.alone ?? held.head + held.delta.withText(held.text));
    held = null;
  };
  for (const event of text.split(blank).slice(0, -1)) {
    const [, head = '', json = ''] = EVENT.exec(event) ?? [];
    const delta = eventDelta(json);
    if (!delta) {
      release();
      merged.push(event);
    } else if (held && held.head === head && held.delta.signature === delta.signature) {
      held = { head, delta, text: held.text + delta.text, alone: null };
    } else {
      release();
      held = { head, delta, text: delta.text, alone: event };
    }
  }
  release();
  return merged.map((event) => event + blank).join('');
}
