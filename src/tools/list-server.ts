import { LoginNeededError } from '../logins/login-errors.ts';
import { catalogueToolSchema, type AvailableCatalogue, type Catalogue, type CatalogueTool } from './catalogue.ts';
import { detectChanges, type Fingerprints, type ToolChangePolicy } from './detect-changes.ts';
import type { RequestLimits } from './mcp-connection.ts';
import { failureReason, TIMED_OUT } from './mcp-failure.ts';
import { normaliseSchema } from './normalise-schema.ts';
import type { ServerLink } from './server-link.ts';
import {
  CATALOGUE_DEFAULT_MS,
  CATALOGUE_MAX_MS,
  CATALOGUE_MIN_MS,
  DESCRIPTION_MAX_CHARACTERS,
  LOGIN_NEEDED_MS,
  TOOLS_KEPT_MAX,
  UNAVAILABLE_MS,
} from './tool-limits.ts';

type ListedTool = Awaited<ReturnType<ServerLink['list']>>['tools'][number];

export interface ListOptions extends RequestLimits {
  now(): number;
  /** Of the tools as they were accepted before. */
  fingerprints: Fingerprints;
  policy: ToolChangePolicy;
}

/**
 * What there is to keep about a server that nothing was known about: its tools, or why it has none now. Rejects only when `signal` is
 * aborted, which says nothing about the server.
 */
export async function listServer(
  link: ServerLink,
  { signal, timeoutMs, now, ...accepted }: ListOptions,
): Promise<Catalogue> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const limits = { signal: AbortSignal.any([signal, deadline]), timeoutMs };
  try {
    const { tools, ttlMs, resume } = await link.list(limits);
    const keepMs = Math.min(Math.max(ttlMs || CATALOGUE_DEFAULT_MS, CATALOGUE_MIN_MS), CATALOGUE_MAX_MS);
    const changes = detectChanges(accepted.fingerprints, toCatalogue(tools), accepted.policy);
    return { v: 2, status: 'available', expiresAt: now() + keepMs, resume, ...changes };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LoginNeededError) return loginNeeded(error, now(), accepted.fingerprints);
    const reason = deadline.aborted ? TIMED_OUT : failureReason(error);
    return {
      v: 2,
      status: 'unavailable',
      expiresAt: now() + UNAVAILABLE_MS,
      reason,
      fingerprints: accepted.fingerprints,
    };
  }
}

/** Kept for a while, so that asking for a login costs a turn nothing; who logs in ends it. */
export function loginNeeded({ kind, message }: LoginNeededError, now: number, fingerprints: Fingerprints): Catalogue {
  return {
    v: 2,
    status: 'unavailable',
    expiresAt: now + LOGIN_NEEDED_MS,
    reason: message,
    needs: { kind },
    fingerprints,
  };
}

/** Sorted by name. A tool whose input no provider would take, or that cannot be called as we call, is left out, rather than failing every turn. */
function toCatalogue(tools: readonly ListedTool[]): AvailableCatalogue['tools'] {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  return [...byName.values()]
    .flatMap(({ name, title, description, annotations, inputSchema, outputSchema, execution }): CatalogueTool[] => {
      const schema = normaliseSchema(inputSchema);
      if (!schema || execution?.taskSupport === 'required') return [];
      const output = outputSchema && normaliseSchema(outputSchema);
      return [
        {
          name,
          title: title ?? annotations?.title,
          description: description?.slice(0, DESCRIPTION_MAX_CHARACTERS).toWellFormed(),
          inputSchema: schema,
          ...(output && { outputSchema: output }),
          annotations: catalogueToolSchema.shape.annotations.parse(annotations),
        },
      ];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, TOOLS_KEPT_MAX);
}
