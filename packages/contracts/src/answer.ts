import { z } from 'zod';
import { ListingItem, PriceMinor, PropertyType } from './listing.ts';
import { MarketNow } from './market.ts';
import { Total } from './property.ts';
import { AdvisedFilter, Intent, LeftOut, Understood } from './understanding.ts';

/** A listing of an answer, and why it is there: the most telling reason first, in words for the page. */
export const AdvisedListing = ListingItem.extend({ reasons: z.array(z.string()) });
export type AdvisedListing = z.infer<typeof AdvisedListing>;

/** Listings side by side. A row is one fact of each, in their order; `best` are the places of the most favourable. */
export const Comparison = z.object({
  ids: z.array(z.uuid()),
  rows: z.array(
    z.object({
      fact: z.enum([
        'priceMinor',
        'pricePerSqmMinor',
        'areaSqm',
        'beds',
        'baths',
        'yearBuilt',
        'daysOnMarket',
        'views7d',
      ]),
      values: z.array(z.number().nullable()),
      best: z.array(z.number().int()).describe('Empty where none is better, or more is not better'),
    }),
  ),
});
export type Comparison = z.infer<typeof Comparison>;

/** What is known of a place: its market now, where it is going, and what is looked at there. */
export const AreaInsight = z.object({
  key: z.string().describe('What `GET /insights/markets/{place}` takes'),
  label: z.string(),
  type: PropertyType.optional().describe('What its figures are of; homes of all types where it is not given'),
  currency: z.string(),
  now: MarketNow,
  trend: z
    .object({
      changePercent: z.number().describe('Of the median price per m² asked for new listings'),
      from: z.iso.date().describe('First day of the month it is compared with'),
      to: z.iso.date(),
    })
    .nullable()
    .describe('Null where too little was listed to say'),
  mostViewed: z.array(z.uuid()).describe('Over seven days'),
});
export type AreaInsight = z.infer<typeof AreaInsight>;

/** What a home should cost by what is asked for those like it. */
export const PriceCheck = z.object({
  listingId: z.uuid().nullable().describe('Null where only facts were named'),
  currency: z.string(),
  range: z.object({ lowMinor: PriceMinor, middleMinor: PriceMinor, highMinor: PriceMinor }),
  askedMinor: PriceMinor.nullable(),
  verdict: z.enum(['below', 'within', 'above']).nullable().describe('Where what is asked lies; null without it'),
  confidence: z.enum(['low', 'medium', 'high']).describe('By how many comparables there are, and how far they agree'),
  comparables: z.array(z.uuid()).describe('Those it comes from, the most alike first'),
});
export type PriceCheck = z.infer<typeof PriceCheck>;

function part<E extends string, D extends z.ZodType>(event: E, data: D) {
  return z.object({ event: z.literal(event), data });
}

/**
 * An answer as it is given: `status`, `filter`, one `results`, then prose with its sources, and `done`. A refusal is an answer,
 * too. What is said in `delta` comes from this turn's data: a `[n]` in it is the citation of that number, which comes before it.
 */
export const AnswerPart = z.discriminatedUnion('event', [
  part(
    'status',
    z.object({
      runId: z.uuid(),
      degraded: z
        .boolean()
        .describe(
          'Whether rules alone are to answer: no model is set up, it is left alone for now, or its budget is used up; `done` says what became of it',
        ),
    }),
  ),
  part(
    'filter',
    z.object({
      intent: Intent,
      filter: AdvisedFilter,
      wishes: z.array(z.string()),
      understood: z.array(Understood),
      leftOut: z.array(LeftOut),
      kept: z.array(AdvisedFilter.keyof()).describe('What of `filter` comes from the conversation before'),
      currency: z.string().optional().describe('What its prices are in where it names none'),
      places: z.array(z.string()).optional().describe('Those that are compared; `filter` has the first of them'),
    }),
  ),
  part(
    'results',
    z.object({
      items: z.array(AdvisedListing).describe('The best first'),
      total: Total.describe('All that the filter finds'),
      comparison: Comparison.optional(),
      area: AreaInsight.optional(),
      areas: z.array(AreaInsight).optional().describe('Places side by side; `items` are homes of each of them'),
      priceCheck: PriceCheck.optional(),
    }),
  ),
  part('delta', z.object({ text: z.string() })),
  part(
    'citation',
    z.object({
      number: z.number().int(),
      kind: z.enum(['listing', 'market']),
      id: z.string().describe('Of the listing, or the key of the market'),
      title: z.string(),
    }),
  ),
  part(
    'done',
    z.object({
      degraded: z.boolean(),
      model: z.string().describe('What answered; `rules` where no model did'),
      tokens: z.number().int().describe('Used for this answer, in and out; 0 without a model'),
    }),
  ),
]);
export type AnswerPart = z.infer<typeof AnswerPart>;
export type AnswerDataOf<E extends AnswerPart['event']> = Extract<AnswerPart, { event: E }>['data'];
