import { AppError } from '../errors.ts';
import { FILE_CALLS_MAX, TIMERS_MAX } from './code-limits.ts';
import type { CodeFiles } from './code-runner.ts';

export type CallAnswer = string | ArrayBuffer;
export type CallOutcome = { value: CallAnswer } | { problem: string };

/** What code asks of the world and waits for. */
export interface SandboxCalls {
  /** A problem at once for what there is not, or not any more. It never rejects. */
  begin(kind: string, argument: string, content: string | Uint8Array): Promise<CallOutcome> | { problem: string };
  /** Files that are still being read or written: a run does not end before them. */
  openFileCalls(): number;
}

export interface CallServices {
  files: CodeFiles;
  wait(ms: number): Promise<void>;
  onError(error: unknown): void;
}

export function sandboxCalls({ files, wait, onError }: CallServices): SandboxCalls {
  let made = 0;
  let open = 0;
  let timers = 0;

  async function file(work: () => Promise<CallAnswer>): Promise<CallOutcome> {
    made += 1;
    open += 1;
    try {
      return { value: await work() };
    } catch (error) {
      if (error instanceof AppError && error.status < 500) return { problem: error.message };
      onError(error);
      return { problem: 'The files cannot be reached right now.' };
    } finally {
      open -= 1;
    }
  }

  async function sleep(ms: number): Promise<CallOutcome> {
    timers += 1;
    await wait(Number.isFinite(ms) ? Math.max(0, ms) : 0);
    timers -= 1;
    return { value: '' };
  }

  async function read(path: string): Promise<Uint8Array> {
    const bytes = await files.read(path);
    if (!bytes) throw new AppError('file_not_found', `There is no file \`${path}\`.`);
    return bytes;
  }

  return {
    openFileCalls: () => open,
    begin(kind, argument, content) {
      if (kind === 'sleep') {
        return timers < TIMERS_MAX
          ? sleep(Number(argument))
          : { problem: `There may be ${TIMERS_MAX} timers at once.` };
      }
      if (made >= FILE_CALLS_MAX) return { problem: `A run may use files ${FILE_CALLS_MAX} times.` };
      switch (kind) {
        case 'read':
          return file(async () => {
            const bytes = await read(argument);
            return content === 'text' ? new TextDecoder().decode(bytes) : bytes.slice().buffer;
          });
        case 'exists':
          return file(async () => String((await files.read(argument)) !== null));
        case 'write':
        case 'append':
          return file(async () => {
            const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
            await files[kind](argument, bytes);
            return '';
          });
        case 'list':
          return file(async () => JSON.stringify(await files.list(argument)));
        case 'remove':
          return file(async () => String(await files.remove(argument)));
        default:
          return { problem: 'There is no such call.' };
      }
    },
  };
}
