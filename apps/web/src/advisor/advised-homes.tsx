import type { AdvisedListing } from '@viewora/contracts/answer';
import { Link } from 'react-router';
import { formatPriceShort } from '../format/money.ts';
import { HomeActions } from '../listing/home-card.tsx';
import type { Spotlight } from '../map/spotlight.ts';
import { CardFace } from '../results/listing-card.tsx';
import { usePointing } from '../results/use-pointing.ts';
import { WhyThisOne } from './why-this-one.tsx';

interface AdvisedHomesProps {
  homes: readonly AdvisedListing[];
  spotlight: Spotlight;
  selected: string | null;
}

/** The homes of an answer, the best first, in a row that goes by under the thumb: what is said below stays where it is. */
export function AdvisedHomes({ homes, spotlight, selected }: AdvisedHomesProps) {
  return (
    <ol
      aria-label="Homes"
      className="scroll-quiet -mx-5 flex snap-x scroll-px-5 items-start gap-4 overflow-x-auto px-5 pt-1 pb-3"
    >
      {homes.map((home) => (
        <li key={home.id} className="w-48 shrink-0 snap-start md:w-52">
          <AdvisedCard home={home} spotlight={spotlight} isSelected={home.id === selected} />
        </li>
      ))}
    </ol>
  );
}

interface AdvisedCardProps {
  home: AdvisedListing;
  spotlight: Spotlight;
  isSelected: boolean;
}

function AdvisedCard({ home, spotlight, isSelected }: AdvisedCardProps) {
  const { isLifted, pointing } = usePointing(home, spotlight);
  return (
    <div {...pointing} className="group relative">
      <Link to={`/homes/${home.id}`} data-card={home.id} className="block rounded-card">
        <CardFace
          listing={home}
          price={formatPriceShort(home.priceMinor, home.currency)}
          outline={isSelected ? 'outline-3' : isLifted ? 'outline-2' : ''}
        />
      </Link>
      <HomeActions home={home} />
      {/* What a card keeps free for a second line of its facts is not needed here. */}
      <div className="-mt-2">
        <WhyThisOne title={home.title} reasons={home.reasons} />
      </div>
    </div>
  );
}
