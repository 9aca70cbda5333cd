import { z } from 'zod';
import { codeSchema, namedSession, sessionNameSchema } from '../code/code-fields.ts';
import type { InterpretedCode } from '../code/code-interpreter.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { parseBody } from './parse-body.ts';

export const executeCodeSchema = z.object({ code: codeSchema, session: sessionNameSchema.nullish() });

/** Runs code as the caller. What the code did wrong is an answer, with its error; a refusal is about the request. */
export async function executeCode(c: AppContext): Promise<Response> {
  const { code: interpreterOf } = c.get('services');
  const { code, session } = await parseBody(c, executeCodeSchema);
  if (!interpreterOf) throw new AppError('archive_unavailable', 'Code needs a database, and this deployment has none.');
  const run = await interpreterOf(c.get('caller')).interpret(code, session ? namedSession(session) : null);
  return c.json(runBody(run, session ?? null));
}

export function runBody(run: InterpretedCode, session: string | null) {
  const { stdout, stderr, value, error, pictures, runs, note } = run;
  return {
    stdout,
    stderr,
    value,
    error: error && { name: error.name, message: error.message, stack: error.stack, cut_off: error.isCutOff },
    pictures: pictures.map(({ mediaType, base64 }) => ({ media_type: mediaType, base64 })),
    session,
    runs,
    note: note || null,
  };
}
