import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** The last resort: a page that cannot be drawn says so, instead of being blank. */
export class PageFailure extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="grid h-dvh place-items-center">
        <Notice
          role="alert"
          title="This page could not be shown"
          isPage
          action={
            <Button look="primary" onClick={() => window.location.reload()}>
              Reload the page
            </Button>
          }
        >
          A part of it did not load, or failed. Your search is kept in the address.
        </Notice>
      </main>
    );
  }
}
