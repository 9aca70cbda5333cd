import { z } from 'zod';
import { COMMON_SCOPES } from './auth/scope.ts';
import { modelPrices } from './budgets/model-prices.ts';
import { AppError } from './errors.ts';
import { Secret } from './secret.ts';

const seconds = z.coerce.number().positive();
const optionalText = z.string().min(1).optional();
/** Whatever opens a door is hidden from here on. */
const hidden = (text: string) => new Secret(text);
const secret = z.string().min(1).transform(hidden);
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);
/** `image`, or `application/pdf`. */
const mediaKinds = list
  .pipe(z.array(z.string().regex(/^[a-z]+(\/[a-z0-9.+-]+)?$/, 'must be like image or application/pdf')))
  .default([]);
const tokens = z.coerce.number().int().min(0).optional();
const dollars = z.coerce.number().min(0).optional();
/** An empty value in `.dev.vars` or the dashboard means "not set". */
const emptyIsAbsent = (input: unknown): unknown =>
  typeof input === 'object' && input !== null
    ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== ''))
    : input;

const sealingKey = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]{43}=?$/, 'each key must be 32 bytes in base64, as `openssl rand -base64 32` makes them')
  .transform(hidden);

const fields = z.object({
  ENVIRONMENT: z.enum(['development', 'production']).default('production'),

  UPSTASH_REDIS_REST_URL: z.url(),
  UPSTASH_REDIS_REST_TOKEN: secret,
  DATABASE_URL: secret.optional(),
  NEON_FETCH_ENDPOINT: z.url().optional(),
  HISTORY_STORAGE_BACKEND: z.enum(['none', 'postgres', 'redis']).default('postgres'),
  HISTORY_RETENTION_DAYS: z.coerce.number().positive().optional(),
  TOPIC_MODEL: optionalText,
  HISTORY_ON_DELETE: z.enum(['keep', 'anonymise', 'erase']).default('erase'),
  HISTORY_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .default('edgewise'),

  DEFAULT_PROVIDER: z.enum(['openai', 'google', 'anthropic', 'openrouter', 'compatible']).optional(),
  MODEL_FALLBACKS: list.default([]),
  OPENAI_API_KEY: secret.optional(),
  OPENAI_BASE_URL: z.url().optional(),
  OPENAI_MODEL: list.default(['gpt-5-mini']),
  GEMINI_API_KEY: secret.optional(),
  GEMINI_BASE_URL: z.url().optional(),
  GEMINI_MODEL: list.default(['gemini-2.5-flash']),
  ANTHROPIC_API_KEY: secret.optional(),
  ANTHROPIC_BASE_URL: z.url().optional(),
  ANTHROPIC_MODEL: list.default(['claude-haiku-4-5']),
  OPENROUTER_KEY: secret.optional(),
  OPENROUTER_BASE_URL: z.url().default('https://openrouter.ai/api/v1'),
  OPENROUTER_MODEL: list.default(['openrouter/auto']),
  OPENROUTER_MEDIA: mediaKinds,
  COMPATIBLE_BASE_URL: z.url().optional(),
  COMPATIBLE_API_KEY: secret.optional(),
  COMPATIBLE_MODEL: list.default([]),
  COMPATIBLE_MEDIA: mediaKinds,
  EMBEDDING_MODEL: z
    .string()
    .regex(
      /^(openai|google|openrouter|compatible)\/./,
      'must be provider/model, of openai, google, openrouter or compatible',
    )
    .optional(),
  EMBEDDING_DIMENSIONS: z.coerce.number().int().min(1).max(16_000).optional(),

  PROVIDER_TIMEOUT_SECONDS: seconds.default(30),
  PROVIDER_FIRST_TOKEN_TIMEOUT_SECONDS: seconds.default(30),
  PROVIDER_STALL_TIMEOUT_SECONDS: seconds.default(30),
  TURN_TIMEOUT_SECONDS: seconds.default(300),
  TURN_MAX_STEPS: z.coerce.number().int().min(1).max(50).default(10),

  INITIAL_SYSTEM_PROMPT: optionalText,
  PROMPT_SET: optionalText,
  MEMORY_DEFAULT: z.coerce.number().int().min(1).default(10),
  MEMORY_MAX: z.coerce.number().int().min(1).default(50),
  MEMORY_TOKENS_DEFAULT: z.coerce.number().int().min(100).default(32_000),
  MEMORY_TOKENS_MAX: z.coerce.number().int().min(100).default(128_000),
  MEMORY_SUMMARY: z.enum(['auto', 'off']).default('auto'),
  SUMMARY_MODEL: optionalText,
  SESSION_TIMEOUT_MINUTES: z.coerce.number().positive().default(30),

  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url).origin)
    .optional(),
  MCP_SERVERS: secret.optional(),
  TOOL_APPROVAL: z.enum(['auto', 'ask', 'deny']).default('auto'),
  TOOL_APPROVAL_SECRET: z.string().min(32, 'must have at least 32 characters').transform(hidden).optional(),
  TOOL_APPROVAL_TTL_HOURS: z.coerce.number().positive().max(720).default(72),
  MCP_ON_TOOL_CHANGE: z.enum(['allow', 'report', 'block']).default('report'),
  TOOL_TIMEOUT_SECONDS: seconds.default(30),

  SEALING_KEYS: list.pipe(z.array(sealingKey)).default([]),

  ALLOW_ANONYMOUS: z.stringbool().optional(),
  COOKIE_SECRET: z.string().min(16, 'must have at least 16 characters').transform(hidden).optional(),
  DEFAULT_SCOPES: list.pipe(z.array(z.enum(COMMON_SCOPES))).default([...COMMON_SCOPES]),
  JWT_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  JWT_AUDIENCE: list.default([]),
  JWT_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  INTROSPECTION_URL: z.url({ protocol: /^https?$/ }).optional(),
  INTROSPECTION_HOSTS: list.default([]),
  /** Long enough that nobody guesses it. */
  ADMIN_TOKEN: z.string().min(16, 'must have at least 16 characters').transform(hidden).optional(),
  RATE_RPS: z.coerce.number().positive().default(1),
  RATE_BURST: z.coerce.number().int().min(1).default(5),
  MAX_CONCURRENT_TURNS: z.coerce.number().int().min(1).max(10_000).default(20),
  RATE_LIMIT_ON_FAILURE: z.enum(['open', 'closed']).default('open'),
  BUDGET_OWNER_TOKENS_PER_DAY: tokens,
  BUDGET_OWNER_TOKENS_PER_MONTH: tokens,
  BUDGET_OWNER_USD_PER_DAY: dollars,
  BUDGET_OWNER_USD_PER_MONTH: dollars,
  BUDGET_SESSION_TOKENS_PER_DAY: tokens,
  BUDGET_SESSION_TOKENS_PER_MONTH: tokens,
  BUDGET_SESSION_USD_PER_DAY: dollars,
  BUDGET_SESSION_USD_PER_MONTH: dollars,
  BUDGET_OUTPUT_TOKENS: z.coerce.number().int().min(1).default(8192),
  MODEL_PRICES: modelPrices,
  CORS_ORIGINS: list.default(['http://localhost:3000', 'http://localhost:5173']),
  METRICS_ENABLED: z.stringbool().default(true),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: secret.optional(),
  OTEL_CAPTURE_CONTENT: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export const envSchema = z.preprocess(
  emptyIsAbsent,
  fields
    .refine((env) => env.MEMORY_DEFAULT <= env.MEMORY_MAX, {
      path: ['MEMORY_DEFAULT'],
      message: 'must not be larger than MEMORY_MAX',
    })
    .refine((env) => env.MEMORY_TOKENS_DEFAULT <= env.MEMORY_TOKENS_MAX, {
      path: ['MEMORY_TOKENS_DEFAULT'],
      message: 'must not be larger than MEMORY_TOKENS_MAX',
    })
    .refine((env) => env.HISTORY_STORAGE_BACKEND !== 'postgres' || env.DATABASE_URL !== undefined, {
      path: ['DATABASE_URL'],
      message: 'is needed when HISTORY_STORAGE_BACKEND is postgres, as it is by default',
    }),
);

export type Env = z.infer<typeof fields>;
export const ENV_NAMES = Object.keys(fields.shape);

/** Throws AppError `configuration_error` with one sentence that names every wrong variable, never its value. */
export function parseEnv(bindings: unknown): Env {
  const result = envSchema.safeParse(bindings);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new AppError('configuration_error', `The deployment is not configured correctly. ${problems}`);
}
