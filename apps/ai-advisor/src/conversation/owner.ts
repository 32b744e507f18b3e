import { type Call, ownerOf } from '@viewora/contracts/call';

/** Whose conversations a call is about: `user:<id>` or `visitor:<id>`. Null for who is neither, and has none. */
export function conversationOwner({ actor }: Pick<Call, 'actor'>): string | null {
  const isSomebody = actor.kind === 'user' || (actor.kind === 'anonymous' && actor.visitorId !== undefined);
  return isSomebody ? ownerOf(actor) : null;
}
