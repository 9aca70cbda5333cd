import { createHash } from 'node:crypto';
import type { CatalogueTool } from './catalogue.ts';
import { FINGERPRINTS_MAX } from './tool-limits.ts';

/** What happens when a server describes a tool in other words than before: nothing, a note to the operator and the client, or the tool is gone. */
export type ToolChangePolicy = 'allow' | 'report' | 'block';

/** Of the definitions that were accepted, by tool. */
export type Fingerprints = Readonly<Record<string, string>>;

export interface Changes {
  /** Without the blocked ones. */
  tools: CatalogueTool[];
  fingerprints: Fingerprints;
  /** Names of tools whose definition is not the accepted one. */
  changed: string[];
}

/**
 * Compares tools with what was accepted of them. A tool that is new is accepted. One that has changed is accepted as it is now, except under
 * `block`, where what was accepted first stays. A tool that has gone is remembered, so that it cannot come back as another.
 */
export function detectChanges(
  accepted: Fingerprints,
  tools: readonly CatalogueTool[],
  policy: ToolChangePolicy,
): Changes {
  const now = new Map(tools.map((tool) => [tool.name, fingerprint(tool)]));
  const isChanged = ({ name }: CatalogueTool) => Object.hasOwn(accepted, name) && accepted[name] !== now.get(name);
  const changed = tools.filter(isChanged).map(({ name }) => name);
  const isBlocked = (name: string) => policy === 'block' && changed.includes(name);
  const gone = Object.entries(accepted).filter(([name]) => !now.has(name));
  const present = [...now].map(([name, hash]) => [name, isBlocked(name) ? (accepted[name] ?? hash) : hash] as const);
  return {
    tools: tools.filter(({ name }) => !isBlocked(name)),
    fingerprints: Object.fromEntries([...present, ...gone].slice(0, FINGERPRINTS_MAX)),
    changed,
  };
}

/** Everything that a model is told of a tool; in which order its server writes it does not matter. */
function fingerprint(tool: CatalogueTool): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted({ ...tool, outputSchema: undefined })))
    .digest('hex')
    .slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
