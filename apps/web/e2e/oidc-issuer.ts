import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

interface Grant {
  clientId: string;
  nonce: string;
  challenge: string;
}

export interface OidcIssuer {
  url: string;
  /** Whom it vouches for from now on; null while it refuses. */
  person: { sub: string; email: string; name: string } | null;
  stop: () => Promise<void>;
}

const tokenSeconds = 300;

/** An OpenID Connect issuer in Google's place: whoever comes is at once sent back as the one that it vouches for. */
export async function startOidcIssuer(): Promise<OidcIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const grants = new Map<string, Grant>();
  const issuer: OidcIssuer = { url: '', person: null, stop: async () => {} };

  function authorize({ searchParams }: URL, response: ServerResponse): void {
    const back = new URL(searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('state', searchParams.get('state') ?? '');
    if (issuer.person) {
      const code = randomUUID();
      grants.set(code, {
        clientId: searchParams.get('client_id') ?? '',
        nonce: searchParams.get('nonce') ?? '',
        challenge: searchParams.get('code_challenge') ?? '',
      });
      back.searchParams.set('code', code);
    } else {
      back.searchParams.set('error', 'access_denied');
    }
    response.writeHead(302, { location: back.href }).end();
  }

  /** Each code is good once, and only for who began (RFC 7636). */
  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const code = form.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || !issuer.person || challenge !== grant.challenge)
      return reply(response, { error: 'invalid_grant' }, 400);
    const { sub, ...claims } = issuer.person;
    const idToken = await new SignJWT({ ...claims, email_verified: true, nonce: grant.nonce })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid })
      .setIssuer(issuer.url)
      .setAudience(grant.clientId)
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime(`${tokenSeconds}s`)
      .sign(privateKey);
    reply(response, { access_token: randomUUID(), token_type: 'Bearer', expires_in: tokenSeconds, id_token: idToken });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer.url);
    if (url.pathname === '/.well-known/openid-configuration') return reply(response, metadata(issuer.url));
    if (url.pathname === '/keys') return reply(response, { keys: [key] });
    if (url.pathname === '/authorize') return authorize(url, response);
    if (url.pathname === '/token') return void exchange(request, response);
    reply(response, { error: 'not_found' }, 404);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given');
  issuer.url = `http://127.0.0.1:${address.port}`;
  issuer.stop = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return issuer;
}

function metadata(url: string) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}

function reply(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
