import type { LetterOf } from '../letter.ts';

export const listingBlocked: LetterOf<'listing_blocked'> = ({ title, reason }, origin) => ({
  subject: 'A listing of yours was blocked',
  paragraphs: ['An administrator has taken a listing of yours from the market. Nobody but you can see it for now.'],
  facts: [['Listing', title], ...(reason === undefined ? [] : [['Reason', reason] as [string, string]])],
  action: { label: 'Open your listings', url: `${origin}/sell` },
  otherwise: 'You think that this is a mistake? Then ask whoever runs the platform.',
});
