import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

/** Somebody who has an account at the issuer; what the tests call Google. */
export interface IssuerAccount {
  subject: string;
  email: string;
  isEmailVerified?: boolean;
  name?: string;
}

export const clientId = 'viewora-tests';
export const clientSecret = 'a-secret-of-the-client-in-these-tests';

/** A real OpenID provider on this computer, in which anybody signs in as whoever they say. */
export async function startOidcProvider(redirectUrl: string) {
  const people = new Map<string, IssuerAccount>();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUrl],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [await signingKey()] },
    cookies: { keys: ['the cookies of these tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    // As Google does: the ID token says all of it.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    findAccount: (_, id) => {
      const person = people.get(id);
      if (!person) return undefined;
      const { email, isEmailVerified = true, name } = person;
      return { accountId: id, claims: () => ({ sub: id, email, email_verified: isEmailVerified, name }) };
    },
  });
  provider.on('server_error', (_, error) => console.error(error));
  server.on('request', provider.callback());
  return {
    issuer,
    /** What the browser brings back, after this person has signed in at the issuer. */
    async signIn(url: string, person: IssuerAccount): Promise<{ code: string; state: string }> {
      people.set(person.subject, person);
      const begun = new URL(url);
      // This provider has no choice of accounts.
      begun.searchParams.delete('prompt');
      const back = await browse(begun, person.subject, redirectUrl);
      return { code: back.searchParams.get('code') ?? '', state: back.searchParams.get('state') ?? '' };
    },
    stop: () => close(server),
  };
}

async function signingKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'first' };
}

/** A browser that fills in the provider's two forms, until it is sent back to us. */
async function browse(url: URL, login: string, redirectUrl: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = url;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 12; step++) {
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location) {
      at = new URL(location, at);
      form = undefined;
      if (at.href.startsWith(redirectUrl)) return at;
      continue;
    }
    const page = await response.text();
    const [, prompt] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
    const [, action] = /action="([^"]+)"/.exec(page) ?? [];
    if (!prompt || !action) throw new Error(`The provider shows no form: ${response.status} ${page.slice(-600)}`);
    at = new URL(action, at);
    form = new URLSearchParams({ prompt, ...(prompt === 'login' && { login, password: 'any' }) });
  }
  throw new Error('The provider has not sent the browser back');
}

export function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
