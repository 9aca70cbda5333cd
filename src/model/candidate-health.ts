import type { FailureVerdict } from './judge-failure.ts';

/** What this isolate has learned about the models: which of them to ask last for a while. */
export interface CandidateHealth {
  /** The same candidates; those that are cooling down come last, and are still there to be tried. */
  order<T extends { id: string }>(candidates: readonly T[]): T[];
  failed(id: string, verdict: FailureVerdict): void;
  succeeded(id: string): void;
}

const FAILURES_TO_OPEN = 3;
const FAILURE_WINDOW_MS = 30_000;
const OPEN_MS = 30_000;

interface Record {
  failures: number[];
  coolUntil: number;
  /** It has cooled down because it failed often: the next failure is enough. */
  onProbation: boolean;
}

/** Remembers in memory only: isolates are many and short-lived, and a wrong guess costs one attempt. */
export function candidateHealth(now: () => number): CandidateHealth {
  const records = new Map<string, Record>();
  const isCooling = ({ id }: { id: string }) => (records.get(id)?.coolUntil ?? 0) > now();

  return {
    order: (candidates) => [...candidates.filter((one) => !isCooling(one)), ...candidates.filter(isCooling)],
    failed(id, { tryNext, coolDownMs }) {
      // A refused prompt says nothing about the model.
      if (!tryNext) return;
      const record = records.get(id) ?? { failures: [], coolUntil: 0, onProbation: false };
      const failures = [...record.failures.filter((at) => at > now() - FAILURE_WINDOW_MS), now()];
      const opens = record.onProbation || failures.length >= FAILURES_TO_OPEN;
      records.set(id, {
        failures: opens ? [] : failures,
        coolUntil: Math.max(record.coolUntil, now() + (coolDownMs ?? 0), opens ? now() + OPEN_MS : 0),
        onProbation: opens,
      });
    },
    succeeded(id) {
      records.delete(id);
    },
  };
}
