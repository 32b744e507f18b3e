import type { LetterOf } from '../letter.ts';

export const listingExpiring: LetterOf<'listing_expiring'> = ({ listings, day, path }, origin) => ({
  subject: 'Are your listings still for sale?',
  paragraphs: [
    'Nobody has changed or confirmed them for long. What is still for sale stays on the market with one press of a button; what is not leaves it by itself.',
  ],
  facts: [
    ['Listings', listings],
    ['Archived from', day],
  ],
  action: { label: 'Keep them on the market', url: `${origin}${path}` },
  otherwise: 'You have sold them already? Then you need not do anything.',
});
