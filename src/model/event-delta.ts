/** The text that an event of a provider's stream carries, when it carries nothing else that counts. */
export interface EventDelta {
  text: string;
  /** Equal for events that differ in nothing but their text. */
  signature: string;
  /** The event as JSON, with other text. */
  withText(text: string): string;
}

type Fields = Record<string, unknown>;

interface Place {
  holder: Fields;
  key: string | undefined;
  /** Fields of the event that number it or sum up so far: the last one's are enough. */
  running?: readonly string[];
}

const CHAT_TEXTS = ['content', 'reasoning_content', 'reasoning'];
const RESPONSE_DELTA = /^response\.(output_text|reasoning_summary_text|function_call_arguments)\.delta$/;
const MESSAGE_TEXTS = new Map([
  ['text_delta', 'text'],
  ['thinking_delta', 'thinking'],
  ['input_json_delta', 'partial_json'],
]);

/** Null for any other event. The shapes are those of the providers' stream formats; what is not known is left alone. */
export function eventDelta(json: string): EventDelta | null {
  const event = parse(json);
  if (!event) return null;
  const {
    holder,
    key = '',
    running = [],
  } = ofChat(event) ?? ofResponse(event) ?? ofMessage(event) ?? ofGemini(event) ?? {};
  const text = holder?.[key];
  if (!holder || typeof text !== 'string') return null;
  const withText = (other: string): string => {
    holder[key] = other;
    return JSON.stringify(event);
  };
  holder[key] = '';
  // Blank where it stands: an event that has a sum is not replaced by one that has none.
  const still = Object.fromEntries(running.filter((name) => name in event).map((name) => [name, 0]));
  return { text, signature: JSON.stringify({ ...event, ...still }), withText };
}

function ofChat(event: Fields): Place | null {
  const choice = onlyItem(event['choices']);
  const delta = choice?.['delta'];
  if (!choice || !isFields(delta) || choice['logprobs']) return null;
  const [key, ...others] = Object.keys(delta).filter(
    (name) => name !== 'role' && delta[name] !== null && delta[name] !== '',
  );
  return others.length === 0 && CHAT_TEXTS.includes(key ?? '') ? { holder: delta, key } : null;
}

function ofResponse(event: Fields): Place | null {
  const hasDelta = RESPONSE_DELTA.test(String(event['type']));
  const logprobs = event['logprobs'];
  if (!hasDelta || (Array.isArray(logprobs) && logprobs.length > 0)) return null;
  return { holder: event, key: 'delta', running: ['sequence_number', 'obfuscation'] };
}

function ofMessage(event: Fields): Place | null {
  const delta = event['delta'];
  if (event['type'] !== 'content_block_delta' || !isFields(delta)) return null;
  return { holder: delta, key: MESSAGE_TEXTS.get(String(delta['type'])) };
}

function ofGemini(event: Fields): Place | null {
  const content = onlyItem(event['candidates'])?.['content'];
  const part = isFields(content) ? onlyItem(content['parts']) : undefined;
  const isPlain = part && Object.keys(part).every((name) => name === 'text' || name === 'thought');
  return isPlain ? { holder: part, key: 'text', running: ['usageMetadata'] } : null;
}

function onlyItem(list: unknown): Fields | undefined {
  const item: unknown = Array.isArray(list) && list.length === 1 ? list[0] : undefined;
  return isFields(item) ? item : undefined;
}

function parse(json: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : undefined;
  } catch {
    // Not for us to judge: the provider's own parser sees it as it came.
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
