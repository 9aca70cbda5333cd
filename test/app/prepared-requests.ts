import type { client } from './client.ts';
import { approve } from './log-in.ts';

export interface PreparedRequest {
  /** What stands for `{name}` in the path. */
  path?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
  /** In place of the example, where that names what only exists in the document. */
  body?: unknown;
}

type Prepare = (api: ReturnType<typeof client>) => Promise<PreparedRequest>;

const session: Prepare = async (api) => ({ path: { id: await api.newSession() } });
const answeredSession: Prepare = async (api) => {
  const id = await api.newSession();
  await api.say(id, 'hello');
  return { path: { id } };
};
const chat: Prepare = async (api) => {
  const id = `chat-${crypto.randomUUID()}`;
  const messages = [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'hello' }] }];
  await (await api.send('POST', '/api/chat', { id, messages })).text();
  return { path: { id } };
};
const approval: Prepare = async (api) => {
  const id = await api.newSession();
  await (await api.say(id, 'use the tool far__count with {"text":"a"}')).json();
  const { awaiting } = await (await api.get(`/sessions/${id}/status`)).json();
  return { path: { id }, body: { approval_id: awaiting.questions[0].id, approved: true } };
};
const elicitation: Prepare = async (api) => {
  const id = await api.newSession();
  await (await api.say(id, 'use the tool far__register with {"text":"a"}')).json();
  const { awaiting } = await (await api.get(`/sessions/${id}/status`)).json();
  return { path: { id }, body: { elicitation_id: awaiting.questions[0].id, action: 'decline' } };
};
const task: Prepare = async (api) => {
  const made = await api.send('POST', '/tasks', { title: 'One' });
  const id = String((await made.json()).id);
  return { path: { id, task_id: id } };
};
const document: Prepare = async (api) => {
  const made = await api.send('POST', '/knowledge/documents', { source: 'tea.md', text: '# Tea' });
  return { path: { id: (await made.json()).documents[0].id } };
};
const file =
  (path: string): Prepare =>
  async (api) => {
    await api.send('PUT', `/files/${path}`, 'text', { 'content-type': 'text/plain' });
    return { path: { path } };
  };
const person: Prepare = async () => ({ path: { name: 'person' } });
const secret: Prepare = async () => ({ path: { name: 'secret' } });
const rpc: Prepare = async () => ({ headers: { accept: 'application/json, text/event-stream' } });

const named: Prepare = async (api) => ({ headers: { 'x-session-id': await api.newSession() } });
const namedWithFile: Prepare = async (api) => {
  await file('notes/read.txt')(api);
  return named(api);
};

const thread: Prepare = async (api) => {
  const id = await api.newSession();
  return { query: `thread_id=${id}`, body: { thread_id: id } };
};

/** What has to be there before an operation's example works. Every operation with a part in its path needs an entry. */
export const PREPARED: Record<string, Prepare> = {
  'GET /sessions/{id}': answeredSession,
  'PATCH /sessions/{id}': session,
  'GET /sessions/search': async () => ({ query: 'q=hello' }),
  'GET /sessions/{id}/export': answeredSession,
  'POST /sessions/import': async () => ({ headers: { 'content-type': 'application/x-ndjson' } }),
  'DELETE /sessions/{id}': session,
  'GET /sessions/{id}/status': answeredSession,
  'GET /sessions/{id}/tools': session,
  'POST /sessions/{id}/messages': session,
  'POST /sessions/{id}/message': session,
  'GET /sessions/{id}/stream': answeredSession,
  'POST /sessions/{id}/stop': session,
  'POST /sessions/{id}/approvals': approval,
  'POST /sessions/{id}/elicitations': elicitation,
  'GET /api/chat/{id}/stream': chat,
  'POST /api/chat/{id}/stop': chat,
  'GET /tasks/{id}': task,
  'PATCH /tasks/{id}': task,
  'DELETE /tasks/{id}': task,
  'GET /api/tasks/{task_id}': task,
  'PUT /api/tasks/{task_id}': task,
  'DELETE /api/tasks/{task_id}': task,
  'PATCH /api/tasks/{task_id}/complete': task,
  'GET /files/{path}': file('notes/read.txt'),
  'PUT /files/{path}': async () => ({ path: { path: 'notes/new-file.txt' } }),
  'DELETE /files/{path}': file('notes/removed.txt'),
  'POST /files/move': file('notes/old.txt'),
  async 'POST /files/restore'(api) {
    await file('notes/lost.txt')(api);
    await api.send('DELETE', '/files/notes/lost.txt');
    return {};
  },
  async 'DELETE /catalogue/products/{id}'(api) {
    await api.send('POST', '/catalogue/products', 'id,name\ntea-3,White tea\n', { 'content-type': 'text/csv' });
    return { path: { id: 'tea-3' } };
  },
  async 'GET /catalogue/products/{id}'(api) {
    await api.send('POST', '/catalogue/products', 'id,name\ntea-2,Black tea\n', { 'content-type': 'text/csv' });
    return { path: { id: 'tea-2' } };
  },
  'GET /knowledge/documents/{id}': document,
  'DELETE /knowledge/documents/{id}': document,
  'GET /resources/read': async () => ({ query: `uri=${encodeURIComponent('note://one')}` }),
  'GET /tools/servers/{name}/login': person,
  'POST /tools/servers/{name}/login': person,
  'DELETE /tools/servers/{name}/login': person,
  'GET /tools/servers/{name}/secret': secret,
  'PUT /tools/servers/{name}/secret': secret,
  'DELETE /tools/servers/{name}/secret': secret,
  'GET /oauth/login/{name}': person,
  'GET /oauth/callback': async (api) => ({ query: (await approve(api, 'person')).split('?')[1] ?? '' }),
  'GET /api/v1/sessions/{id}': answeredSession,
  'PUT /api/v1/sessions/{id}': session,
  'DELETE /api/v1/sessions/{id}': session,
  'POST /api/v1/sessions/{id}/stop': session,
  'POST /api/v1/chat/sse': named,
  'POST /api/v1/chat/{id}/message': session,
  'POST /api/v1/files/read': namedWithFile,
  'POST /api/v1/files/write': named,
  'POST /api/v1/files/search': namedWithFile,
  'POST /api/v1/files/upload': async () => ({ headers: { 'content-type': 'multipart/form-data; boundary=b' } }),
  'POST /api/v1/tools/execute': named,
  'GET /api/v1/tools/resources/{uri}': async () => ({ path: { uri: encodeURIComponent('note://one') } }),
  'GET /api/chatbot/streamresponse': async () => ({ query: 'input=hello' }),
  'GET /api/chatbot/stop': async (api) => ({ query: (await thread(api)).query ?? '' }),
  'POST /api/chatbot/stop': async (api) => ({ body: (await thread(api)).body }),
  async 'GET /api/chatbot/getthread'(api) {
    const { path } = await answeredSession(api);
    return { query: `thread_id=${path?.['id']}` };
  },
  'GET /api/chatbot/setthreadtopic': async (api) => ({ query: `${(await thread(api)).query}&topic=Tea` }),
  'GET /api/chatbot/deletethread': async (api) => ({ query: (await thread(api)).query ?? '' }),
  'GET /v1/models/{id}': async () => ({ path: { id: 'compatible/demo' } }),
  'POST /mcp': rpc,
  'POST /mcp/{name}': async () => ({
    path: { name: 'tasks' },
    headers: { accept: 'application/json, text/event-stream' },
  }),
  async 'DELETE /admin/keys/{id}'(api) {
    const made = await api.send('POST', '/admin/keys', { name: 'One' });
    return { path: { id: (await made.json()).id } };
  },
  async 'DELETE /admin/bypass/{ip}'(api) {
    await api.send('POST', '/admin/bypass', { ip: '203.0.113.8' });
    return { path: { ip: '203.0.113.8' } };
  },
};
