import type { UIMessageChunk } from 'ai';
import type { StoredMessage } from '../memory/stored-message.ts';
import { selectWindow } from '../memory/select-window.ts';
import { toModelMessages } from '../model/to-model-messages.ts';
import { archiveTurn } from './archive-turn.ts';
import { endTurn } from './end-turn.ts';
import { failureOf, pumpTurn, type Produced } from './pump-turn.ts';
import type { BegunTurn } from './start-turn.ts';
import type { TurnPolicy, TurnRequest } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';
import type { Viewer } from './viewer.ts';

export interface TurnResult {
  turnId: string;
  status: StoredMessage['status'];
  /** The assistant's message as stored; null when the turn produced nothing, or could not be saved. */
  message: StoredMessage | null;
  failure: Produced['failure'];
}

/**
 * One chat turn after its begin: prompt and tools, the model's stream, the end. Read this first.
 * It never rejects: whatever happens, the viewer is told and closed, and the journal is ended or left to its lease.
 */
export async function runTurn(
  services: TurnServices,
  policy: TurnPolicy,
  request: TurnRequest,
  begun: BegunTurn,
  viewer: Viewer,
): Promise<TurnResult> {
  const { session } = begun;
  const messageId = `msg_${begun.lease.turnId.slice('turn_'.length)}`;

  const produced = await pumpTurn(
    services,
    begun.lease,
    viewer,
    messageId,
    policy.totalTimeoutMs,
    async (emit, signal) => {
      const models = policy.chooseModels(request.model ?? session.model ?? undefined);
      const { tools, unavailable, close } = await services.tools.prepare({
        caller: { kind: 'anonymous', owner: session.owner },
        sessionId: session.id,
        serverNames: request.serverNames ?? session.mcpServers ?? undefined,
        cached: begun.alongside,
        signal,
        waitUntil: services.waitUntil,
      });
      try {
        const window = selectWindow(begun.history, request.memoryLimit ?? session.memoryLimit);
        const messages = [...window, begun.userMessage].map(({ message }) => message);
        const notice = unavailable.length > 0 ? [unavailableNotice(unavailable)] : [];
        return await services.runner.run({
          models,
          instructions: instructions(policy, request, session.systemPrompt, notice),
          messages: await toModelMessages(messages, tools),
          tools,
          toolChoice: Object.keys(tools).length > 0 ? request.toolChoice : undefined,
          maxSteps: policy.maxSteps,
          settings: request.settings,
          messageId,
          signal,
          emit: (chunk) => {
            if (chunk.type === 'start' && unavailable.length > 0) return emitAll(emit, chunk, statusChunk(unavailable));
            return emit(chunk);
          },
        });
      } finally {
        await close();
      }
    },
  );

  const ended = await endTurn(services, begun.lease, produced, messageId, viewer);
  if (ended) services.waitUntil(archiveTurn(services, begun, ended));
  return {
    turnId: begun.lease.turnId,
    status: produced.status,
    message: ended?.message ?? null,
    failure: ended ? produced.failure : (produced.failure ?? failureOf('memory_unavailable')),
  };
}

type Unavailable = { server: string; reason: string }[];

function instructions(
  policy: TurnPolicy,
  request: TurnRequest,
  own: string | null,
  notice: string[],
): string | undefined {
  const prompt = request.instruction ?? own ?? policy.systemPrompt;
  const lines = [...(prompt ? [prompt] : []), ...notice];
  return lines.length > 0 ? lines.join('\n\n') : undefined;
}

function unavailableNotice(unavailable: Unavailable): string {
  return `These tool servers cannot be reached right now: ${unavailable.map(({ server }) => server).join(', ')}.`;
}

function statusChunk(unavailable: Unavailable): UIMessageChunk {
  return { type: 'data-mcp-status', transient: true, data: { unavailable } };
}

function emitAll(emit: (chunk: UIMessageChunk) => void, ...chunks: UIMessageChunk[]): void {
  for (const chunk of chunks) emit(chunk);
}
