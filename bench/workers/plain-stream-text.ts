import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  convertToModelMessages,
  createUIMessageStreamResponse,
  isStepCount,
  streamText,
  tool,
  toUIMessageStream,
  type UIMessage,
} from 'ai';
import { z } from 'zod';

interface Body {
  model: string;
  messages: UIMessage[];
}

/** The tool of the benchmark, in process. */
const tools = {
  remote__echo: tool({
    inputSchema: z.object({ text: z.string() }),
    execute: ({ text }) => `echo ${text}`,
  }),
};

/** What Edgewise is compared with: a chat as the AI SDK's documentation writes it, which keeps nothing. */
export default {
  async fetch(request: Request, env: { PROVIDER_URL: string }): Promise<Response> {
    if (request.method !== 'POST') return new Response('Not Found', { status: 404 });
    const { model, messages }: Body = await request.json();
    const provider = createOpenAICompatible({ name: 'compatible', baseURL: env.PROVIDER_URL, includeUsage: true });
    const result = streamText({
      model: provider(model),
      instructions: 'You are a helpful assistant.',
      messages: await convertToModelMessages(messages),
      ...(model.includes('call=') && { tools, stopWhen: isStepCount(2) }),
    });
    return createUIMessageStreamResponse({ stream: toUIMessageStream({ stream: result.stream }) });
  },
};
