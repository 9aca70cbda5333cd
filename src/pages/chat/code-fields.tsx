import type { ReactNode } from 'react';
import type { CodeView } from './code-view.ts';
import { ToolField } from './tool-field.tsx';

interface CodeFieldsProps {
  view: CodeView;
  /** Whether the run has ended. */
  ended: boolean;
}

/** Inside of the card of a call that runs code: the code, what it showed, and where it failed. */
export function CodeFields({ view: { code, outputs, error, pictures }, ended }: CodeFieldsProps): ReactNode {
  const isEmpty = outputs.length === 0 && error === null && pictures.length === 0;
  return (
    <>
      <ToolField name="Code" text={code} isCode />
      {outputs.map(({ name, text }) => (
        <ToolField key={name} name={name} text={text} />
      ))}
      {error !== null && <ToolField name="Error" text={error} isCode isError />}
      {pictures.length > 0 && <Pictures addresses={pictures} />}
      {ended && isEmpty && <ToolField name="Output" text="nothing" />}
    </>
  );
}

function Pictures({ addresses }: { addresses: string[] }): ReactNode {
  return (
    <>
      <dt>{addresses.length === 1 ? 'Picture' : 'Pictures'}</dt>
      <dd className="code-pictures">
        {addresses.map((address, index) => (
          // A finished run's pictures stay as they are: the place is the identity.
          <img key={index} src={address} alt={`Picture ${index + 1} of ${addresses.length} that the code made`} />
        ))}
      </dd>
    </>
  );
}
