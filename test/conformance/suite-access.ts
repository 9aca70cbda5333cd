import { z } from 'zod';

const clientSchema = z.object({ client_id: z.string(), client_secret: z.string() });
const keyedSchema = z.object({
  client_id: z.string(),
  private_key_pem: z.string(),
  signing_algorithm: z.string().optional(),
});

/** The `auth` of a scenario's server in the configuration, as its operator would write it; null where none is written. */
export function suiteAccess(scenario: string, context: unknown): Record<string, unknown> | null {
  if (!scenario.startsWith('auth/')) return null;
  const client = clientSchema.safeParse(context);
  const known = client.success && { clientId: client.data.client_id, clientSecret: client.data.client_secret };
  if (!scenario.startsWith('auth/client-credentials')) return { type: 'oauth', ...known };
  const keyed = keyedSchema.safeParse(context);
  return {
    type: 'clientCredentials',
    ...known,
    ...(keyed.success && { clientId: keyed.data.client_id, privateKey: keyed.data.private_key_pem }),
  };
}
