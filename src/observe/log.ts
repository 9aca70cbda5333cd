export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Structured log lines. Fields name ids, counts and times; never the content of messages, never a secret. */
export interface Log {
  (level: LogLevel, event: string, fields?: LogFields, cause?: unknown): void;
}

const RANK: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** One JSON object a line, on the console that the platform collects. */
export function consoleLog(threshold: LogLevel): Log {
  return (level, event, fields = {}, cause) => {
    if (RANK[level] < RANK[threshold]) return;
    const line = JSON.stringify({
      level,
      event,
      ...fields,
      ...(cause === undefined ? {} : { cause: describe(cause) }),
    });
    console[level](line);
  };
}

/** Names and messages along the chain of causes; a stack would only repeat bundled code. */
function describe(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return typeof error;
  const own = `${error.name}: ${error.message.slice(0, 300)}`;
  return error.cause === undefined || depth > 3 ? own : `${own} <- ${describe(error.cause, depth + 1)}`;
}
