/** On one line, and not for ever: it stands in mails. */
export function listingTitle(title: string): string {
  return (
    title
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 200) || 'Untitled listing'
  );
}
