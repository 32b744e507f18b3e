import { z } from 'zod';
import { PropertySort } from './property.ts';
import { propertyFilterFields } from './property-filter.ts';
import { isProse } from './text.ts';

/** The longest question that is read, characters. */
export const longestQuestion = 1_000;

/** A question in somebody's own words. */
export const Question = z
  .string()
  .trim()
  .min(1)
  .max(longestQuestion)
  .refine(isProse, 'must not contain control characters')
  .describe('English first; numerals, units and common words of Hindi and Malayalam are understood too');

/** What somebody wants to know. */
export const Intent = z.enum(['find', 'compare', 'explain_area', 'price_check', 'process', 'off_topic']);
export type Intent = z.infer<typeof Intent>;

/** Which listings, in the words of `GET /properties`. */
export const AdvisedFilter = z.object({ ...propertyFilterFields, sort: PropertySort.optional() });
export type AdvisedFilter = z.infer<typeof AdvisedFilter>;

const span = {
  start: z.number().int().describe('Where it begins in `text`, UTF-16 code units'),
  end: z.number().int().describe('Where it ends, exclusive'),
};

/** A part of the question, and what it has become. */
export const Understood = z.object({
  ...span,
  label: z.string().describe('What it was read as, to be shown to people'),
  fields: z.array(AdvisedFilter.keyof()).describe('What of `filter` comes from it; taken away together'),
});
export type Understood = z.infer<typeof Understood>;

/**
 * Why a part of the question changes nothing. `protected`: it is about who somebody is; `steering`: about what kind of people
 * live somewhere; `promise`: it asks for one that nobody can make, such as what a home will be worth; `instruction`: it tells the
 * advisor what to be or do, rather than what is looked for; `one_place`: a search has one place; `unknown_place`: there are no homes in a place of that name, or it is
 * not known where it lies; `region`: the state after a place; `cannot_exclude`: places cannot be ruled out; `out_of_range`: no
 * listing can be so; `contradiction`: it goes against something said before; `unclear`: a number that could be anything.
 */
export const LeftOutReason = z.enum([
  'protected',
  'steering',
  'promise',
  'instruction',
  'one_place',
  'unknown_place',
  'region',
  'cannot_exclude',
  'out_of_range',
  'contradiction',
  'unclear',
]);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

export const LeftOut = z.object({
  ...span,
  text: z.string(),
  reason: LeftOutReason,
  explanation: z.string().describe('The reason in a sentence, to be shown to people'),
});
export type LeftOut = z.infer<typeof LeftOut>;

/** What a question was understood to mean. */
export const Understanding = z.object({
  text: z.string().describe('The question as it was read; spans point into it'),
  intent: Intent,
  filter: AdvisedFilter,
  wishes: z
    .array(z.string())
    .describe('What is wanted and no field of the filter can say, in the words of the question'),
  understood: z.array(Understood),
  leftOut: z.array(LeftOut),
  places: z
    .array(z.string())
    .optional()
    .describe('All places that it names, where it names several: a search is in the first, a comparison is of them'),
});
export type Understanding = z.infer<typeof Understanding>;
