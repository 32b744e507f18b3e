import { useCallback, useState } from 'react';
import { readRemembered } from './remembered.ts';

/** Component state that survives leaving the page: how the visitor has arranged it, never what is searched. */
export function useRemembered<T extends number | string>(key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readRemembered(key) ?? initial);
  const remember = useCallback(
    (next: T) => {
      setValue(next);
      try {
        sessionStorage.setItem(`viewora.${key}`, JSON.stringify(next));
      } catch {
        // Without storage it lasts as long as the page is shown.
      }
    },
    [key],
  );
  return [value, remember];
}
