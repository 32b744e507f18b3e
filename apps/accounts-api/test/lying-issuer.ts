import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { clientId, close } from './oidc-provider.ts';

/** What the issuer says next; what is left out is true. */
export interface Lie {
  claims?: JWTPayload;
  /** How the token is signed: with the published key, a stranger's of the same name, or not at all. */
  signature?: 'right' | 'foreign' | 'none';
  /** The token endpoint says this instead. */
  answer?: { status: number; body: string };
  /** The token endpoint says nothing. */
  isSilent?: boolean;
}

/** An OpenID issuer on this computer that says what a test tells it to; it is honest about PKCE. */
export async function startLyingIssuer() {
  const [ours, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const codes = new Map<string, { nonce: string; challenge: string; lie: Lie }>();
  let isDown = false;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    asked.push(path);
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (isDown) return void request.socket.destroy();
    if (path === '/.well-known/openid-configuration') return void json(metadata());
    if (path === '/jwks') return void json({ keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k', use: 'sig' }] });
    const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
    const begun = codes.get(form.get('code') ?? '');
    const verifier = form.get('code_verifier') ?? '';
    if (createHash('sha256').update(verifier).digest('base64url') !== begun?.challenge) {
      return void json({ error: 'invalid_grant' }, 400);
    }
    if (begun.lie.isSilent) return;
    const { answer: instead } = begun.lie;
    if (instead) {
      return void response.writeHead(instead.status, { 'content-type': 'application/json' }).end(instead.body);
    }
    json({ access_token: 'access', token_type: 'Bearer', id_token: await token(begun.nonce, begun.lie) });
  }

  function metadata() {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  function token(nonce: string, { claims, signature = 'right' }: Lie): Promise<string> | string {
    const now = Math.floor(Date.now() / 1_000);
    const all = { iss: issuer, aud: clientId, iat: now, exp: now + 60, nonce, email_verified: true, ...claims };
    if (signature === 'none') return new UnsecuredJWT(all).encode();
    const { privateKey } = signature === 'right' ? ours : foreign;
    return new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(privateKey);
  }

  return {
    issuer,
    asked,
    /** What the browser would bring back for a sign-in begun at `url`. */
    signIn(url: string, lie: Lie): { code: string; state: string } {
      const { searchParams } = new URL(url);
      const code = crypto.randomUUID();
      const [nonce, challenge] = [searchParams.get('nonce') ?? '', searchParams.get('code_challenge') ?? ''];
      codes.set(code, { nonce, challenge, lie });
      return { code, state: searchParams.get('state') ?? '' };
    },
    fail(down: boolean) {
      isDown = down;
    },
    stop: () => close(server),
  };
}
