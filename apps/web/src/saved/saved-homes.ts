import type { InfiniteData } from '@tanstack/react-query';
import { AppError } from '@viewora/contracts/errors';
import { propertyApi } from '@viewora/contracts/property';
import type { Favourite } from '@viewora/contracts/saved-listing';
import type { OutputOf } from '@viewora/contracts/service';
import { record } from '../analytics/record.ts';
import { call, sessionQuery } from '../api/api-client.ts';
import { queryClient } from '../api/query-client.ts';
import { savedHomesQuery, savedIdsQuery } from '../api/saved-queries.ts';
import { showToast } from '../ui/toast.tsx';
import { askToSignIn } from './sign-in-wish.ts';

/**
 * Homes that have been taken off the list, but could still be put back. The server hears of it when that is over: a home's
 * note and the price it was saved at go with it, and nothing would bring them back.
 */
let leaving: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

export const leavingHomes = {
  get: () => leaving,
  subscribe: (notify: () => void): (() => void) => {
    listeners.add(notify);
    return () => listeners.delete(notify);
  },
};

function setLeaving(id: string, isLeaving: boolean): void {
  const next = new Set(leaving);
  if (isLeaving) next.add(id);
  else next.delete(id);
  leaving = next;
  for (const notify of listeners) notify();
}

/** What a heart does. Visitors are asked to sign in, and find the home saved afterwards. */
export async function pressHeart(id: string, isSaved: boolean): Promise<void> {
  const session = await queryClient.ensureQueryData(sessionQuery).catch(() => null);
  if (!session?.user) askToSignIn(id);
  else if (isSaved) removeHome(id);
  else await wishHome(id);
}

/** Saves a home, unless it is saved: a heart that is pressed before that is known looks empty. */
export async function wishHome(id: string): Promise<void> {
  const saved = await queryClient.ensureQueryData(savedIdsQuery).catch(() => null);
  if (saved?.ids.includes(id) && !leaving.has(id)) showToast({ text: 'Saved' });
  else saveHome(id);
}

function saveHome(id: string): void {
  const isTakenBack = leaving.has(id);
  setLeaving(id, false);
  // Where it could not be asked what is saved, this may be: with a note, which an undoing would take along.
  const isUndoable = queryClient.getQueryData(savedIdsQuery.queryKey) !== undefined && !isTakenBack;
  showToast({ text: 'Saved', ...(isUndoable && { action: { label: 'Undo', run: () => takeOff(id) } }) });
  if (isTakenBack) return;
  changeIds((ids) => [id, ...ids.filter((other) => other !== id)]);
  inTurn(id, async () => {
    await call(propertyApi.addFavourite, { id });
    record({ type: 'favourite', propertyId: id });
    await queryClient.invalidateQueries({ queryKey: savedHomesQuery.queryKey });
    if (!isUndoable) await queryClient.invalidateQueries({ queryKey: savedIdsQuery.queryKey });
  }).catch((error: unknown) => {
    changeIds((ids) => ids.filter((other) => other !== id));
    if (isAppError(error, 'unauthenticated')) askToSignIn(id);
    else tellFailure(error, 'The home could not be saved', () => saveHome(id));
  });
}

export function removeHome(id: string): void {
  setLeaving(id, true);
  showToast({
    text: 'Removed',
    action: { label: 'Undo', run: () => setLeaving(id, false) },
    onGone: () => letGo(id),
  });
}

/** There is no way back any more. */
function letGo(id: string): void {
  if (leaving.has(id)) takeOff(id);
}

function takeOff(id: string): void {
  changeIds((ids) => ids.filter((other) => other !== id));
  changeHomes((page) => {
    const items = page.items.filter((home) => home.id !== id);
    return { ...page, items, total: page.total - 1 };
  });
  setLeaving(id, false);
  inTurn(id, () => call(propertyApi.removeFavourite, { id })).catch(async (error: unknown) => {
    await Promise.all(
      [savedIdsQuery, savedHomesQuery].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })),
    );
    tellFailure(error, 'The home could not be removed', () => takeOff(id));
  });
}

// Whoever leaves the page does not take it back any more.
addEventListener('pagehide', () => leaving.forEach(letGo));

/** A saved home as the server has it now. */
export function keepSavedHome(saved: Favourite): void {
  changeHomes((page) => ({ ...page, items: page.items.map((home) => (home.id === saved.id ? saved : home)) }));
}

function tellFailure(error: unknown, text: string, retry: () => void): void {
  if (isAppError(error, 'not_found')) showToast({ text: 'This home is no longer listed', isFailure: true });
  // That there are too many, for one.
  else if (isAppError(error, 'conflict')) showToast({ text: error.message, isFailure: true });
  else showToast({ text, isFailure: true, action: { label: 'Try again', run: retry } });
}

function isAppError(error: unknown, code: AppError['code']): error is AppError {
  return error instanceof AppError && error.code === code;
}

const lastCalls = new Map<string, Promise<unknown>>();

/** Calls about one home go out one after the other: of two on their way at once, the first could arrive last. */
function inTurn(id: string, run: () => Promise<unknown>): Promise<unknown> {
  const turn = (lastCalls.get(id) ?? Promise.resolve()).catch(() => {}).then(run);
  lastCalls.set(id, turn);
  return turn;
}

function changeIds(change: (ids: string[]) => string[]): void {
  if (queryClient.getQueryData(savedIdsQuery.queryKey) === undefined) return;
  // An answer that is on its way knows nothing of this.
  void queryClient.cancelQueries({ queryKey: savedIdsQuery.queryKey });
  queryClient.setQueryData(savedIdsQuery.queryKey, (saved) => saved && { ids: change(saved.ids) });
}

type Page = OutputOf<typeof propertyApi.favourites>;

function changeHomes(change: (page: Page) => Page): void {
  queryClient.setQueryData<InfiniteData<Page, string | undefined>>(
    savedHomesQuery.queryKey,
    (saved) => saved && { ...saved, pages: saved.pages.map(change) },
  );
}
