import type { TurnJournal } from '../journal/turn-journal.ts';

/** The journal of a turn that nobody can come back to: it holds every lease and keeps nothing. */
export function forgetfulJournal(): TurnJournal {
  const held = { held: true, stop: false } as const;
  const unsupported = () => Promise.reject(new Error('A turn without a session is neither found nor asked.'));
  return {
    append: async () => held,
    suspend: async () => held,
    end: async (_lease, { message }) => ({
      held: true,
      message: message && { ...message, position: 0 },
      outboxId: null,
    }),
    begin: unsupported,
    claim: unsupported,
    wait: unsupported,
    answer: unsupported,
    read: unsupported,
    stop: unsupported,
    cancel: unsupported,
    claimable: unsupported,
  };
}
