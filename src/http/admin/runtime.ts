import { version } from '../../../package.json';
import type { AppContext } from '../context.ts';

/** `GET /admin/runtime`: what the deployment has resolved its settings to (seed 001's fields, and more). No secrets, no addresses but public ones. */
export function runtime(c: AppContext): Response {
  const { env, models, tools, startedAt, clock, archive, access, identitySources } = c.get('services');
  const known = models.list();
  const providers = [...new Set(known.map(({ provider }) => provider))];
  const servers = tools.serverNames();
  return c.json({
    version,
    environment: env.ENVIRONMENT,
    isolate_uptime_seconds: (clock.now() - startedAt) / 1000,
    provider: {
      default: known[0]?.provider ?? null,
      available: providers,
      llm_provider: known[0]?.provider ?? null,
      uses_openrouter: providers.includes('openrouter'),
      default_model: known[0]?.id ?? null,
      openrouter_base_url: originOf(env.OPENROUTER_BASE_URL),
      models: known.map(({ id }) => id),
      fallbacks: env.MODEL_FALLBACKS,
      mcp_servers_configured: servers.length > 0,
      mcp_servers_active: servers.length > 0,
      mcp_server_names: servers,
      mcp_servers_required_minimum: 0,
    },
    memory: {
      backend: 'RedisChatMemory',
      default_limit: env.MEMORY_DEFAULT,
      max_limit: env.MEMORY_MAX,
      session_timeout_minutes: env.SESSION_TIMEOUT_MINUTES,
      namespace: env.HISTORY_NAMESPACE,
    },
    history: { backend: archive ? env.HISTORY_STORAGE_BACKEND : 'none' },
    limits: {
      rate_rps: env.RATE_RPS,
      rate_burst: env.RATE_BURST,
      rate_limit_on_failure: env.RATE_LIMIT_ON_FAILURE,
      max_concurrent_turns: env.MAX_CONCURRENT_TURNS,
      turn_timeout_seconds: env.TURN_TIMEOUT_SECONDS,
      turn_max_steps: env.TURN_MAX_STEPS,
      tool_timeout_seconds: env.TOOL_TIMEOUT_SECONDS,
    },
    callers: {
      anonymous: access.anonymous,
      api_keys: identitySources.keys !== null,
      jwt_issuer: env.JWT_ISSUER ?? null,
      introspection: identitySources.introspection !== null,
      default_scopes: access.defaultScopes,
    },
    cors_origins: env.CORS_ORIGINS,
    log_level: env.LOG_LEVEL,
  });
}

/** Without user name, password and query, where people put keys. */
function originOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
