import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { savedHomesQuery } from '../api/saved-queries.ts';
import { useBadges } from '../badges/badge.ts';
import { plural } from '../format/facts.ts';
import { OwnPage } from '../session/own-page.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SavedHome } from './saved-home.tsx';
import { leavingHomes, removeHome } from './saved-homes.ts';

const column = 'column mx-auto max-w-5xl px-5 pt-8 pb-32 md:pt-12';

/** The homes that somebody keeps an eye on. */
export function SavedPage() {
  const skeleton = (
    <div className={column}>
      <SavedSkeleton />
    </div>
  );
  return (
    <OwnPage title="Saved homes" skeleton={skeleton}>
      {() => (
        <div className={column}>
          <SavedHomes />
        </div>
      )}
    </OwnPage>
  );
}

function SavedHomes() {
  const saved = useInfiniteQuery(savedHomesQuery);
  const leaving = useSyncExternalStore(leavingHomes.subscribe, leavingHomes.get);
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const isThere = saved.data !== undefined;
  useBadges(saved.data?.pages.flatMap((page) => page.items.filter(({ listing }) => listing !== null)) ?? []);
  useEffect(() => {
    if (isThere) heading.current?.focus({ preventScroll: true });
  }, [isThere]);
  if (!saved.data) {
    if (!saved.isError) return <SavedSkeleton />;
    return (
      <LoadFailure title="Your saved homes could not be loaded" error={saved.error} isPage onRetry={saved.refetch} />
    );
  }

  const items = saved.data.pages.flatMap((page) => page.items);
  const shown = items.filter(({ id }) => !leaving.has(id));
  const total = Math.max(0, (saved.data.pages.at(-1)?.total ?? 0) - (items.length - shown.length));

  function remove(id: string): void {
    // The button that was pressed goes away with its home: the focus goes on to the next.
    const rows = [...(list.current?.children ?? [])];
    const i = shown.findIndex((home) => home.id === id);
    const next = rows[i + 1] ?? rows[i - 1];
    (next instanceof HTMLElement ? next : heading.current)?.focus({ preventScroll: true });
    removeHome(id);
  }

  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold outline-none">
        Saved homes
      </h1>
      {total === 0 ? (
        <NothingSaved />
      ) : (
        <p className="mt-1 mb-6 text-sm text-muted">{plural(total, 'home')}, the last saved first</p>
      )}
      <ol ref={list} aria-label="Saved homes">
        {shown.map((home) => (
          <SavedHome key={home.id} saved={home} onRemove={remove} />
        ))}
      </ol>
      {saved.isFetchNextPageError && (
        <p role="alert" className="mb-3 text-sm text-worse">
          The next homes could not be loaded.
        </p>
      )}
      {saved.hasNextPage && (
        <Button
          className="w-full"
          aria-disabled={saved.isFetchingNextPage}
          onClick={() => saved.isFetchingNextPage || saved.fetchNextPage()}
        >
          {saved.isFetchingNextPage ? 'Loading more …' : 'Load more'}
        </Button>
      )}
    </>
  );
}

function NothingSaved() {
  return (
    <div className="mt-3 flex max-w-md flex-col items-start gap-5">
      <p className="text-base text-muted">
        None yet. The heart on a home puts it here, where you can note what you think of it, see what becomes of its
        price, and compare it with others.
      </p>
      <Link to="/" className={buttonClass('primary')}>
        See homes on the map
      </Link>
    </div>
  );
}

function SavedSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">Loading your saved homes</span>
      <Skeleton className="h-9 w-52" />
      {[1, 2, 3].map((i) => (
        <div
          key={i}
          className="mt-8 grid gap-6 md:grid-cols-[180px_minmax(0,1fr)_240px] lg:grid-cols-[220px_minmax(0,1fr)_320px]"
        >
          <Skeleton className="aspect-4/3 rounded-card" />
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
        </div>
      ))}
    </div>
  );
}
