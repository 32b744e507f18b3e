import type { ListingDetail } from '@viewora/contracts/listing';
import { ArrowLeft } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { mapAddress } from './map-address.ts';
import { useStepsFromResults } from './trail.ts';

const look = 'flex min-h-11 items-center gap-2 rounded-sm px-1 md:min-h-10 text-sm font-semibold hover:text-accent';

/** Back to the results exactly as they were; for whoever came by a link, to the homes around this one. */
export function BackLink({ listing }: { listing: ListingDetail | null }) {
  const navigate = useNavigate();
  const steps = useStepsFromResults();
  if (steps > 0) {
    return (
      <button type="button" className={look} onClick={() => navigate(-steps)}>
        <ArrowLeft size={16} aria-hidden /> Back to results
      </button>
    );
  }
  return (
    <Link to={mapAddress(listing)} className={look}>
      <ArrowLeft size={16} aria-hidden /> Homes nearby
    </Link>
  );
}
