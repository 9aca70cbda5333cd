import type { PromptSet } from '../prompts/prompt-library.ts';
import type { Offers, OfferedTool } from '../tools/tool-directory.ts';

export const toolBody = ({ name, title, description, inputSchema, server, annotations }: OfferedTool) => ({
  name,
  title: title ?? null,
  description: description ?? null,
  input_schema: inputSchema,
  server,
  annotations: annotations ?? {},
});

interface Resource {
  name: string;
  title?: string | undefined;
  description?: string | undefined;
  mimeType?: string | undefined;
  size?: number | undefined;
}

export const resourceBody = ({ server, item }: Offers<Resource & { uri: string }>['found'][number]) => ({
  uri: item.uri,
  ...about(item),
  size: item.size ?? null,
  server,
});

export const templateBody = ({ server, item }: Offers<Resource & { uriTemplate: string }>['found'][number]) => ({
  uri_template: item.uriTemplate,
  ...about(item),
  server,
});

function about({ name, title, description, mimeType }: Resource) {
  return { name, title: title ?? null, description: description ?? null, mime_type: mimeType ?? null };
}

interface Prompt extends Pick<Resource, 'name' | 'title' | 'description'> {
  arguments?: { name: string; description?: string | undefined; required?: boolean | undefined }[] | undefined;
}

export const promptBody = ({ server, item }: Offers<Prompt>['found'][number]) => ({
  name: item.name,
  title: item.title ?? null,
  description: item.description ?? null,
  arguments: (item.arguments ?? []).map(({ name, description, required }) => ({
    name,
    description: description ?? null,
    required: required ?? false,
  })),
  server,
});

/** A set of our own library, which sessions name by `prompt`. */
export const promptSetBody = ({ name, examples }: PromptSet) => ({ name, examples: examples.length });
