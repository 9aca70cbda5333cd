import type { Bill } from '../budgets/bill.ts';
import type { TurnJournal } from '../journal/turn-journal.ts';

/** The journal of a turn that nobody can come back to: it holds every lease and keeps nothing but the bill. */
export function forgetfulJournal(settle: (bill: Bill) => Promise<void>): TurnJournal {
  const held = { held: true, stop: false } as const;
  const unsupported = () => Promise.reject(new Error('A turn without a session is neither found nor asked.'));
  return {
    append: async () => held,
    suspend: async () => held,
    async end(_lease, { message, bill }) {
      if (bill) await settle(bill);
      return { held: true, message: message && { ...message, position: 0 }, outboxId: null };
    },
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
