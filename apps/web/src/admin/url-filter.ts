import { decodeQuery, encodeQuery, fieldsOf } from '@viewora/contracts/query-string';
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Schema, ValuesOf } from '../api/field-errors.ts';

/** Reads a list's filter from a URL; what cannot be understood is left out, so that no link is ever dead. */
export function parseFilter<S extends Schema>(schema: S, params: URLSearchParams): Partial<ValuesOf<S>> {
  const fields = fieldsOf(schema);
  const read = Object.entries(decodeQuery(schema, Object.fromEntries(params)))
    .map(([name, value]) => [name, fields[name]?.safeParse(value)] as const)
    .filter(([, parsed]) => parsed?.success)
    .map(([name, parsed]) => [name, parsed?.data]);
  return Object.fromEntries(read) as Partial<ValuesOf<S>>;
}

/** Writes it: the same filter always gives the same text. */
export function formatFilter(schema: Schema, filter: object): string {
  return encodeQuery(schema, { ...filter }).toString();
}

type Refine<S extends Schema> = (change: Partial<ValuesOf<S>>, as?: 'step' | 'movement') => void;

/** The filter that the URL describes, and how to change parts of it. Typing is a movement: it leaves no trail of its own. */
export function useUrlFilter<S extends Schema>(schema: S): [Partial<ValuesOf<S>>, Refine<S>] {
  const { search } = useLocation();
  const navigate = useNavigate();
  const filter = useMemo(() => parseFilter(schema, new URLSearchParams(search)), [schema, search]);
  const refine = useCallback<Refine<S>>(
    (change, as = 'step') => {
      // The address bar, not this render's state: two changes in one tick must add up.
      const now = parseFilter(schema, new URLSearchParams(window.location.search));
      navigate({ search: formatFilter(schema, { ...now, ...change }) }, { replace: as === 'movement' });
    },
    [schema, navigate],
  );
  return [filter, refine];
}
