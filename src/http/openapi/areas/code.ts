import { z } from 'zod';
import { executeCodeSchema, type runBody } from '../../code.ts';
import type { Area } from '../area.ts';

const runSchema = z
  .object({
    stdout: z.string(),
    stderr: z.string(),
    value: z.string().nullable(),
    error: z.object({ name: z.string(), message: z.string(), stack: z.string(), cut_off: z.boolean() }).nullable(),
    pictures: z.array(z.object({ media_type: z.string(), base64: z.string() })),
    session: z.string().nullable(),
    runs: z.int().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'CodeRun' }) satisfies z.ZodType<ReturnType<typeof runBody>>;

export const code: Area = {
  name: 'Code',
  description: 'JavaScript and TypeScript in a sandbox: no network, no modules, the files of the caller.',
  operations: {
    'POST /code/execute': {
      id: 'executeCode',
      summary: 'Run code',
      description:
        'What the code did wrong is in `error`; `cut_off` says that a limit ended it, and its session is as it was. A run has a few seconds of computing, 15 seconds with its waits for files and timers, and 16 MB. Callers take turns.',
      body: { schema: executeCodeSchema, example: { code: 'const a: number = 41; a + 1', session: 'sums' } },
      answers: { 200: { description: 'What the code showed.', schema: runSchema } },
      errors: ['archive_unavailable', 'code_busy'],
    },
  },
};
