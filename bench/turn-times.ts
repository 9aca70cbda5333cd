import type { MeasuredTurn } from './stream-turn.ts';

/** Events closer together than this were one update: they came out of one read. */
const SAME_UPDATE_MS = 1;

export function firstTokenMs({ askedAt, arrived }: MeasuredTurn): number {
  return (arrived[0] ?? Number.NaN) - askedAt;
}

export function totalMs({ askedAt, closedAt }: MeasuredTurn): number {
  return closedAt - askedAt;
}

/** From the provider's last byte to the end of the stream. */
export function afterProviderMs({ sent, closedAt }: MeasuredTurn): number {
  return closedAt - sent.last;
}

/** Of each word, from its write by the provider to its arrival. */
export function lagsMs({ arrived, sent }: MeasuredTurn): number[] {
  return arrived.map((at, index) => at - (sent.words[index] ?? Number.NaN));
}

/** How long a viewer saw nothing new, from the first word on. */
export function gapsMs({ arrived }: MeasuredTurn): number[] {
  return arrived.slice(1).flatMap((at, index) => {
    const gap = at - (arrived[index] ?? at);
    return gap < SAME_UPDATE_MS ? [] : [gap];
  });
}

export function tokensPerSecond({ arrived }: MeasuredTurn): number {
  return (arrived.length * 1000) / ((arrived.at(-1) ?? Number.NaN) - (arrived[0] ?? Number.NaN));
}
