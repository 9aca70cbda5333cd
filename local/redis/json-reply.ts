import { RespError, RespInteger, RespStatus, type RespReply } from './resp-reply.ts';

/** The JSON text `{"result":…}` or `{"error":…}`. It is built as text because a 64-bit integer is no JavaScript number. */
export function jsonReply(reply: RespReply, base64: boolean): string {
  if (reply instanceof RespError) return JSON.stringify({ error: reply.message });
  // Upstash leaves one string uncoded: the OK of a command that has nothing else to say.
  if (reply instanceof RespStatus && reply.text === 'OK') return '{"result":"OK"}';
  return `{"result":${valueJson(reply, base64)}}`;
}

function valueJson(reply: RespReply, base64: boolean): string {
  if (reply === null) return 'null';
  if (reply instanceof RespInteger) return reply.digits;
  if (Array.isArray(reply)) return `[${reply.map((item) => valueJson(item, base64)).join(',')}]`;
  const bytes = Buffer.isBuffer(reply) ? reply : Buffer.from(reply instanceof RespStatus ? reply.text : reply.message);
  return JSON.stringify(bytes.toString(base64 ? 'base64' : 'utf8'));
}
