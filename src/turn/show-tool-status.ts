import type { TurnTools } from '../tools/tool-hub.ts';
import type { TurnPump } from './turn-pump.ts';

/** Tells the client, before anything else of the turn, which tool servers are missing from it, and which tools are not what they were. */
export function showToolStatus(
  pump: TurnPump,
  messageId: string,
  { unavailable, authRequired, changed }: TurnTools,
): void {
  if (pump.log.lastSeq > 0 || unavailable.length + changed.length === 0) return;
  pump.emit({ type: 'start', messageId });
  pump.emit({ type: 'data-mcp-status', transient: true, data: { unavailable, changed } });
  for (const data of authRequired) pump.emit({ type: 'data-mcp-auth-required', transient: true, data });
}
