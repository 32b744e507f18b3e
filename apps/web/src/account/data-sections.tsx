import { useMutation } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { User } from '@viewora/contracts/user';
import { lazy, Suspense, useState } from 'react';
import { call } from '../api/api-client.ts';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { AccountSection } from './account-section.tsx';
import { saveFile } from './save-file.ts';

const EraseDialog = lazy(() => import('./erase-dialog.tsx').then((module) => ({ default: module.EraseDialog })));

/** What is kept about somebody is theirs to have, and to have gone. */
export function DataSections({ user }: { user: User }) {
  const [isErasing, setIsErasing] = useState(false);
  const exporting = useMutation({
    mutationFn: () => call(accountsApi.exportMe, {}),
    onSuccess: (all) =>
      saveFile(`viewora-${all.exportedAt.slice(0, 10)}.json`, JSON.stringify(all, null, 2), 'application/json'),
  });
  return (
    <>
      <AccountSection title="Download" lead="All that we keep about you, as a file that people and programs can read.">
        <div className="flex flex-col items-start gap-3">
          <Button aria-disabled={exporting.isPending} onClick={() => exporting.isPending || exporting.mutate()}>
            {exporting.isPending ? 'Collecting it …' : 'Download your data'}
          </Button>
          <p role="status" className="text-sm text-muted empty:hidden">
            {exporting.isSuccess && 'The file is among your downloads.'}
          </p>
          {exporting.isError && <FormFailure error={exporting.error} />}
        </div>
      </AccountSection>
      <AccountSection title="Delete account" lead="For good. Nobody can bring it back.">
        <Button className="text-worse" onClick={() => setIsErasing(true)}>
          Delete account …
        </Button>
        {isErasing && (
          <Suspense>
            <EraseDialog user={user} onClose={() => setIsErasing(false)} />
          </Suspense>
        )}
      </AccountSection>
    </>
  );
}
