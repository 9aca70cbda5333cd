import type { DescribedOperation } from '../openapi/api-document.ts';

/** A request as one types it in a shell; parts of the path stay as they are named. */
export function curlLine(method: string, path: string, { requestBody, security }: DescribedOperation): string {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const example = media?.example;
  const words = ['curl'];
  if (method !== 'get' && !(method === 'post' && example !== undefined)) words.push(`-X ${method.toUpperCase()}`);
  if (security?.some((scheme) => 'adminToken' in scheme)) words.push("-H 'X-Admin-Token: …'");
  if (typeof example === 'string') words.push(`-H 'Content-Type: ${type}' --data-binary ${quoted(example)}`);
  else if (example !== undefined) words.push(`--json ${quoted(JSON.stringify(example))}`);
  words.push(quoted(`https://HOST${path}`));
  return words.join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
