import type { LanguageModelV4FilePart, LanguageModelV4Message, LanguageModelV4ToolResultPart } from '@ai-sdk/provider';

/**
 * The same messages for a model that takes these kinds of media (`image`, or `application/pdf`) and refuses a request with any other: a note
 * stands where one was.
 */
export function gateMedia(
  messages: readonly LanguageModelV4Message[],
  takes: readonly string[],
): LanguageModelV4Message[] {
  const isTaken = (mediaType: string) => takes.some((kind) => mediaType === kind || mediaType.startsWith(`${kind}/`));
  const orNote = (part: LanguageModelV4FilePart) =>
    isTaken(part.mediaType) ? part : { type: 'text' as const, text: note(part.mediaType) };

  function gateResult(part: LanguageModelV4ToolResultPart): LanguageModelV4ToolResultPart {
    const { output } = part;
    if (output.type !== 'content') return part;
    const value = output.value.map((item) =>
      item.type === 'file' && !isTaken(item.mediaType) ? { type: 'text' as const, text: note(item.mediaType) } : item,
    );
    const texts = value.flatMap((item) => (item.type === 'text' ? [item.text] : []));
    const isText = texts.length === value.length;
    return { ...part, output: isText ? { type: 'text', value: texts.join('\n') } : { ...output, value } };
  }

  return messages.map((message): LanguageModelV4Message => {
    switch (message.role) {
      case 'system':
        return message;
      case 'user':
        return { ...message, content: message.content.map((part) => (part.type === 'file' ? orNote(part) : part)) };
      case 'assistant':
        return { ...message, content: message.content.map((part) => (part.type === 'file' ? orNote(part) : part)) };
      case 'tool':
        return {
          ...message,
          content: message.content.map((part) => (part.type === 'tool-result' ? gateResult(part) : part)),
        };
    }
    return message satisfies never;
  });
}

const note = (mediaType: string) => `[${mediaType}, not shown: this model does not take it]`;
