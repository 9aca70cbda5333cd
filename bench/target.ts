import { z } from 'zod';
import type { WorkerProcess } from './start-workerd.ts';

export type TargetName = 'bare proxy' | 'plain streamText' | 'Edgewise' | 'Edgewise, switch off';

/** A Worker whose streams are measured. */
export interface Target {
  name: TargetName;
  worker: WorkerProcess;
  /** Where to talk; each stream that runs at the same time as others needs one of its own. */
  newSession(): Promise<string>;
  ask(session: string, model: string, question: string): Promise<Response>;
  /** The text that one event brings; empty when it brings none. Throws at an event that reports a failure. */
  textOf(data: string): string;
}

const session = z.object({ id: z.string() });
const uiChunk = z.object({ type: z.string(), delta: z.unknown().optional() });
const completion = z.object({ choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }) })) });

export function edgewise(worker: WorkerProcess, name: TargetName = 'Edgewise'): Target {
  return {
    name,
    worker,
    async newSession() {
      const response = await post(`${worker.url}/sessions`, {});
      if (!response.ok) throw new Error(`${name} made no session: ${await response.text()}`);
      return session.parse(await response.json()).id;
    },
    ask(session, model, question) {
      const body = { content: question, options: { model: `compatible/${model}` } };
      return post(`${worker.url}/sessions/${session}/messages`, body);
    },
    textOf: textOfUiChunk,
  };
}

export function plainStreamText(worker: WorkerProcess): Target {
  return {
    name: 'plain streamText',
    worker,
    newSession: () => Promise.resolve(''),
    ask(_session, model, question) {
      const message = { id: 'question', role: 'user', parts: [{ type: 'text', text: question }] };
      return post(worker.url, { model, messages: [message] });
    },
    textOf: textOfUiChunk,
  };
}

export function bareProxy(worker: WorkerProcess): Target {
  return {
    name: 'bare proxy',
    worker,
    newSession: () => Promise.resolve(''),
    ask: (_session, model, question) =>
      post(worker.url, { model, stream: true, messages: [{ role: 'user', content: question }] }),
    textOf: (data) => completion.parse(JSON.parse(data)).choices[0]?.delta.content ?? '',
  };
}

function textOfUiChunk(data: string): string {
  const { type, delta } = uiChunk.parse(JSON.parse(data));
  if (type === 'error' || type === 'abort') throw new Error(data);
  return type === 'text-delta' ? z.string().parse(delta) : '';
}

function post(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}
