export interface StoredCredential {
  /** Sealed. */
  sealed: string;
  /** Another one after every write, and never the same again. */
  version: string;
}

/** Sealed credentials at rest. Whoever changes one may say what they have read: when that is no longer there, nothing happens. */
export interface CredentialStore {
  /** In the order of the keys; null where nothing is. */
  read(keys: readonly string[]): Promise<(StoredCredential | null)[]>;
  /** False when `over` is not the version that is stored. */
  write(key: string, credential: StoredCredential & { owner: string }, over?: string): Promise<boolean>;
  /** False when there was none, or another version than `over`. */
  remove(key: string, over?: string): Promise<boolean>;
}
