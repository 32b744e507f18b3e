import type { ListingItem } from '@viewora/contracts/listing';
import type { Badge, RankingReason } from '@viewora/contracts/ranking';
import type { ReactNode } from 'react';
import { HomeCard } from '../listing/home-card.tsx';

interface RankedHomeProps {
  home: ListingItem;
  badge: Badge | null;
  /** Why it stands where it stands. */
  children: ReactNode;
}

export function RankedHome({ home, badge, children }: RankedHomeProps) {
  return (
    <article aria-label={home.title}>
      <HomeCard home={home} trail={null} badge={badge} />
      <div className="mt-3 border-t border-hairline pt-3">{children}</div>
    </article>
  );
}

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

interface WideBarProps {
  name: string;
  figure: number;
  /** Of all cards: their bars compare. */
  most: number;
  isMain?: boolean;
}

/** From zero. */
export function WideBar({ name, figure, most, isMain = false }: WideBarProps) {
  return (
    <div className="flex items-center gap-2">
      <dt className="w-12 shrink-0 text-muted">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-center gap-2">
        <span className="min-w-0 flex-1">
          <span
            aria-hidden
            style={{ width: `${most > 0 ? (figure / most) * 100 : 0}%` }}
            className={`block h-3.5 min-w-px rounded-r-[3px] ${isMain ? 'bg-accent' : 'bg-edge'}`}
          />
        </span>
        <span className="w-10 shrink-0 text-right font-semibold">{number.format(figure)}</span>
      </dd>
    </div>
  );
}

/** All that its place in the list comes from, as it was worked out. */
export function Reasons({ of, reasons }: { of: string; reasons: readonly RankingReason[] }) {
  return (
    <details className="mt-1">
      <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-sm text-xs text-muted underline-offset-4 hover:text-ink hover:underline">
        How this is worked out<span className="sr-only"> for {of}</span>
      </summary>
      <ul className="grid gap-1 text-xs text-muted">
        {reasons.map(({ kind, text }) => (
          <li key={kind}>{text}</li>
        ))}
      </ul>
    </details>
  );
}
