import { z } from 'zod';
import { roles } from './service.ts';

/** On whose behalf a message is sent. Services decide ownership by it; the gateway alone sets it from a session. */
export const Actor = z.discriminatedUnion('kind', [
  /** `visitorId` is of a browser without a session that is known again, on the routes that say so. */
  z.object({ kind: z.literal('anonymous'), visitorId: z.uuid().optional() }),
  z.object({ kind: z.literal('user'), userId: z.uuid(), role: z.enum(roles), sessionId: z.uuid().optional() }),
  z.object({ kind: z.literal('service'), name: z.string() }),
]);
export type Actor = z.infer<typeof Actor>;

/** Whose something is, in one word that no other actor has; all who are neither signed in nor known again share one. */
export function ownerOf(actor: Actor): string {
  if (actor.kind === 'user') return `user:${actor.userId}`;
  if (actor.kind === 'service') return `service:${actor.name}`;
  return actor.visitorId === undefined ? 'anonymous' : `visitor:${actor.visitorId}`;
}

/** Why a call's work is to end: whoever asked wants it no more, or it is too late, another replica's, or this one stops. */
export type StopReason = 'cancelled' | 'deadline passed' | 'lease lost' | 'replica stops';

/** The reason of a call's `signal`, once it is aborted. */
export class Stopped extends Error {
  constructor(readonly why: StopReason) {
    super(why);
  }
}

/** What travels beside the input of every call. */
export interface Call {
  /** UUIDv7 of the message; the same on every redelivery. */
  id: string;
  actor: Actor;
  /** Follows the work through every service's log. */
  requestId: string;
  /** Present on commands: a repeat with the same key has no second effect. */
  idempotencyKey?: string;
  /** Deliveries so far, 1 on the first. */
  delivery: number;
  /** Aborts when the caller has gone or the replica must stop, with `Stopped` as its reason. */
  signal: AbortSignal;
}
