import type { ListingDetail } from '@viewora/contracts/listing';
import * as head from '../listing/listing-head.ts';
import { askEarly } from './early-replies.ts';
import { box } from './paint.ts';

/** The place of a home's picture, and under it what the page says of it, with room for what is not text. */
export async function firstListing(id: string): Promise<HTMLElement[]> {
  const listing = await askEarly<ListingDetail>(`/api/v1/properties/${id}`);
  const { description, ownerId, status } = listing;
  const summary = box(head.summaryLook, [
    ...head.summaryLines(listing).map(({ look, text }) => box(look, text)),
    box(
      head.factsLook,
      head.summaryFacts(listing).map(({ text }) => box('', text)),
    ),
    ...(status === 'published' ? [box(head.insightsLook)] : []),
    box('mt-5 h-11'),
    ...(ownerId ? [box('mt-5 h-11')] : []),
  ]);
  const about = box(`mx-5 ${head.sectionLook}`, [
    box(head.sectionTitleLook, head.descriptionTitle),
    box(head.descriptionLook, description),
  ]);
  const isDrawn = head.photographsOf(listing).length === 0;
  const note = isDrawn ? [box(head.drawnNoteLook, head.drawnNote)] : [];
  return [box('h-full bg-paper', [box('picture'), ...note, summary, ...(description === '' ? [] : [about])])];
}
