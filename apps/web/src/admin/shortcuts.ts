import { useEffect, useRef } from 'react';

const storageKey = 'viewora.shortcuts';
const typedInto = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]';

/** Who dictates or has a heavy hand turns single keys off (WCAG 2.1.4). */
export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

export function setShortcutsOn(isOn: boolean): void {
  try {
    localStorage.setItem(storageKey, isOn ? 'on' : 'off');
  } catch {
    // Storage may be forbidden; they then stay on.
  }
}

/** Runs what a single key stands for. Never while somebody types, nor behind a dialog. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const run = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined;
      if (!run || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
      if (event.target instanceof Element && event.target.closest(typedInto)) return;
      // The list of the keys, which "?" opens, is what tells how to turn them on again.
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      if (event.key !== '?' && !areShortcutsOn()) return;
      event.preventDefault();
      run();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** j and k go down and up between whatever has the attribute, from where the focus is, or from what is `current`. */
export function useRowKeys(
  attribute: string,
  current?: string | null,
  more: Readonly<Record<string, () => void>> = {},
) {
  function step(by: 1 | -1): void {
    const rows = [...document.querySelectorAll<HTMLElement>(`[${attribute}]`)];
    const focused = document.activeElement?.closest(`[${attribute}]`) ?? null;
    const at = rows.findIndex(
      (row) => row === focused || (focused === null && row.getAttribute(attribute) === current),
    );
    const next = rows[at === -1 ? 0 : at + by];
    const target = next?.matches('a, button') ? next : next?.querySelector<HTMLElement>('a, button');
    target?.focus();
    target?.scrollIntoView({ block: 'nearest' });
  }
  useShortcuts({ j: () => step(1), k: () => step(-1), ...more });
}
