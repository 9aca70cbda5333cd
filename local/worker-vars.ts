import type { OpenServices } from './open-services.ts';

/** The Worker's variables (src/env.ts) that lead it to the local services. */
export function workerVars({
  redis,
  postgres,
  model,
  sealingKey,
}: Omit<OpenServices, 'close'>): Record<string, string> {
  return {
    ENVIRONMENT: 'development',
    SEALING_KEYS: sealingKey,
    ...(redis && { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token }),
    ...(postgres && { DATABASE_URL: postgres.url, NEON_FETCH_ENDPOINT: postgres.endpoint }),
    ...(model && {
      COMPATIBLE_BASE_URL: model.url,
      COMPATIBLE_API_KEY: 'local',
      COMPATIBLE_MODEL: 'demo',
      COMPATIBLE_MEDIA: 'image',
      TOPIC_MODEL: 'none',
      EMBEDDING_MODEL: 'compatible/demo',
    }),
  };
}
