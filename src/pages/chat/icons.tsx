import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const SendIcon = (): ReactNode => (
  <Icon>
    <path d="M10 16V4.5M4.8 9.4 10 4.2l5.2 5.2" />
  </Icon>
);

export const StopIcon = (): ReactNode => (
  <Icon>
    <rect className="filled" x="5.5" y="5.5" width="9" height="9" rx="1.5" />
  </Icon>
);

export const DownIcon = (): ReactNode => (
  <Icon>
    <path d="M10 4v11.5M4.8 10.6 10 15.8l5.2-5.2" />
  </Icon>
);

export const NewIcon = (): ReactNode => (
  <Icon>
    <path d="M10 4.5v11M4.5 10h11" />
  </Icon>
);

export const DoneIcon = (): ReactNode => (
  <Icon>
    <path d="m4.8 10.6 3.4 3.4 7-7.6" />
  </Icon>
);

export const FailedIcon = (): ReactNode => (
  <Icon>
    <path d="M10 5v6M10 14.6v.1" />
  </Icon>
);

export const RunningIcon = (): ReactNode => (
  <Icon>
    <circle className="track" cx="10" cy="10" r="6.5" />
    <path className="turning" d="M10 3.5a6.5 6.5 0 0 1 6.5 6.5" />
  </Icon>
);

export const ChevronIcon = (): ReactNode => (
  <Icon>
    <path d="m7.5 5 5 5-5 5" />
  </Icon>
);

export const Mark = (): ReactNode => (
  <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="8" />
    <path d="M9 23V9h14M9 16h9M9 23h5" />
    <circle cx="21.5" cy="23" r="2.2" />
  </svg>
);
