import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { ResendButton } from './resend-button.tsx';

interface MailSentProps {
  send: () => Promise<unknown>;
  onChangeAddress: () => void;
  children: ReactNode;
}

/** What is next is in the mail; and what to do when it is not. */
export function MailSent({ send, onChangeAddress, children }: MailSentProps) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-base text-muted">{children}</p>
      <p className="text-sm text-muted">Nothing there? Look among the spam, or have it sent again.</p>
      <ResendButton what="mail" send={send} isJustSent />
      <Button look="quiet" onClick={onChangeAddress} className="self-center">
        Use another address
      </Button>
    </div>
  );
}
