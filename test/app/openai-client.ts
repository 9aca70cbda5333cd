import OpenAI from 'openai';

/** The official package as an anonymous visitor, who is told every error at once. */
export function openaiClient(url: string, options: ConstructorParameters<typeof OpenAI>[0] = {}): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: 'anonymous', maxRetries: 0, ...options });
}
