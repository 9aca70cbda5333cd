import { z } from 'zod';

const ownErrorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
  request_id: z.string().optional(),
});
const rateLimitSchema = z.object({ error: z.literal('rate_limited'), retry_after: z.number() });
const refusalBodySchema = z.union([ownErrorSchema, rateLimitSchema]);

/** An answer of the server that is not a success. `message` is the server's own public sentence, empty when it sent none. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(fields: {
    status: number;
    code?: string | null;
    message?: string;
    requestId?: string | null;
    retryAfterSeconds?: number | null;
  }) {
    super(fields.message ?? '');
    this.name = 'Refusal';
    this.status = fields.status;
    this.code = fields.code ?? null;
    this.requestId = fields.requestId ?? null;
    this.retryAfterSeconds = fields.retryAfterSeconds ?? null;
  }
}

/** The error a body states, in either of the two shapes that the API has; null for anything else. */
export function parseErrorBody(text: string): z.infer<typeof refusalBodySchema> | null {
  try {
    return refusalBodySchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // Not JSON: a proxy's error page, or no body at all.
  }
}

export async function readRefusal(response: Response): Promise<Refusal> {
  const { status, headers } = response;
  const body = parseErrorBody(await response.text());
  const requestId = headers.get('x-request-id');
  const header = Number(headers.get('retry-after') ?? Number.NaN);
  const retryAfterSeconds = Number.isFinite(header) ? header : null;

  if (!body) return new Refusal({ status, requestId, retryAfterSeconds });
  if (body.error === 'rate_limited') {
    return new Refusal({ status, code: 'rate_limited', requestId, retryAfterSeconds: body.retry_after });
  }
  const { code, message } = body.error;
  return new Refusal({ status, code, message, requestId: requestId ?? body.request_id ?? null, retryAfterSeconds });
}
