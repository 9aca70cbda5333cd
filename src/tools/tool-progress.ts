import { PROGRESS_MAX, PROGRESS_MESSAGE_MAX_CHARACTERS } from './tool-limits.ts';

/** How far a running call is. Units are the tool's own; `total` is missing when it does not know. */
export interface ToolProgress {
  progress: number;
  total?: number;
  message?: string;
}

/** What is passed on of one call's progress: a server could send it without end, and every piece is journaled. */
export function limitedProgress(
  show: (progress: ToolProgress) => void,
): (progress: { progress: number; total?: number | undefined; message?: string | undefined }) => void {
  let shown = 0;
  return ({ progress, total, message }) => {
    shown += 1;
    if (shown > PROGRESS_MAX) return;
    show({
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message: message.slice(0, PROGRESS_MESSAGE_MAX_CHARACTERS).toWellFormed() }),
    });
  };
}
