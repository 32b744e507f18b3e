import { AppError } from '@viewora/contracts/errors';
import { Link } from 'react-router';
import { buttonClass } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureText } from './failure-text.ts';

interface ListingFailureProps {
  /** Null where the address is no listing's, so that none was asked for. */
  error: Error | null;
  onRetry: () => unknown;
}

/** In place of one's own listing: there is no such one, or it could not be loaded. */
export function ListingFailure({ error, onRetry }: ListingFailureProps) {
  if (error && !(error instanceof AppError && error.code === 'not_found')) {
    return (
      <LoadFailure
        title="This listing could not be loaded"
        error={error}
        said={failureText(error)}
        isPage
        onRetry={onRetry}
      />
    );
  }
  return (
    <Notice
      title="You have no such listing"
      isPage
      action={
        <Link to="/sell" className={buttonClass('primary')}>
          See your listings
        </Link>
      }
    >
      The link is incomplete, or the listing is somebody else’s.
    </Notice>
  );
}
