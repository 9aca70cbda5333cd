import { describeError } from './describe-error.ts';

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
      ...(cause === undefined ? {} : { cause: describeError(cause) }),
    });
    console[level](line);
  };
}
