import { createHash } from 'node:crypto';

export interface ToolOrigin {
  server: string;
  tool: string;
  /** Keep the tool's own name, without its server's. */
  plain: boolean;
}

/** The least that any provider allows. */
const NAME_MAX = 63;
const HASH_LENGTH = 7;

/**
 * A name for each tool, in the same order, that every provider accepts and no other tool of the turn has: `server__tool`. A name that had to
 * be cut, or that another tool has with more right (because nothing in it was replaced), ends in a hash of where the tool comes from.
 * The same tools always get the same names.
 */
export function nameTools(tools: readonly ToolOrigin[]): string[] {
  const wishes = tools.map((origin) => ({ origin, ...wish(origin) }));
  const taken = new Set<string>();
  const names = new Map<ToolOrigin, string>();
  const inOrder = [...wishes.filter(({ exact }) => exact), ...wishes.filter(({ exact }) => !exact)];
  for (const { origin, name } of inOrder) {
    const free = name.length <= NAME_MAX && !taken.has(name) ? name : withHash(name, origin);
    taken.add(free);
    names.set(origin, free);
  }
  return tools.map((origin) => names.get(origin) ?? withHash(origin.tool, origin));
}

function wish({ server, tool, plain }: ToolOrigin): { name: string; exact: boolean } {
  const clean = tool.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  return { name: plain ? clean : `${server}__${clean}`, exact: clean === tool };
}

function withHash(name: string, { server, tool }: ToolOrigin): string {
  const hash = createHash('sha256').update(`${server}/${tool}`).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, NAME_MAX - HASH_LENGTH - 1)}_${hash}`;
}
