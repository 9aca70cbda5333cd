import type { Area } from './area.ts';
import { admin } from './areas/admin.ts';
import { catalogue } from './areas/catalogue.ts';
import { chatbot, chatbotDoor } from './areas/chatbot.ts';
import { code } from './areas/code.ts';
import { files } from './areas/files.ts';
import { knowledge } from './areas/knowledge.ts';
import { logins, returning } from './areas/logins.ts';
import { mcp } from './areas/mcp.ts';
import { openai } from './areas/openai.ts';
import { phase3 } from './areas/phase3.ts';
import { questions } from './areas/questions.ts';
import { scorpio } from './areas/scorpio.ts';
import { service } from './areas/service.ts';
import { sessions } from './areas/sessions.ts';
import { tasks } from './areas/tasks.ts';
import { threads } from './areas/threads.ts';
import { tools } from './areas/tools.ts';
import { turns } from './areas/turns.ts';
import { allUsage, usage } from './areas/usage.ts';

/** Every route of the app, in the order of the document. A test compares them with the router. */
export const AREAS: readonly Area[] = [
  sessions,
  threads,
  turns,
  questions,
  openai,
  tools,
  logins,
  returning,
  tasks,
  phase3,
  scorpio,
  chatbot,
  chatbotDoor,
  files,
  catalogue,
  knowledge,
  code,
  mcp,
  usage,
  service,
  admin,
  allUsage,
];
