import { AppError } from '../errors.ts';
import type { ContextPart } from './context-part.ts';
import type { ToolDirectory } from './tool-directory.ts';
import { readToolResult, toolResultPartSchema } from './tool-result.ts';

/** What a message wants to bring along: a prompt under the name that the directory has it by, and resources. */
export interface WantedContext {
  prompt: { name: string; arguments: Record<string, string> } | undefined;
  resources: readonly string[];
}

type Source = ContextPart['data']['from'];
type Piece = { from: Source; content: unknown };

/**
 * The wanted pieces, the prompt's first, cut to what one result of a tool may have, all together. Throws the directory's AppError with the
 * field of the request that asked for what is not to be had.
 */
export async function fetchContext(directory: ToolDirectory, wanted: WantedContext): Promise<ContextPart[]> {
  const prompt = wanted.prompt ? [namingField('options.prompt', promptPieces(directory, wanted.prompt))] : [];
  const resources = wanted.resources.map((uri, index) =>
    namingField(`options.resources.${index}`, resourcePieces(directory, uri)),
  );
  const found = (await Promise.all([...prompt, ...resources])).flat();
  // Kinds of content that we do not know are left out.
  const pieces = found.filter(({ content }) => toolResultPartSchema.safeParse(content).success);
  const { content } = readToolResult({ content: pieces.map((piece) => piece.content) });
  return content.flatMap((part, index) => {
    const from = pieces[index]?.from;
    return from ? [{ type: 'data-context' as const, data: { from, content: part } }] : [];
  });
}

async function promptPieces(
  directory: ToolDirectory,
  { name, arguments: input }: NonNullable<WantedContext['prompt']>,
): Promise<Piece[]> {
  const { messages } = await directory.getPrompt(name, input);
  return messages.map(({ role, content }) => ({
    from: { kind: 'prompt', name },
    content:
      role === 'assistant' && content.type === 'text' ? { ...content, text: `Assistant: ${content.text}` } : content,
  }));
}

async function resourcePieces(directory: ToolDirectory, uri: string): Promise<Piece[]> {
  const { contents } = await directory.readResource(uri);
  return contents.map((resource) => ({ from: { kind: 'resource', uri }, content: { type: 'resource', resource } }));
}

async function namingField<T>(field: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const details = { ...error.details, field };
    throw new AppError(error.code, `${field}: ${error.message}`, { details, cause: error.cause });
  }
}
