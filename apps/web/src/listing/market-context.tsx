import { useQuery } from '@tanstack/react-query';
import type { ListingDetail } from '@viewora/contracts/listing';
import { similarQuery } from '../api/property-queries.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { pricePerArea } from './fact-rows.ts';
import { Section } from './section.tsx';

const fewest = 3;
const title = 'What the area costs';

/** What an area costs here and in the similar homes: two bars from zero. Not shown for too few homes to mean anything. */
export function MarketContext({ listing }: { listing: ListingDetail }) {
  const similar = useQuery(similarQuery(listing.id));
  const own = pricePerArea(listing);
  const others = (similar.data?.items ?? [])
    .filter(({ currency }) => currency === listing.currency)
    // Counted in this home's unit, or the two would not compare.
    .map((home) => pricePerArea({ ...home, areaUnit: listing.areaUnit }))
    .filter((price) => price !== null)
    .sort((a, b) => a.amount - b.amount);
  // Its place is kept while the answer is on its way, so that what is below does not move.
  if (own && similar.isPending) {
    return (
      <Section title={title}>
        <Skeleton className="h-38" />
      </Section>
    );
  }
  const middle = others[Math.floor(others.length / 2)];
  if (!own || !middle || others.length < fewest) return null;
  const most = Math.max(own.amount, middle.amount);
  return (
    <Section title={title}>
      <dl className="flex flex-col gap-3 text-sm">
        <Bar name="This home" text={own.text} share={own.amount / most} isOwn />
        <Bar
          name={`The middle of ${others.length} similar homes`}
          text={middle.text}
          share={middle.amount / most}
          isOwn={false}
        />
      </dl>
      <p className="mt-3 text-xs text-muted">Asking prices divided by area, from the similar homes shown below.</p>
    </Section>
  );
}

function Bar({ name, text, share, isOwn }: { name: string; text: string; share: number; isOwn: boolean }) {
  return (
    <div>
      <dt className="mb-1 text-muted">{name}</dt>
      <dd className="flex items-center gap-3">
        <span
          aria-hidden
          className="h-6 rounded-r-sm"
          style={{ width: `${share * 68}%`, background: isOwn ? 'var(--accent)' : 'var(--edge)' }}
        />
        <span className="font-semibold whitespace-nowrap">{text}</span>
      </dd>
    </div>
  );
}
