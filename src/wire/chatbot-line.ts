import { asciiJson } from './ascii-json.ts';

/** The variants of seed 004 that are streamed; its clients refuse others. */
export type ChatbotVariant = 'ServerHint' | 'Assistant' | 'Code' | 'CodeOutput' | 'Image' | 'ServerError' | 'StreamEnd';

/** One object of the stream on its line. A client of seed 004 tries to parse at every `}` it meets: inside of strings none is left. */
export function chatbotLine(variant: ChatbotVariant, content: string | Record<string, string>, id?: string): string {
  const fields = [`"variant":${quoted(variant)}`, `"content":${contentText(content)}`];
  if (id !== undefined) fields.push(`"id":${quoted(id)}`);
  return `{${fields.join(',')}}\n`;
}

function contentText(content: string | Record<string, string>): string {
  if (typeof content === 'string') return quoted(content);
  const entries = Object.entries(content).map(([name, value]) => `${quoted(name)}:${quoted(value)}`);
  return `{${entries.join(',')}}`;
}

function quoted(text: string): string {
  return asciiJson(text).replaceAll('}', String.raw`\u007d`);
}
