import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { Client } from '@viewora/contracts/service';
import type { Session, SessionTokens, User } from '@viewora/contracts/user';
import type { Nothing } from '../nothing.ts';
import { Secret } from '../secret.ts';
import { type SignedIn, signedIn } from '../signed-in.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import { type Account, toUser } from '../user/user.row.ts';
import { AccessTokenSigner } from './access-token.signer.ts';
import { deviceOf } from './device.ts';
import { networkOf } from './network.ts';
import { formatRefreshToken, parseRefreshToken, type RefreshToken, rotationOf } from './refresh-token.ts';
import { type Place, SessionRepository, type SessionState } from './session.repository.ts';

@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly access: AccessTokenSigner,
    private readonly transactions: Transactions,
    private readonly secret: Secret,
  ) {}

  /** A new session, in the transaction of the sign-in that it comes of. */
  open(tx: Transaction, userId: string, place: Place): Promise<SessionState> {
    return this.sessions.create(tx, userId, place);
  }

  async tokens(user: Account, { id, generation, expiresInSeconds }: SessionState): Promise<SessionTokens> {
    return {
      accessToken: await this.access.sign(user, id),
      refreshToken: formatRefreshToken(this.secret, { sessionId: id, generation }),
      maxAgeSeconds: expiresInSeconds,
    };
  }

  async refresh(text: string, client: Client): Promise<{ user: User; session: SessionTokens }> {
    const token = parseRefreshToken(this.secret, text);
    const renewed = token && (await this.transactions.run((tx) => this.renew(tx, token, placeOf(client))));
    if (!renewed) throw new AppError('unauthenticated', 'This session has ended: sign in again');
    return { user: toUser(renewed.user), session: await this.tokens(renewed.user, renewed.state) };
  }

  async logout(text: string, call: Call): Promise<Nothing> {
    const token = parseRefreshToken(this.secret, text);
    if (!token) return {};
    return this.transactions.once(accountsApi.logout, { token }, call, async (tx) => {
      const state = await this.sessions.lock(tx, token.sessionId);
      if (state) await this.sessions.revoke(tx, state.userId, state.id);
      return {};
    });
  }

  /** Nobody, without an error, for who is not signed in: pages ask this first. */
  async current({ actor }: Call): Promise<{ user: User | null; csrfToken: string | null }> {
    const nobody = { user: null, csrfToken: null };
    if (actor.kind !== 'user' || actor.sessionId === undefined) return nobody;
    if (!(await this.sessions.isLive(actor.sessionId, actor.userId))) return nobody;
    const user = await this.users.findById(actor.userId);
    if (!user || user.isBlocked) return nobody;
    return { user: toUser(user), csrfToken: this.access.csrfToken(actor.sessionId) };
  }

  async list({ userId, sessionId }: SignedIn): Promise<{ items: Session[] }> {
    const items = (await this.sessions.findLive(userId)).map((state) => toSession(state, sessionId));
    return { items: items.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent)) };
  }

  /** @throws AppError `not_found` for other people's too: that there is one is none of the caller's business. */
  revoke({ id }: { id: string }, call: Call): Promise<Nothing> {
    const { userId } = signedIn(call);
    return this.transactions.once(accountsApi.revokeSession, { id }, call, async (tx) => {
      if (await this.sessions.revoke(tx, userId, id)) return {};
      throw new AppError('not_found', 'There is no such session');
    });
  }

  revokeOthers(call: Call): Promise<Nothing> {
    const { userId, sessionId } = signedIn(call);
    return this.transactions.once(accountsApi.revokeOtherSessions, {}, call, async (tx) => {
      await this.sessions.revokeAll(tx, userId, sessionId);
      return {};
    });
  }

  async revocations(): Promise<{ sessionIds: string[] }> {
    return { sessionIds: await this.sessions.findRevoked() };
  }

  /** Null where there is nothing to renew; a revocation that comes of it is committed all the same. */
  private async renew(
    tx: Transaction,
    token: RefreshToken,
    place: Place,
  ): Promise<{ user: Account; state: SessionState } | null> {
    const state = await this.sessions.lock(tx, token.sessionId);
    if (!state || !this.sessions.isHandedOut(state) || token.generation > state.generation) return null;
    const user = await this.users.findInside(tx, state.userId);
    if (!user || user.isBlocked) return null;
    switch (rotationOf(token.generation, state.generation, state.rotatedSecondsAgo)) {
      case 'rotate':
        return { user, state: await this.sessions.rotate(tx, state, place) };
      case 'repeat':
        return { user, state };
      case 'reuse':
        // Two hold what only one may have, and nobody can tell which of them is the thief.
        await this.sessions.revoke(tx, state.userId, state.id);
        return null;
    }
  }
}

export function placeOf({ userAgent, address }: Client): Place {
  return { device: deviceOf(userAgent), network: networkOf(address) };
}

function toSession(state: SessionState, currentId: string | undefined): Session {
  const { id, device, network, createdAt, lastSeenAt } = state;
  return { id, device, place: network, createdAt, lastSeenAt, isCurrent: id === currentId };
}
