import { useQuery } from '@tanstack/react-query';
import type { Place } from '@viewora/contracts/property';
import type { Understanding } from '@viewora/contracts/understanding';
import { placeNamesQuery } from '../api/property-queries.ts';
import { isUnderstood, mayBeQuestion } from '../question/question.ts';
import { questionQuery } from '../question/question-query.ts';
import { parseId } from '../search/search-state.ts';
import { useDebounced } from '../ui/use-debounced.ts';

export type Suggestion =
  | { kind: 'place'; place: Place }
  | { kind: 'listing'; id: string }
  | { kind: 'question'; understanding: Understanding }
  | { kind: 'words'; q: string };

const pauseMs = 120;

/** What a text could mean: a listing, a question, places that begin so, or words to look for. */
export function useSuggestions(text: string, isOpen: boolean, takesQuestions: boolean): Suggestion[] {
  const q = text.trim();
  const id = parseId(q);
  const asked = useDebounced(q, pauseMs);
  const places = useQuery({ ...placeNamesQuery(asked), enabled: isOpen && asked !== '' && id === null });
  const isAsked = isOpen && takesQuestions && id === null && mayBeQuestion(asked);
  const { data: understanding } = useQuery({ ...questionQuery(asked), enabled: isAsked });
  if (q === '') return [];
  if (id) return [{ kind: 'listing', id }];
  const begins = q.toLowerCase();
  // While the next answer is on its way, of the last one only what still fits.
  const found = (places.data?.items ?? []).filter(({ name }) => asked === q || name.toLowerCase().startsWith(begins));
  const isMeant = isAsked && asked === q && understanding && isUnderstood(understanding);
  return [
    ...(isMeant ? [{ kind: 'question' as const, understanding }] : []),
    ...found.map((place) => ({ kind: 'place' as const, place })),
    { kind: 'words', q },
  ];
}
