import {
  Client,
  StreamableHTTPClientTransport,
  isSpecType,
  type CallToolResult,
  type GetPromptResult,
  type PriorDiscovery,
  type Prompt,
  type ReadResourceResult,
  type Resource,
  type ResourceTemplateType,
  type Tool,
} from '@modelcontextprotocol/client';
import type { CatalogueTool, Resume } from './catalogue.ts';
import { guardedFetch, type FetchLike } from './guarded-fetch.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { limitedProgress, type ToolProgress } from './tool-progress.ts';

const CLIENT = { name: 'edgewise', version: '1.0.0' };
/** A page of tools is usually all of them. */
const PAGES_MAX = 10;

export interface OpenOptions {
  server: McpServerConfig;
  fetch: FetchLike;
  /** From an earlier connection: saves the handshake. */
  resume: Resume | null;
  /** The chat session that a session at the server would belong to; null where none does: it is then ended with the connection. */
  chat: string | null;
  timeoutMs: number;
  /** Closes the connection, also while it is being opened. */
  signal: AbortSignal;
}

/** A connection to one server, for one turn: on Workers an open connection belongs to the request that opened it. */
export interface McpConnection {
  /** What a later turn can resume from. */
  readonly resume: Resume;
  /** Whether the server may have forgotten what this connection rests on: an earlier handshake, or a session. */
  readonly mayBeStale: boolean;
  /** Cut by us, because of a response that was too large. */
  readonly cut: boolean;
  listTools(options: RequestLimits): Promise<{ tools: Tool[]; ttlMs: number | null }>;
  callTool(tool: CatalogueTool, input: Record<string, unknown>, options: CallOptions): Promise<CallToolResult>;
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
}

/** Connects with either era of the protocol; sends nothing when `resume` says all there is to know. */
export async function openConnection(options: OpenOptions): Promise<McpConnection> {
  const { server, resume, chat, timeoutMs } = options;
  const session =
    resume?.era === 'legacy' && chat !== null && resume.session?.chat === chat ? resume.session : undefined;
  const client = new Client(CLIENT, {
    versionNegotiation: { mode: 'auto', probe: { timeoutMs } },
    inputRequired: { autoFulfill: false },
    listMaxPages: PAGES_MAX,
  });
  let tooLarge: Error | null = null;
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    fetch: guardedFetch(options.fetch, (error) => {
      tooLarge = error;
      void close();
    }),
    requestInit: { headers: { ...server.headers } },
    redirectPolicy: 'same-origin',
    ...(session && { sessionId: session.id, protocolVersion: session.protocolVersion }),
    reconnectionOptions: {
      initialReconnectionDelay: 500,
      maxReconnectionDelay: 2000,
      reconnectionDelayGrowFactor: 1.5,
      maxRetries: 2,
    },
  });
  // Until it is connected the client does not know its transport.
  const close = async () => void (await Promise.allSettled([client.close(), transport.close()]));
  /** Nobody comes back to a session that belongs to no chat. */
  const end = async () => {
    if (chat === null && transport.sessionId !== undefined) await transport.terminateSession().catch(() => {});
    await close();
  };
  options.signal.addEventListener('abort', () => void close(), { once: true });

  /** A cut response closes the connection; that it was cut says more than that it is closed. */
  async function orTooLarge<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw tooLarge ?? error;
    }
  }

  const prior = resume ? priorOf(resume) : undefined;
  try {
    options.signal.throwIfAborted();
    await orTooLarge(client.connect(transport, { timeout: timeoutMs, ...(prior && { prior }) }));
  } catch (error) {
    await close();
    throw error;
  }

  return {
    resume: resumeOf(client, transport, chat),
    get cut() {
      return tooLarge !== null;
    },
    mayBeStale: prior?.kind === 'modern' || transport.sessionId !== undefined,
    async listTools(limits) {
      const { tools, ttlMs } = await orTooLarge(client.listTools(undefined, timing(limits)));
      return { tools, ttlMs: typeof ttlMs === 'number' ? ttlMs : null };
    },
    callTool: ({ name, inputSchema }, input, { onProgress, ...limits }) =>
      orTooLarge(
        client.callTool(
          { name, arguments: input },
          {
            toolDefinition: { name, inputSchema },
            ...timing(limits),
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

function timing({ signal, timeoutMs }: RequestLimits): { signal: AbortSignal; timeout: number } {
  return { signal, timeout: timeoutMs };
}

function priorOf(resume: Resume): PriorDiscovery | undefined {
  if (resume.era === 'legacy') return { kind: 'legacy' };
  return isSpecType.DiscoverResult(resume.discover) ? { kind: 'modern', discover: resume.discover } : undefined;
}

function resumeOf(client: Client, transport: StreamableHTTPClientTransport, chat: string | null): Resume {
  const discover = client.getDiscoverResult();
  if (discover) return { era: 'modern', discover };
  const { sessionId: id, protocolVersion } = transport;
  if (chat === null || id === undefined || protocolVersion === undefined) return { era: 'legacy' };
  return { era: 'legacy', session: { chat, id, protocolVersion } };
}
