import type { UIMessage } from 'ai';

/** English has about four characters a token; scripts beyond ASCII have fewer, two by and large. */
const ASCII_A_TOKEN = 4;
const OTHERS_A_TOKEN = 2;
/** What a model pays to read a picture, about: its bytes say nothing about that. */
const FILE_TOKENS = 1000;
/** The frame of a message. */
const MESSAGE_TOKENS = 4;

/** What a message costs in a prompt, roughly and always the same. Reasoning is counted, and metadata is not. */
export function estimateTokens({ parts }: Pick<UIMessage, 'parts'>): number {
  return parts.reduce((sum, part) => sum + tokensOfPart(part), MESSAGE_TOKENS);
}

function tokensOfPart(part: UIMessage['parts'][number]): number {
  if (part.type === 'file') return FILE_TOKENS;
  const said = [
    'text' in part ? part.text : undefined,
    'data' in part ? part.data : undefined,
    'input' in part ? part.input : undefined,
    'output' in part ? part.output : undefined,
    'errorText' in part ? part.errorText : undefined,
  ].filter((value) => value !== undefined);
  return said.reduce<number>((sum, value) => sum + tokensOfText(textOf(value)), 0);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, withoutMedia) ?? '');
}

/** Bytes in base64 are no words: of a result with a picture the rest is counted. */
function withoutMedia(key: string, value: unknown): unknown {
  return (key === 'data' || key === 'blob') && typeof value === 'string' ? '' : value;
}

function tokensOfText(text: string): number {
  const others = text.replaceAll(/[ -~\s]/g, '').length;
  return Math.ceil((text.length - others) / ASCII_A_TOKEN + others / OTHERS_A_TOKEN);
}
