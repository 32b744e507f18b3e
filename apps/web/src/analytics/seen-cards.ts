const seenAfterMs = 1_000;
const halfVisible = 0.5;

/** Calls once for each card in a list that was at least half visible for a second. Cards may come and go meanwhile. */
export function watchSeen(list: HTMLElement, onSeen: (id: string, position: number) => void): () => void {
  const seen = new Set<string>();
  const timers = new Map<Element, ReturnType<typeof setTimeout>>();

  function stopWaiting(card: Element): void {
    clearTimeout(timers.get(card));
    timers.delete(card);
  }

  function see(card: Element): void {
    timers.delete(card);
    const { card: id } = (card as HTMLElement).dataset;
    const index = Number(card.closest<HTMLElement>('[data-index]')?.dataset.index);
    if (!id || seen.has(id) || document.visibilityState === 'hidden') return;
    seen.add(id);
    onSeen(id, index + 1);
  }

  const visible = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) {
        stopWaiting(target);
        if (intersectionRatio >= halfVisible)
          timers.set(
            target,
            setTimeout(() => see(target), seenAfterMs),
          );
      }
    },
    { threshold: halfVisible },
  );
  function observe(element: Element): void {
    for (const card of element.querySelectorAll('[data-card]')) visible.observe(card);
  }

  function forget(element: Element): void {
    for (const card of element.querySelectorAll('[data-card]')) {
      visible.unobserve(card);
      stopWaiting(card);
    }
  }

  // The list is virtual: its cards exist only near the screen.
  const present = new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      for (const node of addedNodes) if (node instanceof Element) observe(node);
      for (const node of removedNodes) if (node instanceof Element) forget(node);
    }
  });
  observe(list);
  present.observe(list, { childList: true, subtree: true });
  return () => {
    present.disconnect();
    visible.disconnect();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
