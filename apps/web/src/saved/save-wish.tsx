import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { useUser } from '../session/session.ts';
import { wishHome } from './saved-homes.ts';
import { askedHome, askToSignIn, takeWish } from './sign-in-wish.ts';

const SignInPrompt = lazy(() => import('./sign-in-prompt.tsx').then((module) => ({ default: module.SignInPrompt })));

/** What a visitor's heart leads to: the question whether to sign in, and, once they have, the home saved. */
export function SaveWish() {
  const asked = useSyncExternalStore(askedHome.subscribe, askedHome.get);
  const userId = useUser()?.id;
  useEffect(() => {
    const wish = userId === undefined ? null : takeWish();
    if (wish !== null) void wishHome(wish);
  }, [userId]);
  if (asked === null) return null;
  return (
    <Suspense>
      <SignInPrompt id={asked} onClose={() => askToSignIn(null)} />
    </Suspense>
  );
}
