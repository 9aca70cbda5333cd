import type { Env } from '../env.ts';

/** How long a provider may be silent: before its headers, before its first words, and between two parts of an answer. */
export interface ProviderTimeouts {
  headersMs: number;
  firstTokenMs: number;
  stallMs: number;
}

export function providerTimeouts(env: Env): ProviderTimeouts {
  return {
    headersMs: env.PROVIDER_TIMEOUT_SECONDS * 1000,
    firstTokenMs: env.PROVIDER_FIRST_TOKEN_TIMEOUT_SECONDS * 1000,
    stallMs: env.PROVIDER_STALL_TIMEOUT_SECONDS * 1000,
  };
}
