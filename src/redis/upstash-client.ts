import { Redis } from '@upstash/redis/cloudflare';
import { AppError, memoryUnavailable } from '../errors.ts';
import type { Secret } from '../secret.ts';
import { patientTimeout } from './patient-timeout.ts';

/** With one retry inside it, a turn that cannot reach its memory is refused within two seconds. */
const REQUEST_TIMEOUT_MS = 1500;

/**
 * A client for one request. Values are left as the strings they are: stored JSON is parsed by the schema that owns it, and an id
 * that looks like a number stays an id.
 */
export function upstashClient(env: { UPSTASH_REDIS_REST_URL: string; UPSTASH_REDIS_REST_TOKEN: Secret }): Redis {
  return new Redis({
    url: env.UPSTASH_REDIS_REST_URL,
    token: env.UPSTASH_REDIS_REST_TOKEN.reveal(),
    automaticDeserialization: false,
    responseEncoding: false,
    enableTelemetry: false,
    readYourWrites: false,
    retry: { retries: 1, backoff: () => 50 },
    signal: () => patientTimeout(REQUEST_TIMEOUT_MS),
  });
}

/** Turns any failure to reach or use Redis into the one refusal that clients are told. */
export async function orMemoryUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw memoryUnavailable(cause);
  }
}
