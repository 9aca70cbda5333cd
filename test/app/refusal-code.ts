/** The code of a refusal, in the shape of any door; undefined where that tells none. */
export async function codeOf(response: Response): Promise<unknown> {
  const { error, detail, code } = await response.json();
  if (!error && !detail) throw new Error('The refusal is in the shape of no door.');
  return error ? (error.data?.code ?? error.code) : code?.toLowerCase();
}

/** What the code is at this path: some doors have none, and one has a word of its own. */
export function codeAt(path: string, code: string): string | undefined {
  if (path.startsWith('/v1/') && code === 'invalid_credentials') return 'invalid_api_key';
  return /^\/api\/(v1|chatbot)\//.test(path) ? undefined : code;
}
