import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { block, unblock } from './block-acts.ts';
import type { Subject } from './blocking.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { listingBlockReasons, userBlockReasons } from './words.ts';

/** What a block does, by what is blocked. */
export const blockWords: Record<Subject['kind'], { does: string; reasons: readonly string[]; many: string }> = {
  user: {
    does: 'They are signed out everywhere at once and cannot sign in until you unblock them. They are told why by mail.',
    reasons: userBlockReasons,
    many: 'people',
  },
  listing: {
    does: 'It goes from search and everybody’s sight at once. Its owner is told why by mail and cannot undo it.',
    reasons: listingBlockReasons,
    many: 'listings',
  },
};

interface BlockButtonProps {
  subject: Subject;
  isBlocked: boolean;
  /** Why it is blocked. */
  reason: string | null;
  look?: 'plain' | 'quiet';
  className?: string;
}

/** Blocks, after it has been asked why; or takes the block back. One button, so that the focus stays where it is. */
export function BlockButton({ subject, isBlocked, reason, look = 'quiet', className = '' }: BlockButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { does, reasons } = blockWords[subject.kind];
  const verb = isBlocked ? 'Unblock' : 'Block';
  return (
    <>
      <Button
        look={look}
        aria-label={`${verb} ${subject.name}`}
        className={className}
        onClick={() => (isBlocked ? void unblock(subject, reason) : setIsAsking(true))}
      >
        {verb}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={`Block ${subject.name}?`}
          picks={reasons}
          action="Block"
          pending="Blocking …"
          send={(why) => {
            setIsAsking(false);
            void block(subject, why);
          }}
          onClose={() => setIsAsking(false)}
        >
          {does}
        </ReasonDialog>
      )}
    </>
  );
}
