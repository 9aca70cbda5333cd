import {
  CLIENT_CAPABILITIES_META_KEY,
  Client,
  isSpecType,
  type CallToolResult,
  type GetPromptResult,
  type InputRequiredResult,
  type PriorDiscovery,
  type Prompt,
  type ReadResourceResult,
  type Resource,
  type ResourceTemplateType,
  type StreamableHTTPClientTransport,
  type Tool,
} from '@modelcontextprotocol/client';
import type { CatalogueTool, Resume } from './catalogue.ts';
import { enteredFetch } from './entered-fetch.ts';
import { guardedFetch, type FetchLike } from './guarded-fetch.ts';
import { listedTools } from './listed-tools.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { mcpTransport } from './mcp-transport.ts';
import type { QuestionReply } from './tool-question.ts';
import type { ServerEntry } from './server-entry.ts';
import { limitedProgress, type ToolProgress } from './tool-progress.ts';
import type { PinnedSession } from './tool-sessions.ts';

const CLIENT = { name: 'edgewise', version: '1.0.0' };
/** A page of tools is usually all of them. */
const PAGES_MAX = 10;

export interface OpenOptions {
  server: McpServerConfig;
  fetch: FetchLike;
  /** How the caller gets in. */
  entry: Pick<ServerEntry, 'headers' | 'auth'>;
  /** From an earlier connection: saves the handshake. */
  resume: Resume | null;
  /** A session at the server that goes on; one of the 2025 protocol. */
  session: PinnedSession | null;
  /** Whether a session at the server outlives the connection. */
  keepsSession: boolean;
  timeoutMs: number;
  /** Closes the connection, also while it is being opened. */
  signal: AbortSignal;
}

/** A connection to one server, for one turn: on Workers an open connection belongs to the request that opened it. */
export interface McpConnection {
  /** What a later turn can resume from. */
  readonly resume: Resume;
  /** The session at the server; null where there is none. */
  readonly session: PinnedSession | null;
  /** Whether the server may have forgotten what this connection rests on: an earlier handshake, or a session. */
  readonly mayBeStale: boolean;
  /** Cut by us, because of a response that was too large. */
  readonly cut: boolean;
  listTools(options: RequestLimits): Promise<{ tools: Tool[]; ttlMs: number | null }>;
  callTool(
    tool: CatalogueTool,
    input: Record<string, unknown>,
    options: CallOptions,
  ): Promise<CallToolResult | InputRequiredResult>;
  /** What a server does not have it is not asked for. */
  listResources(options: RequestLimits): Promise<Resource[]>;
  listResourceTemplates(options: RequestLimits): Promise<ResourceTemplateType[]>;
  readResource(uri: string, options: RequestLimits): Promise<ReadResourceResult>;
  listPrompts(options: RequestLimits): Promise<Prompt[]>;
  getPrompt(name: string, input: Record<string, string>, options: RequestLimits): Promise<GetPromptResult>;
  close(): Promise<void>;
}

export interface RequestLimits {
  signal: AbortSignal;
  timeoutMs: number;
}

export interface CallOptions extends RequestLimits {
  /** Told how far the call is, if its server says so. */
  onProgress?: ((progress: ToolProgress) => void) | undefined;
  /** There is a person whom a server of the 2026-07-28 protocol may ask; with what it asked for before, and wants back. */
  elicitation?: { replies?: Record<string, QuestionReply>; state?: string | undefined } | undefined;
}

/** Connects with either era of the protocol; sends nothing when `resume` says all there is to know. */
export async function openConnection(options: OpenOptions): Promise<McpConnection> {
  const { server, resume, keepsSession, timeoutMs } = options;
  const session = resume?.era === 'modern' ? null : options.session;
  const client = new Client(CLIENT, {
    versionNegotiation: { mode: 'auto', probe: { timeoutMs } },
    inputRequired: { autoFulfill: false },
    listMaxPages: PAGES_MAX,
  });
  let tooLarge: Error | null = null;
  let refused: Error | null = null;
  const entered = enteredFetch(options.fetch, options.entry, (error) => {
    refused = error;
  });
  const guarded = guardedFetch(entered, (error) => {
    tooLarge = error;
    void close();
  });
  const transport = mcpTransport(server, guarded, session);
  // Until it is connected the client does not know its transport.
  const close = async () => void (await Promise.allSettled([client.close(), transport.close()]));
  const end = async () => {
    if (!keepsSession && transport.sessionId !== undefined) await transport.terminateSession().catch(() => {});
    await close();
  };
  options.signal.addEventListener('abort', () => void close(), { once: true });

  /** A cut response closes the connection; that it was cut, or that we were not let in, says more than what the client makes of it. */
  async function orTooLarge<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw refused ?? tooLarge ?? error;
    }
  }

  const prior = session ? ({ kind: 'legacy' } as const) : resume ? priorOf(resume) : undefined;
  try {
    options.signal.throwIfAborted();
    await orTooLarge(client.connect(transport, { timeout: timeoutMs, ...(prior && { prior }) }));
  } catch (error) {
    await close();
    throw error;
  }

  return {
    resume: resumeOf(client),
    session: sessionOf(transport),
    get cut() {
      return tooLarge !== null;
    },
    mayBeStale: prior?.kind === 'modern' || transport.sessionId !== undefined,
    listTools: (limits) => orTooLarge(listedTools(client, timing(limits), PAGES_MAX)),
    callTool: ({ name, inputSchema }, input, { onProgress, elicitation, ...limits }) =>
      orTooLarge(
        client.callTool(
          { name, arguments: input, ...elicitationParams(client, elicitation) },
          {
            toolDefinition: { name, inputSchema },
            ...timing(limits),
            allowInputRequired: elicitation !== undefined,
            ...(onProgress && { onprogress: limitedProgress(onProgress) }),
          },
        ),
      ),
    listResources: async (limits) => (await orTooLarge(client.listResources(undefined, timing(limits)))).resources,
    listResourceTemplates: async (limits) =>
      (await orTooLarge(client.listResourceTemplates(undefined, timing(limits)))).resourceTemplates,
    readResource: (uri, limits) => orTooLarge(client.readResource({ uri }, timing(limits))),
    listPrompts: async (limits) => (await orTooLarge(client.listPrompts(undefined, timing(limits)))).prompts,
    getPrompt: (name, input, limits) => orTooLarge(client.getPrompt({ name, arguments: input }, timing(limits))),
    close: end,
  };
}

/**
 * Said with a call and not with the connection: a server of an earlier protocol would ask over a stream that nobody keeps open, and a call
 * outside of a turn has nobody to ask.
 */
function elicitationParams(client: Client, elicitation: CallOptions['elicitation']) {
  if (!elicitation || client.getProtocolEra() !== 'modern') return {};
  const { replies, state } = elicitation;
  return {
    _meta: { [CLIENT_CAPABILITIES_META_KEY]: { elicitation: { form: {}, url: {} } } },
    ...(replies && { inputResponses: replies }),
    ...(state !== undefined && { requestState: state }),
  };
}

function timing({ signal, timeoutMs }: RequestLimits): { signal: AbortSignal; timeout: number } {
  return { signal, timeout: timeoutMs };
}

function priorOf(resume: Resume): PriorDiscovery | undefined {
  if (resume.era === 'legacy') return { kind: 'legacy' };
  return isSpecType.DiscoverResult(resume.discover) ? { kind: 'modern', discover: resume.discover } : undefined;
}

function resumeOf(client: Client): Resume {
  const discover = client.getDiscoverResult();
  return discover ? { era: 'modern', discover } : { era: 'legacy' };
}

function sessionOf({ sessionId: id, protocolVersion }: StreamableHTTPClientTransport): PinnedSession | null {
  return id === undefined || protocolVersion === undefined ? null : { id, protocolVersion };
}
