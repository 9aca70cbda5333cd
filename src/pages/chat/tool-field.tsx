import type { ReactNode } from 'react';

interface ToolFieldProps {
  name: string;
  text: string;
  /** Code is written from left to right, whatever is said in it. */
  isCode?: boolean;
  isError?: boolean;
}

export function ToolField({ name, text, isCode = false, isError = false }: ToolFieldProps): ReactNode {
  return (
    <>
      <dt data-error={isError || undefined}>{name}</dt>
      <dd>
        <pre dir={isCode ? 'ltr' : 'auto'} data-error={isError || undefined}>
          {isCode ? <code>{text}</code> : text}
        </pre>
      </dd>
    </>
  );
}
