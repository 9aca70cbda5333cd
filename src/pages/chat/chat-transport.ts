import { DefaultChatTransport, type UIMessage } from 'ai';
import type { ChatRequest } from './describe-failure.ts';
import { readRefusal } from './refusal.ts';

export interface ObservedChatTransport {
  transport: DefaultChatTransport<UIMessage>;
  /** The request that is under way, or the last one: what a failure is described with. */
  lastRequest(): ChatRequest;
}

/**
 * The AI SDK's transport, sending the newest message only (the history is the server's), with every request observed.
 * A refusal is thrown as `Refusal`; a lost connection stays fetch's TypeError, by which `useChat` knows that it may resume.
 */
export function createChatTransport(onAccepted: () => void): ObservedChatTransport {
  let request: ChatRequest = { purpose: 'resume', accepted: false, requestId: null };

  const transport = new DefaultChatTransport<UIMessage>({
    api: '/api/chat',
    prepareSendMessagesRequest: ({ id, messages, trigger, messageId, body }) => {
      request = { purpose: 'send', accepted: false, requestId: null };
      return { body: { ...body, id, messages: messages.slice(-1), trigger, messageId } };
    },
    prepareReconnectToStreamRequest: ({ id, api }) => {
      request = { purpose: 'resume', accepted: false, requestId: null };
      return { api: `${api}/${encodeURIComponent(id)}/stream` };
    },
    fetch: async (input, init) => {
      const current = request;
      const response = await fetch(input, init);
      current.requestId = response.headers.get('x-request-id');
      if (!response.ok) throw await readRefusal(response);
      current.accepted = true;
      if (current.purpose === 'send') onAccepted();
      return response;
    },
  });
  return { transport, lastRequest: () => request };
}
