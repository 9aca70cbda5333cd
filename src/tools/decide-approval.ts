import type { ApprovalRules, ToolApproval } from './approval-rules.ts';
import type { CatalogueTool } from './catalogue.ts';

export interface ApprovalSubject extends ApprovalRules {
  builtIn: boolean;
}

/**
 * What happens when a model calls this tool of that server. A rule for the tool counts most (an exact name before a pattern, a longer pattern
 * before a shorter one), then the server's, then the deployment's, which does not concern built-in servers. `ask` that was not said of the
 * tool itself lets those run that only read: built-in servers and trusted ones are believed when they say so.
 */
export function decideApproval(
  server: ApprovalSubject,
  { name, annotations }: Pick<CatalogueTool, 'name' | 'annotations'>,
  deployment: ToolApproval,
): ToolApproval {
  const own = ruleFor(name, server.tools ?? {});
  if (own) return own;
  const general = server.approval ?? (server.builtIn ? 'auto' : deployment);
  const believed = server.builtIn || server.trusted === true;
  return general === 'ask' && believed && annotations?.readOnlyHint === true ? 'auto' : general;
}

function ruleFor(name: string, rules: Readonly<Record<string, ToolApproval>>): ToolApproval | undefined {
  const exact = Object.entries(rules).find(([pattern]) => pattern === name);
  const fitting = Object.entries(rules).filter(([pattern]) => fits(name, pattern));
  const [longest] = fitting.sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
  return (exact ?? longest)?.[1];
}

/** Without a regular expression: a pattern from outside could make one take for ever. */
function fits(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return name === pattern;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let from = first.length;
  for (const piece of rest) {
    const at = name.indexOf(piece, from);
    if (at < 0 || at + piece.length > end) return false;
    from = at + piece.length;
  }
  return true;
}
