import type { Badge } from '@viewora/contracts/ranking';

/** On the corner of a picture: what it is, and for whoever rests there or hears it, the rule that it follows. */
export function CardBadge({ badge: { label, rule } }: { badge: Badge }) {
  return (
    <span className="animate-appear absolute top-2.5 left-2.5 size-auto! max-w-[calc(100%-4.5rem)] rounded-sm bg-surface px-2 py-1 text-xs font-semibold">
      <span className="text-accent">{label}</span>
      <span className="sr-only font-normal group-focus-within:not-sr-only group-focus-within:block! group-hover:not-sr-only group-hover:block!">
        <span className="sr-only">: </span>
        {rule}
      </span>
    </span>
  );
}
