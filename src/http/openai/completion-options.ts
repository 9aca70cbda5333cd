import type { TurnOptions } from '../../journal/turn-options.ts';
import type { ClientFunction } from '../../tools/client-tools.ts';
import { AppError } from '../../errors.ts';
import type { AppContext } from '../context.ts';
import { checkedServers } from '../session-input.ts';
import type { CompletionRequest } from './completion-input.ts';
import { findModel } from '../find-model.ts';

/** What a request asks of its turn. Throws AppError for a model or a server that is not there. */
export function completionOptions(c: AppContext, body: CompletionRequest, instruction: string | null): TurnOptions {
  const maxOutputTokens = body.max_completion_tokens ?? body.max_tokens;
  const stop = typeof body.stop === 'string' ? [body.stop] : body.stop;
  const serverNames = serversOf(c, body.metadata?.mcp_servers, (body.tools ?? []).length > 0);
  const toolChoice = toolChoiceOf(body.tool_choice);
  const json = jsonOf(body.response_format);
  return {
    model: modelOf(c, body.model),
    settings: {
      ...(typeof body.temperature === 'number' && { temperature: body.temperature }),
      ...(typeof body.top_p === 'number' && { topP: body.top_p }),
      ...(typeof maxOutputTokens === 'number' && { maxOutputTokens }),
      ...(stop && { stopSequences: stop }),
      ...(typeof body.seed === 'number' && { seed: body.seed }),
      ...(typeof body.presence_penalty === 'number' && { presencePenalty: body.presence_penalty }),
      ...(typeof body.frequency_penalty === 'number' && { frequencyPenalty: body.frequency_penalty }),
    },
    ...(toolChoice && { toolChoice }),
    ...(serverNames && { serverNames }),
    ...(instruction !== null && { instruction }),
    ...(json && { json }),
  };
}

export function completionFunctions(tools: CompletionRequest['tools']): ClientFunction[] {
  return (tools ?? []).map(({ function: { name, description, parameters, strict } }) => ({
    name,
    description: description ?? undefined,
    parameters: parameters ?? undefined,
    strict: strict ?? undefined,
  }));
}

/** The catalogue id of what was asked for, or of the default model. */
export function modelOf(c: AppContext, requested: string | null | undefined): string {
  const { models, policy } = c.get('services');
  if (!requested) return policy.chooseModels(undefined)[0].id;
  const found = findModel(models, requested);
  if (found) return found.id;
  const known = models.list().map(({ id }) => id);
  throw new AppError('unknown_model', `There is no model "${requested}" here. Known are: ${known.join(', ')}.`);
}

/** Who brings functions of their own means those alone, unless servers are named beside them. */
export function serversOf(c: AppContext, named: string | undefined, hasFunctions: boolean): string[] | null {
  if (named === undefined) return hasFunctions ? [] : null;
  const names = named
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return checkedServers(c.get('services'), names);
}

function toolChoiceOf(choice: CompletionRequest['tool_choice']): TurnOptions['toolChoice'] {
  if (!choice) return undefined;
  return typeof choice === 'string' ? choice : { type: 'tool', toolName: choice.function.name };
}

function jsonOf(format: CompletionRequest['response_format']): TurnOptions['json'] {
  if (!format || format.type === 'text') return undefined;
  if (format.type === 'json_object') return {};
  const { name, description, schema } = format.json_schema;
  return { name, ...(description && { description }), ...(schema && { schema }) };
}
