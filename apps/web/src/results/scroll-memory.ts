const storageKey = 'viewora.scroll';

/** How far the list that answers a question was scrolled: zero for another question than the last. */
export function readScroll(question: string): number {
  try {
    const saved: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    const isSame = typeof saved === 'object' && saved !== null && 'question' in saved && saved.question === question;
    return isSame && 'top' in saved && typeof saved.top === 'number' ? saved.top : 0;
  } catch {
    return 0;
  }
}

export function saveScroll(question: string, top: number): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ question, top }));
  } catch {
    // Without storage the list starts at the top, which is no harm.
  }
}
