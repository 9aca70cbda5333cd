import { elideOutputs } from './elide-outputs.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { WindowLimits, WindowPlace } from './recollection.ts';
import type { StoredMessage } from './stored-message.ts';

interface Measured {
  stored: StoredMessage;
  tokens: number;
}

/** A history whose windows can be tried one after the other: each message is measured once as it is, and once elided. */
export interface MeasuredHistory {
  /** The positions at which turns begin, oldest first. */
  starts: number[];
  /** The position of the message to come. */
  end: number;
  fits(place: WindowPlace, limits: WindowLimits): boolean;
  cut(place: WindowPlace): StoredMessage[];
}

export function measureHistory(history: readonly StoredMessage[]): MeasuredHistory {
  const measure = (stored: StoredMessage): Measured => ({ stored, tokens: estimateTokens(stored.message) });
  const whole = history.map(measure);
  let shortened: Measured[] | undefined;
  function select({ from, elidedBefore }: WindowPlace): Measured[] {
    const oldest = history[0]?.position ?? 0;
    const elided =
      elidedBefore > oldest ? (shortened ??= whole.map(({ stored }) => measure(elideOutputs(stored)))) : [];
    return whole.flatMap((item, index) => {
      if (item.stored.position < from) return [];
      return [(item.stored.position < elidedBefore && elided[index]) || item];
    });
  }
  return {
    starts: history.flatMap(({ message, position }) => (message.role === 'user' ? [position] : [])),
    end: (history.at(-1)?.position ?? 0) + 1,
    cut: (place) => select(place).map(({ stored }) => stored),
    fits(place, limits) {
      const selected = select(place);
      return (
        selected.length <= limits.messages && selected.reduce((sum, { tokens }) => sum + tokens, 0) <= limits.tokens
      );
    },
  };
}
