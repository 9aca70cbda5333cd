/** A problem that the person at the terminal can fix: shown as its one sentence, without a stack. */
export class LocalError extends Error {
  override name = 'LocalError';
}
