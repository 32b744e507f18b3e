import { useInfiniteQuery } from '@tanstack/react-query';
import type { PublicProfile } from '@viewora/contracts/user';
import { useEffect, useRef } from 'react';
import { ownerListingsQuery } from '../api/people-queries.ts';
import { plural } from '../format/facts.ts';
import { HomeCard } from '../listing/home-card.tsx';
import { Retry } from '../listing/price-history.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Avatar } from './avatar.tsx';
import { RoleLine } from './role-line.tsx';

const placeholders = [1, 2, 3, 4];
const grid = 'grid grid-cols-2 gap-x-4 gap-y-7 md:grid-cols-3 md:gap-x-5 lg:grid-cols-4';

export function PersonView({ profile }: { profile: PublicProfile }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${profile.name} – Viewora`;
    heading.current?.focus({ preventScroll: true });
  }, [profile.name]);
  return (
    <div className="mx-auto max-w-6xl px-5 pt-8 pb-32 md:pt-12">
      <div className="flex items-center gap-4">
        <Avatar name={profile.name} className="size-14 text-lg" />
        <div className="min-w-0">
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold break-words outline-none">
            {profile.name}
          </h1>
          <RoleLine profile={profile} />
        </div>
      </div>
      <ForSale profile={profile} />
    </div>
  );
}

function ForSale({ profile }: { profile: PublicProfile }) {
  const listings = useInfiniteQuery(ownerListingsQuery(profile.id));
  const homes = listings.data?.pages.flatMap((page) => page.items);
  const total = listings.data?.pages.at(-1)?.total ?? 0;
  return (
    <section aria-labelledby="for-sale" className="mt-8 border-t border-hairline pt-7">
      <h2 id="for-sale" className="mb-5 text-lg font-semibold">
        {total > 0 ? `${plural(total, 'home')} for sale` : 'For sale'}
      </h2>
      {homes ? (
        <>
          {homes.length === 0 && <p className="text-base text-muted">Nothing at the moment.</p>}
          <ul className={grid}>
            {homes.map((home) => (
              <li key={home.id}>
                <HomeCard home={home} trail={null} />
              </li>
            ))}
          </ul>
        </>
      ) : listings.isError ? (
        <Retry text="The homes could not be loaded." onRetry={() => listings.refetch()} />
      ) : (
        <div className={grid}>
          {placeholders.map((i) => (
            <Skeleton key={i} className="aspect-4/3 rounded-card" />
          ))}
        </div>
      )}
      {listings.isFetchNextPageError && (
        <p role="alert" className="mt-6 text-sm text-worse">
          The next homes could not be loaded.
        </p>
      )}
      {listings.hasNextPage && (
        <Button
          className="mt-7 w-full"
          aria-disabled={listings.isFetchingNextPage}
          onClick={() => listings.isFetchingNextPage || listings.fetchNextPage()}
        >
          {listings.isFetchingNextPage ? 'Loading more …' : 'Load more'}
        </Button>
      )}
    </section>
  );
}
