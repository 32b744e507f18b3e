/** The market of a place, by the name that a search finds it by. */
export function marketAddress(place: string): string {
  return `/markets/${encodeURIComponent(place)}`;
}
