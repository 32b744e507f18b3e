import { useEffect, useRef } from 'react';
import { ownNarrowColumn } from '../session/own-page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { CountingChoice } from './counting-choice.tsx';

const skipTargets = [{ id: 'privacy', label: 'Skip to the page' }];

/** What visits are counted for, and the way not to be counted. */
export function PrivacyPage() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = 'Privacy – Viewora';
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader />
      <main id="privacy" tabIndex={-1} className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto outline-none">
        <div className={ownNarrowColumn}>
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold outline-none">
            Privacy
          </h1>
          <h2 className="mt-8 text-lg font-semibold">Counting visits</h2>
          <div className="mt-3 flex flex-col gap-3 text-base">
            <p>
              We count how often each home is looked at, seen in a list, shared and saved. The seller sees the figures,
              and some of them stand on the home’s page. Nobody sees who it was, and nothing goes to anybody else.
            </p>
            <p>
              So that one visitor is not counted as many, this browser keeps a random number. It is made when you first
              look at a home, says nothing about you, and is replaced after 90 days. Our servers keep a scrambled form
              of it, and neither your address nor your browser’s name.
            </p>
          </div>
          <CountingChoice />
        </div>
      </main>
    </>
  );
}
