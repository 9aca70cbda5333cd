import { useContext, type ReactNode } from 'react';
import { PersonAnswersContext } from './person-answers.ts';

/** Under the card of a call that waits to be allowed. */
export function ApprovalButtons({ approvalId, toolName }: { approvalId: string; toolName: string }): ReactNode {
  const person = useContext(PersonAnswersContext);
  if (!person) return null;
  const say = (approved: boolean) => () => person.allow(approvalId, approved);
  return (
    <div className="person-question" role="group" aria-label={`Allow ${toolName}?`} dir="ltr">
      <p>Allow this call?</p>
      <button type="button" className="button" disabled={person.busy} onClick={say(true)}>
        Approve
      </button>
      <button type="button" className="button" disabled={person.busy} onClick={say(false)}>
        Deny
      </button>
    </div>
  );
}
