import { useQuery } from '@tanstack/react-query';
import type { SimilarListing } from '@viewora/contracts/property';
import { similarQuery } from '../api/property-queries.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { HomeCard } from './home-card.tsx';
import { Retry } from './price-history.tsx';
import { Section } from './section.tsx';
import { type Trail, useTrailOnwards } from './trail.ts';

const placeholders = [1, 2, 3];

export function SimilarHomes({ id }: { id: string }) {
  const similar = useQuery(similarQuery(id));
  const trail = useTrailOnwards();
  if (similar.data?.items.length === 0) return null;
  return (
    <Section title="Similar homes">
      {similar.isError && !similar.data ? (
        <Retry text="Similar homes could not be loaded." onRetry={() => similar.refetch()} />
      ) : (
        <ul className="grid grid-cols-2 gap-x-4 gap-y-6 md:grid-cols-3 md:gap-x-5">
          {similar.data
            ? similar.data.items.map((home) => <SimilarHome key={home.id} home={home} trail={trail} />)
            : placeholders.map((i) => <Skeleton key={i} className="aspect-4/3 rounded-card" />)}
        </ul>
      )}
    </Section>
  );
}

function SimilarHome({ home, trail }: { home: SimilarListing; trail: Trail | null }) {
  return (
    <li>
      <HomeCard home={home} trail={trail}>
        {home.reasons.length > 0 && <p className="mt-1.5 text-xs text-muted">Why: {home.reasons.join(', ')}</p>}
      </HomeCard>
    </li>
  );
}
