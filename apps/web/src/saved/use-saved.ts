import { useQuery } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { savedIdsQuery } from '../api/saved-queries.ts';
import { useUser } from '../session/session.ts';
import { leavingHomes } from './saved-homes.ts';

export function useIsSaved(id: string): boolean {
  const user = useUser();
  const isLeaving = useSyncExternalStore(
    leavingHomes.subscribe,
    useCallback(() => leavingHomes.get().has(id), [id]),
  );
  const { data: isSaved = false } = useQuery({
    ...savedIdsQuery,
    enabled: Boolean(user),
    select: useCallback(({ ids }: { ids: string[] }) => ids.includes(id), [id]),
  });
  return isSaved && !isLeaving;
}
