import { useRef } from 'react';

/** For a dialog without a trigger of its own: when it closes, the focus goes back to where it was when it opened. */
export function useReturnedFocus(): (event: Event) => void {
  const before = useRef(document.activeElement);
  return (event) => {
    event.preventDefault();
    // Something else may have been given the focus since: what the dialog has done may have led elsewhere.
    const isFree = document.activeElement === document.body || document.activeElement === null;
    if (isFree && before.current instanceof HTMLElement) before.current.focus();
  };
}
