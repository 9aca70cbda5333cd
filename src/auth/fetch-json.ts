/** More than any key set or answer about a token has. */
const ANSWER_MAX_BYTES = 256 * 1024;

export interface JsonAnswer {
  status: number;
  /** Undefined when it is not JSON. */
  body: unknown;
}

export type FetchJson = (url: string, headers?: Record<string, string>) => Promise<JsonAnswer>;

/** Asks an issuer. It has `timeoutMs` for its whole answer, whose size is limited; a redirect is not followed. Rejects when there is none. */
export function fetchJson(base: typeof fetch, timeoutMs: number): FetchJson {
  return async (url, headers = {}) => {
    const response = await base(url, {
      headers: { accept: 'application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: parseJson(await readText(response)) };
  };
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  if (!response.body) return text;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > ANSWER_MAX_BYTES) {
      await reader.cancel();
      throw new Error('The answer is larger than is allowed.');
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
