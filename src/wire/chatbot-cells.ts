import type { UIMessageChunk } from 'ai';
import { chatbotLine } from './chatbot-line.ts';
import { codeCell, type CodeCell } from './code-cell.ts';
import { isCodeTool } from './is-code-tool.ts';
import { codeFailure, lines, onlyText, readCodeResult, type CodeResult } from './read-code-result.ts';

const IMAGE_PIECE_CHARACTERS = 16_384;

interface KnownCall {
  toolName: string;
  /** Null for a tool that does not run code: its calls are not shown. */
  cell: CodeCell | null;
  answered: boolean;
}

export interface ChatbotCells {
  /** The lines for this chunk; '' for none. What is not `typed` of an open cell is typed with a later chunk, from its start. */
  next(chunk: UIMessageChunk, typed: boolean): string;
  /** Ends the cells that nothing more will come for. */
  close(): string;
}

/**
 * The tool calls of a turn as seed 004 shows them. Its clients glue lines of one variant together, whatever their id: `hint`, a line that
 * they skip, goes before and between outputs and pictures, and one cell is typed at a time, the next when it is complete.
 */
export function chatbotCells(hint: string): ChatbotCells {
  const calls = new Map<string, KnownCall>();

  function know(toolCallId: string, toolName: string): KnownCall {
    const known = calls.get(toolCallId);
    if (known) return known;
    const call = { toolName, cell: isCodeTool(toolName) ? codeCell() : null, answered: false };
    calls.set(toolCallId, call);
    return call;
  }

  function type(id: string): string {
    const fragments = calls.get(id)?.cell?.take() ?? [];
    return fragments.map((fragment) => chatbotLine('Code', fragment, id)).join('');
  }

  function isOtherOpen(id: string): boolean {
    return [...calls].some(([otherId, { cell }]) => otherId !== id && cell?.isOpen());
  }

  function answer(id: string, read: (toolName: string) => CodeResult): string {
    const call = calls.get(id);
    if (!call?.cell || call.answered) return '';
    call.answered = true;
    const { text, images, json } = read(call.toolName);
    const pictures = images.map((image, index) => imageLines(image, `${id}_${index}`)).join(hint);
    const data = json.length > 0 ? hint + chatbotLine('CodeOutput', lines(json), `${id}:json`) : '';
    return hint + chatbotLine('CodeOutput', text, id) + pictures + data;
  }

  function fail(id: string, reason: string): string {
    return answer(id, (toolName) => onlyText(codeFailure(toolName, reason)));
  }

  function close(): string {
    const open = [...calls].filter(([, { cell }]) => cell?.isOpen());
    for (const [id] of open) calls.delete(id);
    return open.map(([id]) => hint + chatbotLine('CodeOutput', '', id)).join('');
  }

  return {
    close,
    next(chunk, typed) {
      switch (chunk.type) {
        case 'tool-input-start':
          know(chunk.toolCallId, chunk.toolName);
          return '';
        case 'tool-input-delta':
          calls.get(chunk.toolCallId)?.cell?.write(chunk.inputTextDelta);
          return typed && !isOtherOpen(chunk.toolCallId) ? type(chunk.toolCallId) : '';
        case 'tool-input-available':
        case 'tool-input-error': {
          const { toolCallId: id } = chunk;
          know(id, chunk.toolName).cell?.complete(chunk.input);
          return type(id) + hint + (chunk.type === 'tool-input-error' ? fail(id, chunk.errorText) : '');
        }
        case 'tool-output-available': {
          const { output } = chunk;
          return chunk.preliminary ? '' : answer(chunk.toolCallId, (toolName) => readCodeResult(toolName, output));
        }
        case 'tool-output-error':
          return fail(chunk.toolCallId, chunk.errorText);
        case 'tool-output-denied':
          return fail(chunk.toolCallId, 'The call was not allowed.');
        case 'reset-step':
          return close();
        default:
          return '';
      }
    },
  };
}

function imageLines(base64: string, id: string): string {
  const pieces: string[] = [];
  for (let from = 0; from < base64.length; from += IMAGE_PIECE_CHARACTERS) {
    pieces.push(chatbotLine('Image', base64.slice(from, from + IMAGE_PIECE_CHARACTERS), id));
  }
  return pieces.join('');
}
