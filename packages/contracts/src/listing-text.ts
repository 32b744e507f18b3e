import { z } from 'zod';
import { ListingDraft } from './own-listing.ts';
import { query } from './service.ts';
import { isProse } from './text.ts';
import { LeftOut } from './understanding.ts';

/** Who writes of listings. */
const owners = ['seller', 'broker'] as const;

/** Why something should not be said of a home; in the words of `LeftOut`, whose search leaves the same out. */
export const ConcernReason = LeftOut.shape.reason.extract(['protected', 'steering', 'promise']);
export type ConcernReason = z.infer<typeof ConcernReason>;

/** A part of a text that should be left out, and why. */
export const Concern = LeftOut.omit({ reason: true }).extend({ reason: ConcernReason });
export type Concern = z.infer<typeof Concern>;

/** The facts that a description is made of: the form's, but for what sellers say in words of their own. */
export const DescribedFacts = ListingDraft.omit({ title: true, description: true, address: true, sellingReason: true });
export type DescribedFacts = z.infer<typeof DescribedFacts>;

/** Help with what a listing says. */
export const listingTextOperations = {
  describe: query({
    summary: 'Draft a description of a listing from its facts, and from nothing else',
    access: owners,
    input: DescribedFacts,
    output: z.object({
      text: z.string(),
      degraded: z.boolean().describe('Whether rules alone wrote it'),
      model: z.string().describe('What wrote it; `rules` where no model did'),
    }),
    http: { method: 'POST', path: '/advisor/describe', rateClass: 'write' },
    // A model may be asked.
    timeoutMs: 30_000,
  }),
  checkText: query({
    summary: 'Say what of a listing’s text is about people rather than the home, or promises what nobody can',
    access: owners,
    input: z.object({
      text: z.string().trim().min(1).max(20_000).refine(isProse, 'must not contain control characters'),
    }),
    output: z.object({ concerns: z.array(Concern).describe('In the order of the text; none where all is well') }),
    http: { method: 'POST', path: '/advisor/check-text', rateClass: 'read' },
  }),
};
