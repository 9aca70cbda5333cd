import type { ServiceName } from '../open-services.ts';

const OWN_SERVICES: Record<ServiceName, string[]> = {
  redis: ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  postgres: ['DATABASE_URL', 'NEON_FETCH_ENDPOINT'],
  model: ['OPENAI_API_KEY', 'GEMINI_API_KEY', 'ANTHROPIC_API_KEY', 'OPENROUTER_KEY', 'COMPATIBLE_BASE_URL'],
};
const NAMES = ['redis', 'postgres', 'model'] as const;

export type ServicePlan = {
  needed: Set<ServiceName>;
  /** For a service that is not needed: the variables in `.dev.vars` that name the person's own one. */
  own: Record<ServiceName, string[]>;
};

/** A service is needed unless `.dev.vars` names another: its variables go together, so one is enough. */
export function planServices(devVars: Record<string, string>): ServicePlan {
  const found = (name: ServiceName): string[] => OWN_SERVICES[name].filter((variable) => variable in devVars);
  const own = { redis: found('redis'), postgres: found('postgres'), model: found('model') };
  return { needed: new Set(NAMES.filter((name) => own[name].length === 0)), own };
}
