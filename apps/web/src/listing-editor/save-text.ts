import { AppError } from '@viewora/contracts/errors';
import { plural } from '../format/facts.ts';
import { failureText } from '../selling/failure-text.ts';
import type { Problems } from './form-parts.ts';
import type { KeeperState } from './listing-keeper.ts';

export interface SaveText {
  text: string;
  /** Something is not saved, and not only for the moment. */
  isBad: boolean;
  /** What can be done about it. */
  way: 'retry' | 'sign-in' | null;
}

/** How it stands with what is typed, in one line. */
export function saveText(state: KeeperState, savesItself: boolean, complaints: Problems): SaveText {
  const { error, unsaved, conflicts, listing, form, isSaving, savedAt } = state;
  const bad = (text: string, way: SaveText['way'] = null): SaveText => ({
    text: `Not saved: ${text}`,
    isBad: true,
    way,
  });
  const fine = (text: string): SaveText => ({ text, isBad: false, way: null });
  if (error) return failure(error, savesItself, bad);
  if (isSaving) return fine('Saving …');
  if (unsaved.length === 0) {
    if (savedAt !== null) return fine('Saved');
    if (listing === null) return fine('A draft, saved as you write. Nobody else sees it.');
    return fine(savesItself ? 'Saved' : '');
  }
  if (conflicts.length > 0) return bad('choose above which change to keep');
  const wrong = unsaved.find((part) => part.keys.some((key) => key in complaints));
  if (listing === null && form.type === '') return fine('Kept on this device. Say what it is, and it is saved.');
  if (wrong) {
    const said = wrong.keys.map((key) => complaints[key]).find((complaint) => complaint !== undefined);
    return bad(`${wrong.label} ${said}`);
  }
  return savesItself ? fine('Saving …') : fine(`${plural(unsaved.length, 'change')} not saved yet`);
}

function failure(error: Error, savesItself: boolean, bad: (text: string, way?: SaveText['way']) => SaveText): SaveText {
  if (!navigator.onLine) {
    return bad(
      savesItself
        ? 'you are offline. It is kept here, and saved when the connection is back'
        : 'you are offline. It is kept here: save again when the connection is back',
      savesItself ? null : 'retry',
    );
  }
  if (error instanceof AppError && error.code === 'unauthenticated') {
    return bad('your session has ended. What you typed is kept here', 'sign-in');
  }
  if (error instanceof AppError && error.code === 'unavailable') {
    return bad('the server cannot be reached. What you typed is kept here', 'retry');
  }
  return bad(failureText(error), 'retry');
}
