import { Plus, Upload } from 'lucide-react';
import { Link } from 'react-router';
import { SellerPage, sellerColumn } from '../selling/seller-page.tsx';
import { buttonClass } from '../ui/button.tsx';
import { OwnListings } from './own-listings.tsx';

export function OwnListingsPage() {
  return (
    <SellerPage title="Your listings">
      {() => (
        <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto">
          <div className={`${sellerColumn} pt-6 pb-24 md:pt-10`}>
            <div className="grid grid-cols-2 items-center gap-3 md:flex md:gap-4">
              <h1 className="col-span-2 text-xl font-semibold md:mr-auto">Your listings</h1>
              <Link to="/sell/import" className={buttonClass()}>
                <Upload size={16} aria-hidden /> Import a file
              </Link>
              <Link to="/sell/new" className={buttonClass('primary')}>
                <Plus size={16} aria-hidden /> New listing
              </Link>
            </div>
            <OwnListings />
          </div>
        </div>
      )}
    </SellerPage>
  );
}
