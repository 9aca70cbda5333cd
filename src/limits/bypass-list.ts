/** The addresses that no rate limit holds for, as `normaliseAddress` spells them. Methods reject with AppError `memory_unavailable`. */
export interface BypassList {
  /** Sorted as text. */
  list(): Promise<string[]>;
  add(address: string): Promise<void>;
  /** True when it was there. */
  remove(address: string): Promise<boolean>;
  /** Whether the limits do not hold for this address. Never rejects: what Redis cannot answer is no. */
  has(address: string): Promise<boolean>;
}
