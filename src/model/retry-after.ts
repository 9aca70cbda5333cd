/**
 * How long a `Retry-After` header asks to wait, in milliseconds: seconds or an HTTP date (RFC 9110, section 10.2.3), or OpenAI's
 * `retry-after-ms`. Null without such a header. Header names are expected in lower case.
 */
export function retryAfterMs(headers: Record<string, string> | undefined, now: number): number | null {
  const exact = Number(headers?.['retry-after-ms'] ?? Number.NaN);
  if (!Number.isNaN(exact)) return Math.max(0, exact);
  const value = headers?.['retry-after'];
  if (value === undefined) return null;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
