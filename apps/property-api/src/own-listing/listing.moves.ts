import type { ListingStatus } from '@viewora/contracts/listing';

export type Move = 'publish' | 'archive' | 'relist' | 'sold';

/** The life of a listing: what each step leads from, and where to. What is sold stays sold. */
const moves: Record<Move, { from: readonly ListingStatus[]; to: ListingStatus }> = {
  publish: { from: ['draft'], to: 'published' },
  archive: { from: ['draft', 'published'], to: 'archived' },
  relist: { from: ['archived'], to: 'published' },
  sold: { from: ['published'], to: 'sold' },
};

/** Where a step leads; null where this state does not allow it. */
export function statusAfter(move: Move, status: ListingStatus): ListingStatus | null {
  const { from, to } = moves[move];
  return from.includes(status) ? to : null;
}

/** Whether others see the listing after this step. */
export function leadsToMarket(move: Move): boolean {
  return moves[move].to === 'published';
}

/** The steps that can be taken now. An administrator's block keeps a listing off the market, not its owner from archiving it. */
export function possibleMoves(status: ListingStatus, isBlocked: boolean): Move[] {
  return (Object.keys(moves) as Move[]).filter((move) => {
    const after = statusAfter(move, status);
    return after !== null && !(isBlocked && after === 'published');
  });
}
