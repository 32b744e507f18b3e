import type { ListingItem } from '@viewora/contracts/listing';
import type { Badge, RankingReason } from '@viewora/contracts/ranking';
import { ChevronRight } from 'lucide-react';
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

interface WideBarProps {
  name: string;
  figure: number;
  text: string;
  /** Of all cards: their bars compare. */
  most: number;
  /** A figure to be told from the bar. */
  mark?: number;
}

/** From zero. */
export function WideBar({ name, figure, text, most, mark }: WideBarProps) {
  const width = (part: number) => `${most > 0 ? (part / most) * 100 : 0}%`;
  return (
    <div className="flex items-center gap-2">
      <dt className="w-11 shrink-0 text-muted">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-center gap-2">
        <span aria-hidden className="relative h-3.5 min-w-0 flex-1">
          <span style={{ width: width(figure) }} className="block h-full min-w-px rounded-r-[3px] bg-accent" />
          {mark !== undefined && (
            <span style={{ left: width(mark) }} className="absolute -inset-y-1 w-0.5 -translate-x-1/2 bg-ink" />
          )}
        </span>
        <span className="w-10 shrink-0 text-right font-semibold">{text}</span>
      </dd>
    </div>
  );
}

/** All that its place in the list comes from, as it was worked out. */
export function Reasons({ of, reasons }: { of: string; reasons: readonly RankingReason[] }) {
  return (
    <details className="group/reasons mt-1">
      <summary className="inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-sm text-xs text-muted underline-offset-4 hover:text-ink hover:underline">
        <ChevronRight size={14} aria-hidden className="transition-transform group-open/reasons:rotate-90" />
        <span>
          How this is worked out<span className="sr-only"> for {of}</span>
        </span>
      </summary>
      <ul className="grid gap-1 text-xs text-muted">
        {reasons.map(({ kind, text }) => (
          <li key={kind}>{text}</li>
        ))}
      </ul>
    </details>
  );
}
