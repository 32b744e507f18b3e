import { ListingStatus } from '@viewora/contracts/listing';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { OwnListingFilter } from '../api/own-listing-queries.ts';

/** Which of one's listings are shown; in the address, so that a reload and the back button keep it. */
export function useListFilter(): [OwnListingFilter, (change: OwnListingFilter) => void] {
  const [params, setParams] = useSearchParams();
  const status = ListingStatus.safeParse(params.get('status')).data;
  const q = params.get('q')?.trim() || undefined;
  const filter = useMemo(() => ({ status, q }), [status, q]);
  const change = (next: OwnListingFilter) => setParams(listQuery({ ...filter, ...next }), { replace: true });
  return [filter, change];
}

export function listQuery({ status, q }: OwnListingFilter): URLSearchParams {
  return new URLSearchParams({ ...(status && { status }), ...(q && { q }) });
}
