import { createHash } from 'node:crypto';

const UPSTASH_FLAG = 'allow-key-locking';

/**
 * Makes scripts written for Upstash run on plain Redis: takes out Upstash's own flag, which Redis refuses, and puts a
 * prelude in front. The client goes on calling by the SHA-1 of the text it knows, so both directions are kept here.
 */
export class ScriptRegistry {
  readonly #engineShas = new Map<string, string>();
  readonly #prelude: string;
  readonly #acceptsFlags: boolean;

  constructor(options: { prelude: string; acceptsFlags: boolean }) {
    this.#prelude = options.prelude;
    this.#acceptsFlags = options.acceptsFlags;
  }

  adapt(script: string): string {
    const shebang = /^#!lua[^\n]*/.exec(script)?.[0] ?? '';
    const body = script.slice(shebang.length);
    const adapted = shebang
      ? `${this.#flagLine(shebang)}\n${this.#prelude}${body.replace(/^\n/, '')}`
      : this.#prelude + body;
    this.#engineShas.set(sha1(script), sha1(adapted));
    return adapted;
  }

  engineSha(sha: string): string {
    return this.#engineShas.get(sha.toLowerCase()) ?? sha;
  }

  forgetAll(): void {
    this.#engineShas.clear();
  }

  #flagLine(shebang: string): string {
    if (!this.#acceptsFlags) return '';
    const flags = (/flags=(\S*)/.exec(shebang)?.[1] ?? '').split(',').filter((flag) => flag && flag !== UPSTASH_FLAG);
    return flags.length > 0 ? `#!lua flags=${flags.join(',')}` : '';
  }
}

export function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
