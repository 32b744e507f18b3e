import { z } from 'zod';
import { ListingDetail } from './listing.ts';
import { query } from './service.ts';

/** The most listings that are given to be ranked, and as far as a total is exact. */
export const mostCandidates = 1_000;
/** The most listings that a choice can be limited to. */
export const mostAmong = 2_000;
/** The most listings that are read whole, or by their versions, at once. */
export const mostRead = 500;

/** One word and its other forms, as `tokenize` gives them. */
const Word = z
  .array(
    z
      .string()
      .max(64)
      .regex(/^[\p{L}\p{N}\p{M}]+$/u, 'must be one token'),
  )
  .min(1)
  .max(4);

/** What candidates are asked for by, beside a filter. */
export const candidateFields = {
  words: z
    .array(Word)
    .max(24)
    .default([])
    .describe('Wanted, not required; where more match than are given, those with any of them'),
  ids: z.array(z.uuid()).max(mostAmong).optional().describe('Only among these'),
};

/** A listing that matches, and what its place among the others comes from. */
export const Candidate = z.object({
  id: z.uuid(),
  listedAt: z.iso.datetime(),
  matched: z.array(z.number().int()).describe('Places in `words` of those in its text; how often does not matter'),
  distanceM: z.number().nullable().describe('From `near`; null without it, or without a location'),
  market: z
    .object({
      place: z.string(),
      priceRatio: z.number().describe('Its price per m² to the median of its type there'),
    })
    .nullable()
    .describe('Null where its place has too few of its type and currency for a median, or its area is not known'),
});
export type Candidate = z.infer<typeof Candidate>;

/** What others than the page need to read of many listings. Only published ones are found. */
export const listingReadOperations = {
  listingDetails: query({
    summary: 'These listings whole, in no order; those that are off the market are left out',
    access: 'internal',
    input: z.object({ ids: z.array(z.uuid()).min(1).max(mostRead) }),
    output: z.object({ items: z.array(ListingDetail) }),
  }),
  listingVersions: query({
    summary: 'All published listings by their versions, a part at a time, for whoever keeps something of each',
    access: 'internal',
    input: z.object({
      after: z.uuid().optional().describe('`next` of the part before'),
      limit: z.number().int().min(1).max(mostAmong).default(mostAmong),
    }),
    output: z.object({
      items: z.array(z.object({ id: z.uuid(), version: z.number().int() })).describe('By id'),
      next: z.uuid().nullable().describe('Null at the end: whatever was not met by then is not published'),
    }),
  }),
};
