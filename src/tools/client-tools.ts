import { jsonSchema, tool, type ToolSet } from 'ai';

/** A function that a client offers to the model and runs itself. */
export interface ClientFunction {
  name: string;
  description?: string | undefined;
  /** JSON Schema. */
  parameters?: Record<string, unknown> | undefined;
  strict?: boolean | undefined;
}

/** Tools that nobody here can run: a call of one ends the turn's answer, and its client goes on with it. */
export function clientTools(functions: readonly ClientFunction[]): ToolSet {
  return Object.fromEntries(
    functions.map(({ name, description, parameters = {}, strict }) => [
      name,
      tool({
        ...(description !== undefined && { description }),
        ...(strict !== undefined && { strict }),
        inputSchema: jsonSchema({ type: 'object', ...parameters }),
      }),
    ]),
  );
}
