import { Component, type ReactNode } from 'react';

/** The last resort when rendering itself throws: the conversation is on the server, so a reload brings it back. */
export class PageErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="page-message" role="alert">
        <p>Something in this page broke. The conversation itself is safe.</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          Reload the page
        </button>
      </main>
    );
  }
}
