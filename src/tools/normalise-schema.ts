import { SCHEMA_MAX_CHARACTERS, SCHEMA_MAX_DEPTH } from './tool-limits.ts';

export interface ObjectSchema {
  type: 'object';
  [keyword: string]: unknown;
}

/** Keywords whose value maps names to schemas: what looks like a keyword in there is a name. */
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas']);
/** Keywords whose value is data. */
const DATA = new Set(['const', 'default', 'enum', 'examples', 'required']);
/** Dropped: providers refuse them, or they are not needed once references are resolved. */
const DROPPED = new Set(['$schema', '$id', '$defs', 'definitions', '$comment']);
/** References in references can grow without bound. */
const NODES_MAX = 2000;

type Node = Record<string, unknown>;

/**
 * A tool's input schema as every provider takes it: an object at the root, local references resolved in place (one that leads back to itself
 * becomes any object), nothing fetched. Null when that is impossible or too much: such a tool is left out.
 */
export function normaliseSchema(schema: unknown): ObjectSchema | null {
  const root = isNode(schema) ? schema : {};
  if ((root['type'] ?? 'object') !== 'object') return null;
  let nodes = 0;

  function visit(value: unknown, depth: number, open: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((item) => visit(item, depth, open));
    if (!isNode(value)) return value;
    nodes += 1;
    if (depth > SCHEMA_MAX_DEPTH || nodes > NODES_MAX) throw new Error('The schema is too much.');
    const { $ref, ...rest } = value;
    return typeof $ref === 'string'
      ? { ...expand($ref, depth, open), ...visitKeywords(rest, depth, open) }
      : visitKeywords(value, depth, open);
  }

  function visitKeywords(node: Node, depth: number, open: readonly string[]): Node {
    const kept = Object.entries(node).filter(([key]) => !DROPPED.has(key));
    return Object.fromEntries(
      kept.map(([key, value]) => {
        if (DATA.has(key)) return [key, value];
        if (!MAPS.has(key) || !isNode(value)) return [key, visit(value, depth + 1, open)];
        const entries = Object.entries(value).map(([name, item]) => [name, visit(item, depth + 1, open)]);
        return [key, Object.fromEntries(entries)];
      }),
    );
  }

  function expand(ref: string, depth: number, open: readonly string[]): Node {
    if (open.includes(ref)) return { type: 'object' };
    const resolved = visit(lookUp(root, ref), depth, [...open, ref]);
    if (!isNode(resolved)) throw new Error('The reference leads nowhere.');
    return resolved;
  }

  try {
    const normal: ObjectSchema = { ...visitKeywords(root, 0, ['#']), type: 'object' };
    return JSON.stringify(normal).length > SCHEMA_MAX_CHARACTERS ? null : normal;
  } catch {
    // Too deep, too large, or with a reference that cannot be followed.
    return null;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part of `root` behind a local reference: a JSON pointer in a fragment. Undefined for any other. */
function lookUp(root: Node, ref: string): unknown {
  if (ref !== '#' && !ref.startsWith('#/')) return undefined;
  const keys = ref.split('/').slice(1);
  return keys
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, key) => (isNode(node) && Object.hasOwn(node, key) ? node[key] : undefined), root);
}
