import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { formatWait } from '../format/dates.ts';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { useSecondsUntil } from '../ui/use-seconds-until.ts';

const pauseMs = 30_000;

interface ResendButtonProps {
  send: () => Promise<unknown>;
  /** What is sent: "mail", "code". */
  what: string;
  /** Whether one has only just been sent, so that the pause has begun. */
  isJustSent: boolean;
}

/** Mails something once more, with a pause in which the last one can arrive. */
export function ResendButton({ send, what, isJustSent }: ResendButtonProps) {
  const [pausedUntil, setPausedUntil] = useState(() => (isJustSent ? Date.now() + pauseMs : 0));
  const left = useSecondsUntil(pausedUntil);
  const sending = useMutation({ mutationFn: send, onSuccess: () => setPausedUntil(Date.now() + pauseMs) });
  const isResting = left > 0 || sending.isPending;
  return (
    <div className="flex flex-col gap-2">
      <Button
        aria-disabled={isResting}
        onClick={() => isResting || sending.mutate()}
        className="w-full tabular-nums aria-disabled:text-muted aria-disabled:hover:bg-surface"
      >
        {left > 0 ? `Send the ${what} again in ${formatWait(left)}` : `Send the ${what} again`}
      </Button>
      <p role="status" className="text-sm text-muted empty:hidden">
        {sending.isSuccess && 'Sent. It can take a minute to arrive.'}
      </p>
      {sending.isError && <FormFailure error={sending.error} />}
    </div>
  );
}
