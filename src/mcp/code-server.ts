import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { chatSession, codeSchema, namedSession, sessionNameSchema } from '../code/code-fields.ts';
import type { CodeInterpreter } from '../code/code-interpreter.ts';
import { codeAnswer } from './code-answer.ts';
import { safeAnswer } from './tool-answer.ts';

/** The list is the same for every caller and changes only with a deployment. */
const LIST_CACHE = { ttlMs: 5 * 60_000, cacheScope: 'public' } as const;

const DESCRIPTION = `Runs JavaScript or TypeScript in a sandbox and answers with what it printed, the value of its last expression, and its pictures.
Top-level await works. There are no modules, no network, no DOM. Beside the language there are:
- console.log and the like; setTimeout.
- files of the chat, and below shared/ those of all chats: await files.read(path), files.bytes(path), files.write(path, textOrBytes), files.append(path, text), files.exists(path), files.list(prefix), files.remove(path).
- pictures: chart.line(data, {title}) and chart.bar(data, {title}) with numbers, [label, number] pairs, {label: number} or {series: [numbers]}; display.svg(source); display.image(base64, mediaType).
What a call declares at its top level (let, const, function, class) and everything it has made is there in the next call of the same session, and may be declared again. Timers and promises that still wait at the end are not settled later. A call that runs into a limit (a few seconds of computing, 16 MB) leaves the session as it was before.`;

const inputSchema = z.object({
  code: codeSchema.describe('The code. The value of its last expression is shown.'),
  session: sessionNameSchema
    .nullish()
    .describe(
      'Outside of a chat: a name of your choice for what is kept between calls; without one nothing is. In a chat it is the chat itself.',
    ),
});

/** The code tool of one caller; `chat` is the chat session whose turn calls it, null for a call from outside. */
export function codeServer(code: CodeInterpreter, chat: string | null, onError: (error: unknown) => void): McpServer {
  const info = { name: 'edgewise-code', title: 'Code', version: '1.0.0' };
  const server = new McpServer(info, { cacheHints: { 'tools/list': LIST_CACHE } });
  server.registerTool(
    'code_interpreter',
    {
      title: 'Run code',
      description: DESCRIPTION,
      inputSchema,
      annotations: { destructiveHint: true, idempotentHint: false, openWorldHint: false },
    },
    ({ code: source, session }) => {
      const named = session ? namedSession(session) : null;
      const run = code.interpret(source, chat === null ? named : chatSession(chat));
      return safeAnswer(run.then(codeAnswer), onError);
    },
  );
  return server;
}
