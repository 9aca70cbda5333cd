import type { Seal } from '../seal/seal.ts';
import type { CredentialStore } from './credential-store.ts';
import type { LoginMemory } from './login-memory.ts';

export interface Credential {
  text: string;
  version: string;
}

/** Credentials as their owners' requests use them: opened. Everything outside of this file is sealed, bound to the key. */
export interface Credentials {
  get(key: string): Promise<Credential | null>;
  /** Past the copies, from where they are at rest. */
  getStored(key: string): Promise<Credential | null>;
  /** In the order of the keys. */
  has(keys: readonly string[]): Promise<boolean[]>;
  /** `over`: only when this version is still there. False when it is not. */
  put(key: string, owner: string, text: string, over?: string): Promise<boolean>;
  remove(key: string, over?: string): Promise<boolean>;
}

export interface CredentialsOptions {
  store: CredentialStore;
  memory: Pick<LoginMemory, 'readCopy' | 'writeCopy'>;
  seal: Seal;
  newId(): string;
}

const COPY = /^(\S+) (\S+)$/;

export function sealedCredentials({ store, memory, seal, newId }: CredentialsOptions): Credentials {
  async function open(key: string, sealed: string, version: string): Promise<Credential | null> {
    const text = await seal.unseal(sealed, key);
    return text === null ? null : { text, version };
  }

  async function getStored(key: string): Promise<Credential | null> {
    const [stored] = await store.read([key]);
    if (!stored) return null;
    await memory.writeCopy(key, `${stored.version} ${stored.sealed}`, 'fill');
    return open(key, stored.sealed, stored.version);
  }

  return {
    async get(key) {
      const copy = await memory.readCopy(key);
      if (copy === '') return null;
      const [, version, sealed] = COPY.exec(copy ?? '') ?? [];
      if (version === undefined || sealed === undefined) return getStored(key);
      return open(key, sealed, version);
    },
    getStored,
    async has(keys) {
      const stored = await store.read(keys);
      return Promise.all(
        keys.map(async (key, index) => {
          const one = stored[index];
          return one ? (await open(key, one.sealed, one.version)) !== null : false;
        }),
      );
    },
    async put(key, owner, text, over) {
      const version = newId();
      const sealed = await seal.seal(text, key);
      if (!(await store.write(key, { owner, sealed, version }, over))) return false;
      await memory.writeCopy(key, `${version} ${sealed}`, over === undefined ? 'put' : 'renewed');
      return true;
    },
    async remove(key, over) {
      const removed = await store.remove(key, over);
      if (removed) await memory.writeCopy(key, '', 'put');
      return removed;
    },
  };
}
