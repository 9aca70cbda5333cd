import { createHash } from 'node:crypto';
import type { Redis } from '@upstash/redis';

export interface Script {
  text: string;
  sha: string;
}

/**
 * The flag promises that a script touches no key outside KEYS; Upstash then locks only these and runs scripts of different sessions side by side.
 */
export function defineScript(body: string): Script {
  const text = `#!lua flags=allow-key-locking\n${body}`;
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** Runs the script by its hash, and sends its text once to a server that has not seen it. Calls made in one tick share one request. */
export async function runScript(
  redis: Redis,
  script: Script,
  keys: string[],
  args: (string | number)[],
): Promise<unknown> {
  const texts = args.map(String);
  try {
    return await redis.evalsha(script.sha, keys, texts);
  } catch (error) {
    if (!isScriptMissing(error)) throw error;
    return redis.eval(script.text, keys, texts);
  }
}

/** Redis has no status for this: the error code is the reply's first word, which the client wraps in a sentence. */
function isScriptMissing(error: unknown): boolean {
  return error instanceof Error && /\bNOSCRIPT\b/.test(error.message);
}
