import type { ListingDetail } from '@viewora/contracts/listing';
import { Flag } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';

const ReportDialog = lazy(() => import('./report-dialog.tsx').then((module) => ({ default: module.ReportDialog })));

/** At the foot of a listing: for the few that need it, and in nobody's way. */
export function ReportLink({ listing }: { listing: ListingDetail }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
        className="flex min-h-11 items-center gap-2 rounded-sm text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
      >
        <Flag size={15} aria-hidden /> Report this listing
      </button>
      {isOpen && (
        <Suspense>
          <ReportDialog listing={listing} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
