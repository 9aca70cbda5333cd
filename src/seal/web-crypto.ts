import { Buffer } from 'node:buffer';
import type { Seal } from './seal.ts';

/** As NIST SP 800-38D wants it for AES-GCM. */
const IV_BYTES = 12;

interface SealingKey {
  /** Public: says which key a text was sealed with. */
  id: string;
  key: CryptoKey;
}

/**
 * AES-256-GCM. A sealed text is `key id.iv.ciphertext`, and the context goes in as authenticated data. The first of the keys (32 bytes each,
 * in base64) seals, all of them open: a new one is put in front, and the old ones leave once nothing that they sealed is needed any more.
 */
export function webCryptoSeal(keys: readonly string[]): Seal {
  let imported: Promise<SealingKey[]> | undefined;
  const allKeys = () => (imported ??= Promise.all(keys.map(importKey)));

  return {
    async seal(text, context) {
      const [current] = await allKeys();
      if (!current) throw new Error('There is no key to seal with.');
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const ciphertext = await crypto.subtle.encrypt(algorithm(iv, context), current.key, Buffer.from(text));
      return [current.id, base64url(iv), base64url(new Uint8Array(ciphertext))].join('.');
    },
    async unseal(sealed, context) {
      const [id, iv, ciphertext] = sealed.split('.');
      const known = (await allKeys()).find((item) => item.id === id);
      if (!known || iv === undefined || ciphertext === undefined) return null;
      try {
        const bytes = Buffer.from(ciphertext, 'base64url');
        const text = await crypto.subtle.decrypt(algorithm(Buffer.from(iv, 'base64url'), context), known.key, bytes);
        return Buffer.from(text).toString();
      } catch {
        // WebCrypto says no more than that it does not fit.
        return null;
      }
    },
  };
}

function algorithm(iv: Uint8Array, context: string) {
  return { name: 'AES-GCM', iv, additionalData: Buffer.from(context) };
}

async function importKey(text: string): Promise<SealingKey> {
  const bytes = Buffer.from(text, 'base64');
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes));
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { id: hash.toString('hex', 0, 4), key };
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
