import type { SessionTokens } from '@viewora/contracts/user';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-`: only over HTTPS (or localhost), only from and for this very host. */
const accessCookie = '__Host-access';
const refreshCookie = '__Host-refresh';

export interface SessionCookies {
  accessToken: string | undefined;
  refreshToken: string | undefined;
}

export function readSessionCookies({ cookies }: FastifyRequest): SessionCookies {
  return { accessToken: cookies[accessCookie], refreshToken: cookies[refreshCookie] };
}

/** How the cookies travel: `strict` hosts share an origin with the web app; a front end on another site needs the other. */
export type CookieProfile = 'same-site' | 'cross-site';

/**
 * Both cookies live as long as the session may: an access token that has run out still has to come, so that its sender is
 * told to renew it and not taken for a stranger.
 */
export function setSessionCookies(reply: FastifyReply, tokens: SessionTokens, profile: CookieProfile): void {
  const options = { ...cookieAttributes(profile), maxAge: tokens.maxAgeSeconds };
  reply.setCookie(accessCookie, tokens.accessToken, options);
  reply.setCookie(refreshCookie, tokens.refreshToken, options);
}

export function clearSessionCookies(reply: FastifyReply, profile: CookieProfile): void {
  for (const name of [accessCookie, refreshCookie]) reply.clearCookie(name, cookieAttributes(profile));
}

/** Of every cookie of ours. */
export function cookieAttributes(profile: CookieProfile) {
  const site =
    profile === 'same-site' ? { sameSite: 'lax' as const } : { sameSite: 'none' as const, partitioned: true };
  return { path: '/', httpOnly: true, secure: true, ...site };
}
