/** How the visitor has arranged the page, as long as their tab is open; null where nothing is kept. */
export function readRemembered<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(`viewora.${key}`) ?? 'null') as T | null;
  } catch {
    return null;
  }
}
