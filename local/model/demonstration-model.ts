import { createServer } from 'node:http';
import { closeServer } from '../close-server.ts';
import { listen } from '../listen.ts';
import { createModelFront } from './model-front.ts';
import type { RequestRecord } from './request-log.ts';

export interface DemonstrationModel {
  /** The base URL for an OpenAI client; it ends in `/v1`. */
  url: string;
  /** Every request since the start, or since `DELETE /requests`, oldest first; the records change while a request runs. */
  requests: RequestRecord[];
  close(): Promise<void>;
}

export interface DemonstrationModelOptions {
  port: number;
  host: string;
  /** Infinity is as fast as the connection takes it. Default: LOCAL_MODEL_TOKENS_PER_SECOND (0 is Infinity), else 40. */
  tokensPerSecond?: number;
}

/**
 * Starts a model that needs no account: OpenAI chat completions, OpenAI responses and the list of models, over HTTP.
 * It follows rules (compose-answer.ts), calls the tools it is offered, and fails on request (directives.ts).
 */
export async function startDemonstrationModel(options: DemonstrationModelOptions): Promise<DemonstrationModel> {
  const { host, port, tokensPerSecond = defaultPace() } = options;
  const requests: RequestRecord[] = [];
  const server = createServer(createModelFront(requests, tokensPerSecond));
  const bound = await listen(server, { host, port }, 'the demonstration model (LOCAL_MODEL_PORT)');
  return { url: `http://${host}:${bound}/v1`, requests, close: () => closeServer(server) };
}

function defaultPace(): number {
  const given = Number(process.env['LOCAL_MODEL_TOKENS_PER_SECOND'] || 40);
  if (Number.isNaN(given)) return 40;
  return given <= 0 ? Infinity : given;
}
