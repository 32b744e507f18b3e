import { useMutation } from '@tanstack/react-query';
import { AppError } from '@viewora/contracts/errors';
import { useEffect, useRef, useState } from 'react';
import { forgetPasskeyCeremony, hasPasskeySuggestions, isGivenUp, signInWithPasskey } from '../session/passkey.ts';
import { sessionChanged } from '../session/session.ts';

/** A ceremony's ticket is good for five minutes. */
const renewEveryMs = 4 * 60_000;

/** Signing in with a passkey: among the suggestions of the e-mail field, and by a button. */
export function usePasskeySignIn() {
  const [refusal, setRefusal] = useState<Error | null>(null);
  const [round, setRound] = useState(0);
  const isAsking = useRef(false);
  const asking = useMutation({
    mutationFn: () => signInWithPasskey({ isSuggested: false, isStillWanted: () => true }),
    onMutate: () => {
      isAsking.current = true;
      setRefusal(null);
    },
    onSuccess: sessionChanged,
    onSettled: () => {
      isAsking.current = false;
      // The browser's dialog took the suggestions' place.
      setRound((count) => count + 1);
    },
  });

  useEffect(() => {
    let isOver = false;
    const suggest = async () => {
      const isStillWanted = () => !isOver && !isAsking.current;
      try {
        if (!(await hasPasskeySuggestions()) || !isStillWanted()) return;
        if (await signInWithPasskey({ isSuggested: true, isStillWanted })) await sessionChanged();
      } catch (error) {
        // What nobody asked for is not missed; what was chosen and refused is told.
        if (!isOver && isRefused(error)) setRefusal(error);
      }
    };
    void suggest();
    const timer = setInterval(suggest, renewEveryMs);
    return () => {
      isOver = true;
      clearInterval(timer);
      void forgetPasskeyCeremony();
    };
  }, [round]);

  const failure = refusal ?? asking.error;
  return {
    ask: () => isAsking.current || asking.mutate(),
    isPending: asking.isPending,
    failure: isGivenUp(failure) ? null : failure,
  };
}

function isRefused(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'unauthenticated' || error.code === 'forbidden');
}
