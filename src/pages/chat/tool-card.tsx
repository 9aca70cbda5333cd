import { memo, type ReactNode } from 'react';
import type { DynamicToolUIPart, ToolUIPart } from 'ai';
import { ApprovalButtons } from './approval-buttons.tsx';
import { CodeFields } from './code-fields.tsx';
import { codeViewOf } from './code-view.ts';
import { ChevronIcon, DoneIcon, FailedIcon, RunningIcon } from './icons.tsx';
import { ToolField } from './tool-field.tsx';
import { toolViewOf, type ToolState } from './tool-view.ts';

const STATES: Record<ToolState, { label: string; icon: () => ReactNode }> = {
  running: { label: 'running', icon: RunningIcon },
  waiting: { label: 'waiting for approval', icon: RunningIcon },
  done: { label: 'done', icon: DoneIcon },
  failed: { label: 'failed', icon: FailedIcon },
};

export const ToolCard = memo(function ToolCard({ part }: { part: ToolUIPart | DynamicToolUIPart }): ReactNode {
  const { name, server, state, brief, input, result } = toolViewOf(part);
  const { label, icon: StateIcon } = STATES[state];
  const ended = state === 'done' || state === 'failed';
  const code = codeViewOf(part);
  // What is to be looked at is not hidden: a question, and pictures.
  const open = state === 'waiting' || (code !== null && code.pictures.length > 0);
  return (
    <>
      <details className="details-card tool-card" dir="ltr" data-state={state} open={open || undefined}>
        <summary>
          <span className="state-icon">
            <StateIcon />
          </span>
          <span className="tool-name">
            {server && <span className="tool-server">{server} / </span>}
            {name}
          </span>
          <span className="tool-brief" dir="auto">
            {brief}
          </span>
          <span className="tool-state">{label}</span>
          <ChevronIcon />
        </summary>
        <dl>
          {code ? (
            <CodeFields view={code} ended={ended} />
          ) : (
            <>
              <ToolField name="Input" text={input ?? 'none'} />
              {ended && <ToolField name="Result" text={result ?? 'nothing'} />}
            </>
          )}
        </dl>
      </details>
      {part.state === 'approval-requested' && <ApprovalButtons approvalId={part.approval.id} toolName={name} />}
    </>
  );
});
