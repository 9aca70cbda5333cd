import { z } from 'zod';
import { ERROR_STATUS } from '../../errors.ts';

const codes = Object.keys(ERROR_STATUS);

export const errorSchema = z
  .object({
    error: z.object({
      code: z.enum(codes),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
    request_id: z.string(),
  })
  .meta({
    id: 'Error',
    description: 'A refusal. The request id is also in the `X-Request-ID` header, and in the log.',
  });

export const rateLimitedSchema = z
  .object({ error: z.literal('rate_limited'), retry_after: z.number().describe('Seconds.') })
  .meta({ id: 'RateLimited', description: 'Too many requests; `Retry-After` has the wait in whole seconds.' });
