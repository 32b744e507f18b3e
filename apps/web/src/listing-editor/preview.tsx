import type { OwnListing } from '@viewora/contracts/own-listing';
import { CardFace } from '../results/listing-card.tsx';
import type { ListingForm } from './listing-form.ts';
import { previewItem } from './preview-item.ts';

/** The card that buyers will see among the others. */
export function Preview({ form, listing }: { form: ListingForm; listing: OwnListing | null }) {
  const { item, price } = previewItem(form, listing);
  const description = form.description.trim() || listing?.description;
  return (
    <>
      <p className="mb-3 text-sm text-muted">As buyers will see it</p>
      <CardFace listing={item} price={price} />
      {item.title && <p className="mt-1 text-sm font-semibold">{item.title}</p>}
      {description && <p className="mt-1 line-clamp-4 text-sm text-muted">{description}</p>}
      <p className="mt-4 text-xs text-muted">The picture is drawn from the facts: the type, the size and the year.</p>
    </>
  );
}
