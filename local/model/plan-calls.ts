import { callsOfThisTurn, lastUserText } from './conversation.ts';
import { fillArguments } from './fill-arguments.ts';
import { findTaskId } from './find-task-id.ts';
import type { ModelRequest, OfferedTool } from './model-request.ts';
import { readNamedCall } from './named-call.ts';
import { splitClauses } from './split-clauses.ts';
import { readTaskIntent, type TaskIntent } from './task-intent.ts';

export interface PlannedCall {
  name: string;
  /** JSON text; null when the task that it is about is not known (yet). */
  arguments: string | null;
}

/** The calls to make now: the next ones of the plan for the user's last message. They go out together when they use one tool. */
export function nextCalls(request: ModelRequest): { name: string; arguments: string }[] {
  if (request.toolChoice === 'none') return [];
  const done = callsOfThisTurn(request.messages).length;
  const rest = planCalls(request).slice(done);
  const group = rest.slice(0, rest.findIndex(({ name }) => name !== rest[0]?.name) >>> 0);
  const calls = group.flatMap(({ name, arguments: json }) => (json === null ? [] : [{ name, arguments: json }]));
  return done === 0 ? forced(request, calls) : calls;
}

/** Every call that the user's last message asks for, in order, of those the offered tools can do. */
export function planCalls(request: ModelRequest): PlannedCall[] {
  const text = lastUserText(request.messages);
  const named = readNamedCall(text);
  if (named) {
    const tool = offered(request.tools, named.name);
    return tool ? [{ name: tool.name, arguments: named.arguments }] : [];
  }
  return splitClauses(text)
    .map((clause) => readTaskIntent(clause))
    .flatMap((intent) => (intent ? callsFor(request, intent, text) : []));
}

function callsFor(request: ModelRequest, intent: TaskIntent, text: string): PlannedCall[] {
  const tool = offered(request.tools, intent.verb);
  if (!tool) return [];
  const fill = (id: string | undefined): PlannedCall => {
    const known = {
      ...(id && { id }),
      ...(intent.title && { title: intent.title }),
      ...(intent.status && { status: intent.status }),
    };
    return { name: tool.name, arguments: JSON.stringify(fillArguments(tool.parameters, known, text)) };
  };
  const { reference } = intent;
  if (reference === undefined || /^\d+$/.test(reference)) return [fill(reference)];

  // A title says nothing to a tool that wants an id: look at the list first.
  const list = offered(request.tools, 'list_tasks');
  const lookUp = list ? [{ name: list.name, arguments: JSON.stringify(fillArguments(list.parameters, {}, text)) }] : [];
  const id = findTaskId(request.messages, reference);
  return [...lookUp, id === null ? { name: tool.name, arguments: null } : fill(id)];
}

/** A choice of `required` or of one tool is obeyed once, even when the text asks for nothing. */
function forced(
  { toolChoice, tools, messages }: ModelRequest,
  calls: { name: string; arguments: string }[],
): { name: string; arguments: string }[] {
  if (toolChoice === 'auto' || toolChoice === 'none') return calls;
  const tool = toolChoice === 'required' ? tools[0] : offered(tools, toolChoice.name);
  if (!tool || calls.some(({ name }) => toolChoice === 'required' || name === tool.name)) return calls;
  return [{ name: tool.name, arguments: JSON.stringify(fillArguments(tool.parameters, {}, lastUserText(messages))) }];
}

/** The tool of this name, or of this name on some server: `tasks__add_task`. */
function offered(tools: readonly OfferedTool[], name: string): OfferedTool | undefined {
  return tools.find((tool) => tool.name === name) ?? tools.find((tool) => tool.name.endsWith(`__${name}`));
}
