import { useQueryClient } from '@tanstack/react-query';
import { propertyApi } from '@viewora/contracts/property';
import { adminKey } from '../api/admin-queries.ts';
import { call } from '../api/api-client.ts';
import { plural } from '../format/facts.ts';
import { showToast } from '../ui/toast.tsx';
import { unblock } from './block-acts.ts';
import { subjectOfListing } from './blocking.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import type { Resolution } from './reports-page.tsx';
import { dismissReasons, upholdReasons } from './words.ts';

interface ResolveDialogProps {
  resolution: Resolution;
  onClose: () => void;
  onResolved: () => void;
}

/** Closes a report, with a note. */
export function ResolveDialog({ resolution: { report, outcome }, onClose, onResolved }: ResolveDialogProps) {
  const client = useQueryClient();
  const { listing } = report;
  const others = listing.openReports - 1;

  async function resolve(reason: string): Promise<void> {
    await call(propertyApi.resolveReport, { id: report.id, outcome, reason });
    for (const key of ['reports', 'counts', 'listings', 'listing', 'audit'])
      void client.invalidateQueries({ queryKey: [...adminKey, key] });
    showToast(
      outcome === 'dismissed'
        ? { text: `The report of ${listing.title} is dismissed` }
        : {
            text: `Upheld: ${listing.title} is blocked`,
            action: {
              label: 'Unblock',
              run: () => void unblock(subjectOfListing(listing), reason),
            },
          },
    );
    onResolved();
  }

  if (outcome === 'dismissed') {
    return (
      <ReasonDialog
        title={`Dismiss the report of ${listing.title}?`}
        label="Note"
        picks={dismissReasons}
        action="Dismiss"
        pending="Dismissing …"
        send={resolve}
        onClose={onClose}
      >
        The listing stays as it is. The note is kept in the audit log.
      </ReasonDialog>
    );
  }
  return (
    <ReasonDialog
      title={`Uphold the report and block ${listing.title}?`}
      label="Note"
      picks={upholdReasons}
      action="Uphold and block"
      pending="Blocking …"
      send={resolve}
      onClose={onClose}
    >
      It goes from everybody’s sight at once, and its owner is told why: by this note.
      {others > 0 && ` ${plural(others, 'more open report')} of it ${others === 1 ? 'is' : 'are'} closed as well.`}
    </ReasonDialog>
  );
}
