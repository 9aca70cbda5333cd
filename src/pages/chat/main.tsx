// It comes first because the SDK's schemas are made when their modules load.
// oxlint-disable-next-line import/no-unassigned-import
import './without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ChatPage } from './chat-page.tsx';
import { PageErrorBoundary } from './page-error-boundary.tsx';

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root.');

createRoot(root).render(
  <StrictMode>
    <PageErrorBoundary>
      <ChatPage />
    </PageErrorBoundary>
  </StrictMode>,
);
