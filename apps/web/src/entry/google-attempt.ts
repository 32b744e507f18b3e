const storageKey = 'viewora.google';

/** What this tab remembers while its visitor is at Google. */
export interface GoogleAttempt {
  /** What Google has to bring back: whoever comes with another one did not begin here. */
  state: string;
  /** The search part that says where to go once signed in. */
  search: string;
}

export function keepAttempt(attempt: GoogleAttempt): void {
  sessionStorage.setItem(storageKey, JSON.stringify(attempt));
}

/** Each attempt comes back once. */
export function takeAttempt(): GoogleAttempt | null {
  try {
    const kept = sessionStorage.getItem(storageKey);
    sessionStorage.removeItem(storageKey);
    return JSON.parse(kept ?? 'null') as GoogleAttempt | null;
  } catch {
    return null;
  }
}
