import { BackToList } from '../selling/back-to-list.tsx';
import { SellerPage, sellerColumn } from '../selling/seller-page.tsx';
import { ImportList } from './import-list.tsx';
import { NewImport } from './new-import.tsx';

export function ImportPage() {
  return (
    <SellerPage title="Import listings" header={<BackToList />} staysOpen>
      {() => (
        <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto">
          <div className={`${sellerColumn} pt-6 pb-24 md:pt-10`}>
            <h1 className="text-xl font-semibold">Import listings</h1>
            <p className="mt-2 max-w-2xl text-base text-muted">
              Many homes at once, from a CSV file. Import the same file again whenever it changes: what is new is added,
              what has changed is updated, and nothing is there twice.
            </p>
            <NewImport />
            <ImportList />
          </div>
        </div>
      )}
    </SellerPage>
  );
}
