import type { Telemetry } from 'ai';
import type { OpenSpan, TurnTrace } from '../observe/turn-trace.ts';

/** A turn's model and tool calls as spans, named as OpenTelemetry's conventions for generative AI have it. */
export function traceCalls(trace: TurnTrace, answeredBy: () => string | undefined): Telemetry {
  const open = new Map<string, OpenSpan>();
  const said = (value: unknown) => (trace.content ? JSON.stringify(value) : undefined);
  const endAll = (error: string) => {
    for (const span of open.values()) span.end({}, error);
    open.clear();
  };
  return {
    onLanguageModelCallStart({ callId, modelId, messages, temperature, topP, maxOutputTokens }) {
      const span = trace.start(`chat ${modelId}`, 'client', {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': modelId,
        'gen_ai.request.temperature': temperature,
        'gen_ai.request.top_p': topP,
        'gen_ai.request.max_tokens': maxOutputTokens,
        'gen_ai.input.messages': said(messages),
      });
      open.set(callId, span);
    },
    onLanguageModelCallEnd({ callId, finishReason, usage, responseId, content }) {
      const model = answeredBy();
      open.get(callId)?.end(
        {
          'gen_ai.provider.name': model?.split('/')[0],
          'gen_ai.response.model': model,
          'gen_ai.response.id': responseId,
          'gen_ai.response.finish_reasons': [finishReason],
          'gen_ai.usage.input_tokens': usage.inputTokens,
          'gen_ai.usage.output_tokens': usage.outputTokens,
          'gen_ai.output.messages': said(content),
        },
        finishReason === 'error' ? 'error' : undefined,
      );
      open.delete(callId);
    },
    onToolExecutionStart({ toolCall: { toolCallId, toolName, input } }) {
      const span = trace.start(`execute_tool ${toolName}`, 'internal', {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': toolName,
        'gen_ai.tool.call.id': toolCallId,
        'gen_ai.tool.call.arguments': said(input),
      });
      open.set(toolCallId, span);
    },
    onToolExecutionEnd({ toolCall: { toolCallId }, toolOutput }) {
      const failed = toolOutput.type === 'tool-error';
      const result = failed ? undefined : said(toolOutput.output);
      open.get(toolCallId)?.end({ 'gen_ai.tool.call.result': result }, failed ? 'tool_error' : undefined);
      open.delete(toolCallId);
    },
    onAbort: () => endAll('aborted'),
    onError: () => endAll('model_error'),
  };
}
