import type { OwnListing } from '@viewora/contracts/own-listing';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ShareButton } from '../listing/share-button.tsx';
import { buttonClass } from '../ui/button.tsx';

/** Before the first visit: why there is nothing, and what brings somebody. */
export function NoFigures({ listing: { id, title, status, isBlocked } }: { listing: OwnListing }) {
  if (isBlocked) {
    return (
      <Empty title="Nobody can see it now">
        <p>An administrator has blocked it. Nothing is counted until that is over.</p>
      </Empty>
    );
  }
  if (status !== 'published') {
    return (
      <Empty
        title={status === 'sold' ? 'It was sold before anybody’s visit was counted' : 'Only you can see it now'}
        action={
          status !== 'sold' && (
            <Link to={`/sell/${id}/edit?step=review`} className={buttonClass('primary')}>
              {status === 'draft' ? 'Review and publish' : 'Put it back on the market'}
            </Link>
          )
        }
      >
        {status !== 'sold' && <p>Its figures begin with its first day on the market.</p>}
      </Empty>
    );
  }
  return (
    <Empty
      title="Nobody has looked at it yet"
      action={
        <div className="w-40">
          <ShareButton title={title} path={`/homes/${id}`} />
        </div>
      }
    >
      <p>
        The first visit stands here within two seconds; your own do not count. People find it by its place and price on
        the map: share the link with those who ask you, and see whether buyers look for what it says.
      </p>
    </Empty>
  );
}

interface EmptyProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

function Empty({ title, action, children }: EmptyProps) {
  return (
    <section className="mt-8 flex max-w-xl flex-col items-start gap-3 border-t border-hairline pt-6">
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="text-base text-muted">{children}</div>
      {action}
    </section>
  );
}
