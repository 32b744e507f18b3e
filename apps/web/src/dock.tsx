import { lazy, Suspense } from 'react';
import { useLocation } from 'react-router';
import { usePicked } from './compare/picked-homes.ts';
import { ToastRegion } from './ui/toast.tsx';

const CompareTray = lazy(() =>
  import('./compare/compare-tray.tsx').then((module) => ({ default: module.CompareTray })),
);

/** Where homes can be picked. */
const trayPaths = /^\/($|homes\/|saved$|trending$|people\/)/;
/** On a phone these have a bar of their own at the foot. */
const barPaths = /^\/($|homes\/)/;
/** There the next question is written at the foot, whatever the screen. */
const askPaths = /^\/advisor(\/|$)/;

/** What lies over the foot of every page: what was just done, and below it the homes to compare. */
export function Dock() {
  const { pathname } = useLocation();
  const picked = usePicked();
  return (
    <div
      className={`pointer-events-none absolute inset-x-3 flex flex-col items-center gap-3 md:inset-x-5 md:items-start ${footOf(pathname)}`}
    >
      <ToastRegion />
      {picked.length > 0 && trayPaths.test(pathname) && (
        <Suspense>
          <CompareTray picked={picked} />
        </Suspense>
      )}
    </div>
  );
}

function footOf(pathname: string): string {
  if (askPaths.test(pathname)) return 'bottom-24';
  return barPaths.test(pathname) ? 'bottom-21 md:bottom-5' : 'bottom-5';
}
