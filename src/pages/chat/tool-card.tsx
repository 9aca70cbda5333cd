import { memo, type ReactNode } from 'react';
import type { DynamicToolUIPart, ToolUIPart } from 'ai';
import { ApprovalButtons } from './approval-buttons.tsx';
import { ChevronIcon, DoneIcon, FailedIcon, RunningIcon } from './icons.tsx';
import { toolViewOf, type ToolState } from './tool-view.ts';

const STATES: Record<ToolState, { label: string; icon: () => ReactNode }> = {
  running: { label: 'running', icon: RunningIcon },
  waiting: { label: 'waiting for approval', icon: RunningIcon },
  done: { label: 'done', icon: DoneIcon },
  failed: { label: 'failed', icon: FailedIcon },
};

function Field({ name, text }: { name: string; text: string }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <pre dir="auto">{text}</pre>
      </dd>
    </>
  );
}

export const ToolCard = memo(function ToolCard({ part }: { part: ToolUIPart | DynamicToolUIPart }): ReactNode {
  const { name, server, state, brief, input, result } = toolViewOf(part);
  const { label, icon: StateIcon } = STATES[state];
  return (
    <>
      <details className="details-card tool-card" dir="ltr" data-state={state} open={state === 'waiting' || undefined}>
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
          <Field name="Input" text={input ?? 'none'} />
          {state !== 'running' && state !== 'waiting' && <Field name="Result" text={result ?? 'nothing'} />}
        </dl>
      </details>
      {part.state === 'approval-requested' && <ApprovalButtons approvalId={part.approval.id} toolName={name} />}
    </>
  );
});
