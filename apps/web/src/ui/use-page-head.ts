import { useEffect } from 'react';

/** A page's title, and what it is about in a sentence, which bookmarks and search engines show. */
export function usePageHead(title: string, description: string): void {
  useEffect(() => {
    document.title = `${title} – Viewora`;
    const meta = document.querySelector<HTMLMetaElement>('meta[name="description"]');
    if (!meta) return;
    const before = meta.content;
    meta.content = description;
    return () => {
      meta.content = before;
    };
  }, [title, description]);
}
