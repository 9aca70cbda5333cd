import type { LoginMemory } from '../../src/logins/login-memory.ts';

/** One Redis for all isolates of a test. */
export function memoryLoginMemory(): LoginMemory & { copies: Map<string, string>; flows: Map<string, string> } {
  const copies = new Map<string, string>();
  const flows = new Map<string, string>();
  const locks = new Map<string, string>();
  return {
    copies,
    flows,
    readCopy: async (key) => copies.get(key) ?? null,
    async writeCopy(key, value, how) {
      if (how === 'fill' && copies.has(key)) return;
      if (how === 'renewed' && copies.get(key) === '') return;
      copies.set(key, value);
    },
    async keepFlow(state, value) {
      flows.set(state, value);
    },
    async takeFlow(state) {
      const value = flows.get(state) ?? null;
      flows.delete(state);
      return value;
    },
    async lockRenewal(key, holder) {
      const present = locks.get(key);
      if (present !== undefined) return present === 'failed' ? 'failed' : 'busy';
      locks.set(key, holder);
      return 'held';
    },
    async endRenewal(key, holder, outcome) {
      if (locks.get(key) !== holder) return;
      if (outcome === 'failed') locks.set(key, 'failed');
      else locks.delete(key);
    },
  };
}
