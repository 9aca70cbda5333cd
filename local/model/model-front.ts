import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody } from '../read-body.ts';
import { argumentPieces, tokensOf, type Answer, type Usage } from './answer.ts';
import { chatProtocol } from './chat-protocol.ts';
import { answerEmbeddings } from './embeddings.ts';
import { composeAnswer, requestId } from './compose-answer.ts';
import { parseDirectives, withoutFaults, type Directives } from './directives.ts';
import type { ModelRequest } from './model-request.ts';
import { parseChatRequest } from './parse-chat-request.ts';
import { parseResponsesRequest } from './parse-responses-request.ts';
import { endRecord, newRecord, type RequestRecord } from './request-log.ts';
import { responsesProtocol } from './responses-protocol.ts';
import { streamAnswer } from './stream-answer.ts';

const ENDPOINTS = {
  '/v1/chat/completions': { parse: parseChatRequest, protocolFor: chatProtocol },
  '/v1/responses': { parse: parseResponsesRequest, protocolFor: responsesProtocol },
} as const;

/** Serves the protocols, `GET /v1/models`, and what it was asked: `GET /requests` lists it, `DELETE /requests` forgets it. */
export function createModelFront(requests: RequestRecord[], tokensPerSecond: number): RequestListener {
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      if (response.destroyed) return;
      const wrong = error instanceof z.ZodError || error instanceof SyntaxError;
      if (!wrong) console.error(error);
      sendError(response, wrong ? 400 : 500, wrong ? error.message : 'The demonstration model failed.');
    });
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const route = `${request.method} ${pathname}`;
    if (route === 'GET /requests') return sendJson(response, 200, requests);
    if (route === 'DELETE /requests') return sendJson(response, 200, requests.splice(0).length);
    if (route === 'GET /v1/models') return sendJson(response, 200, MODELS);
    if (route === 'POST /v1/embeddings') {
      return sendJson(response, 200, answerEmbeddings(JSON.parse((await readBody(request)).toString())));
    }
    if (request.method !== 'POST' || !isEndpoint(pathname))
      return sendError(response, 404, `There is no ${route} here.`);
    await complete(pathname, JSON.parse((await readBody(request)).toString()), response);
  }

  async function complete(path: keyof typeof ENDPOINTS, body: unknown, response: ServerResponse): Promise<void> {
    const { parse, protocolFor } = ENDPOINTS[path];
    const request = parse(body);
    const directives = directivesFor(request.model);
    const record = newRecord(path, request.model, body);
    requests.push(record);
    const gone = new AbortController();
    response.on('close', () => {
      endRecord(record, 'client-closed');
      gone.abort();
    });

    if (directives.hang === 'headers') return;
    if (directives.status !== null) {
      endRecord(record, 'faulted');
      if (directives.retryAfter !== null) response.setHeader('retry-after', directives.retryAfter);
      return sendError(response, directives.status, `The demonstration model was told to answer ${directives.status}.`);
    }
    const said = composeAnswer(request, directives);
    const protocol = protocolFor({ ...request, id: requestId(request) });
    const complete = { answer: said, usage: usageOf(request, said) };
    if (request.streamed) {
      const pace = { tokensPerSecond: directives.tokensPerSecond ?? tokensPerSecond, gone: gone.signal };
      return streamAnswer(response, protocol, complete, directives, record, pace);
    }
    record.tokensSent = complete.usage.completionTokens;
    endRecord(record, 'done');
    sendJson(response, 200, protocol.whole(said, complete.usage));
  }

  /** `times` and `after` count the requests with the same model name. */
  function directivesFor(model: string): Directives {
    const directives = parseDirectives(model);
    const earlier = requests.filter((record) => record.model === model).length;
    const faulty = earlier >= directives.after && earlier < directives.after + directives.times;
    return faulty ? directives : withoutFaults(directives);
  }
}

const MODELS = { object: 'list', data: [{ id: 'demo', object: 'model', created: 0, owned_by: 'edgewise' }] };

function isEndpoint(path: string): path is keyof typeof ENDPOINTS {
  return path in ENDPOINTS;
}

/** Four characters a token for what was read, and the streamed pieces for what was said. */
function usageOf({ messages, tools }: ModelRequest, { reasoning, text, calls }: Answer): Usage {
  const said = [...tokensOf(reasoning), ...tokensOf(text), ...calls.flatMap((call) => argumentPieces(call.arguments))];
  return { promptTokens: Math.ceil(JSON.stringify([messages, tools]).length / 4), completionTokens: said.length };
}

function sendError(response: ServerResponse, status: number, message: string): void {
  const type = status < 500 ? 'invalid_request_error' : 'server_error';
  sendJson(response, status, { error: { message, type, param: null, code: null } });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
