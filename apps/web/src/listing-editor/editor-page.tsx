import { useQuery } from '@tanstack/react-query';
import type { User } from '@viewora/contracts/user';
import { useRef } from 'react';
import { useNavigate, useParams } from 'react-router';
import { ownListingQuery } from '../api/own-listing-queries.ts';
import { marketCurrencyQuery } from '../api/property-queries.ts';
import { parseId } from '../search/search-state.ts';
import { BackToList } from '../selling/back-to-list.tsx';
import { ListingFailure } from '../selling/listing-failure.tsx';
import { SellerPage, SellerSkeleton } from '../selling/seller-page.tsx';
import { Editor } from './editor.tsx';

export function EditorPage() {
  const { id } = useParams();
  return (
    <SellerPage title={id === undefined ? 'New listing' : 'Edit a listing'} header={<BackToList />} staysOpen>
      {(user) => <OpenedEditor user={user} id={id} />}
    </SellerPage>
  );
}

/** The editor with its listing, once that is here; for a new one it only has to know what money is counted in. */
function OpenedEditor({ user, id: address }: { user: User; id: string | undefined }) {
  const navigate = useNavigate();
  const { begunId, editorKey } = useBegun(address);
  const isNew = address === undefined || begunId.current === address;
  const id = parseId(address ?? null);
  const currency = useQuery({ ...marketCurrencyQuery, enabled: isNew });
  const listing = useQuery({ ...ownListingQuery(id ?? ''), enabled: !isNew && id !== null });

  if (!isNew && !listing.data && (id === null || listing.isError)) {
    return <ListingFailure error={listing.error} onRetry={listing.refetch} />;
  }
  // Without a connection a draft can still be begun: the server chooses the currency then.
  if (isNew ? currency.isPending : !listing.data) return <SellerSkeleton />;
  return (
    <Editor
      key={editorKey}
      user={user}
      listing={isNew ? null : (listing.data ?? null)}
      currency={currency.data ?? ''}
      onBegun={(begun) => {
        begunId.current = begun.id;
        navigate(`/sell/${begun.id}/edit${window.location.search}`, { replace: true });
      }}
    />
  );
}

/** A draft that was begun here is written on in the same editor, though its address is another from then on. */
function useBegun(address: string | undefined) {
  const begunId = useRef<string | null>(null);
  const begunTimes = useRef(0);
  if (address !== begunId.current && begunId.current !== null) {
    begunId.current = null;
    begunTimes.current++;
  }
  const isBegun = address === undefined || begunId.current === address;
  return { begunId, editorKey: isBegun ? `new ${begunTimes.current}` : address };
}
