import { Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import { Email, PersonName } from '@viewora/contracts/user';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  ResponseBodyError,
} from 'openid-client';
import type { Logger } from 'pino';
import { z } from 'zod';

export interface GoogleSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where Google sends the browser back to. */
  redirectUrl: string;
}

/** What a sign-in at Google is begun with, and what its end must show again. */
export interface GoogleAttempt {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** Somebody on Google's word. */
export interface GooglePerson {
  /** Google's id of them; addresses change hands, this does not. */
  subject: string;
  email: string;
  name: string;
}

/** Of every request to Google; a whole sign-in has to fit into the time that its caller waits. */
const timeoutSeconds = 2.5;
const discoveryTries = 2;

const Claims = z.object({
  sub: z.string().min(1).max(255),
  email: Email,
  email_verified: z.literal(true),
  name: z.string().optional(),
});

/** Google as an OpenID Connect issuer; null settings where it is not offered. */
@Injectable()
export class GoogleIssuer {
  private discovered: Promise<Configuration> | undefined;

  constructor(
    private readonly settings: GoogleSettings | null,
    private readonly logger: Logger,
  ) {}

  get isOffered(): boolean {
    return this.settings !== null;
  }

  /** Where the browser goes. @throws AppError `unavailable` while Google cannot be reached, `not_found` where it is not offered. */
  async authorizationUrl({ state, nonce, codeVerifier }: GoogleAttempt): Promise<string> {
    const { redirectUrl } = this.offered();
    const url = buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: redirectUrl,
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      // Who has several accounts chooses; else Google would take the one used last.
      prompt: 'select_account',
    });
    return url.href;
  }

  /**
   * Who has signed in there, by an ID token whose issuer, audience, nonce, time and signature are right.
   * @throws AppError `unauthenticated` for a code or a token that is not, `forbidden` where Google has not seen the address
   * confirmed, `unavailable` while Google cannot be reached.
   */
  async personOf(code: string, { state, nonce, codeVerifier }: GoogleAttempt): Promise<GooglePerson> {
    const { redirectUrl } = this.offered();
    const configuration = await this.configuration();
    const back = new URL(redirectUrl);
    // With one issuer there is no other to mix it up with, so that its name (RFC 9207) need not come by the browser.
    back.search = new URLSearchParams({ code, state, iss: configuration.serverMetadata().issuer }).toString();
    const checks = {
      pkceCodeVerifier: codeVerifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    };
    const tokens = await authorizationCodeGrant(configuration, back, checks).catch((error) => this.refuse(error));
    return toPerson(tokens.claims());
  }

  private offered(): GoogleSettings {
    if (this.settings) return this.settings;
    throw new AppError('not_found', 'Signing in with Google is not offered here');
  }

  /** Read once; after a failure it is read again by whoever asks next. */
  private configuration(): Promise<Configuration> {
    this.discovered ??= this.discover().catch((error: unknown) => {
      this.discovered = undefined;
      return this.refuse(error);
    });
    return this.discovered;
  }

  private async discover(tried = 1): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.offered();
    const url = new URL(issuer);
    const options = {
      timeout: timeoutSeconds,
      // The signature is checked although the token comes over TLS: a proxy in between could be somebody else's.
      execute: [enableNonRepudiationChecks, ...(isThisComputer(url) ? [allowInsecureRequests] : [])],
    };
    return discovery(url, clientId, clientSecret, undefined, options).catch((error: unknown) => {
      if (tried >= discoveryTries) throw error;
      return this.discover(tried + 1);
    });
  }

  private refuse(error: unknown): never {
    if (error instanceof AppError) throw error;
    if (isNotTrue(error)) {
      throw new AppError('unauthenticated', 'Google did not confirm this sign-in: begin again', {}, { cause: error });
    }
    this.logger.warn({ err: error }, 'Google cannot be reached, or does not know this client');
    throw new AppError('unavailable', 'Google cannot be reached just now', { retryAfterSeconds: 5 }, { cause: error });
  }
}

function toPerson(claims: unknown): GooglePerson {
  const parsed = Claims.safeParse(claims);
  if (!parsed.success) {
    throw new AppError('forbidden', 'Google has not confirmed the address of this account: confirm it there first');
  }
  const { sub, email, name } = parsed.data;
  const [beforeAt = ''] = email.split('@');
  return { subject: sub, email, name: PersonName.catch(beforeAt.slice(0, 100)).parse(name) };
}

/** What has come was looked at and is not right; anything else is about reaching Google, or about our registration there. */
function isNotTrue(error: unknown): boolean {
  if (error instanceof ResponseBodyError) return error.error === 'invalid_grant';
  return error instanceof ClientError && error.code !== undefined && !unreachable.has(error.code);
}

const unreachable: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
]);

/** An issuer for tests, that speaks no TLS. */
function isThisComputer({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost';
}
